import { z } from 'zod';
import { namesOf } from './names.ts';
import { shape, wire } from './wire.ts';

/* What is found at a refill: that another volume was aspirated than the pump expects. */

interface Reason {
  readonly text: string;
  /** What came back where this is why: less than expected, more, or either. */
  readonly came: 'less' | 'more' | 'either';
}

const reason = (came: Reason['came'], text: string): Reason => ({ came, text });

/** What a clinician states as the reason. */
export const DISCREPANCY_REASONS = {
  overInfusion: reason('less', 'the pump delivers more than is programmed'),
  beside: reason('less', 'some of the fill before went beside the reservoir, as into the pocket'),
  notEmptied: reason('less', 'the reservoir was not emptied'),
  underInfusion: reason('more', 'the pump delivers less than is programmed'),
  stall: reason('more', 'the motor stood still for a while'),
  occlusion: reason('more', 'the catheter is occluded or kinked'),
  wrongEntry: reason('either', 'another volume was entered at the fill before than was filled'),
  misread: reason('either', 'a syringe was misread'),
  unknown: reason('either', 'no reason was found'),
  other: reason('either', 'another one, as noted'),
} as const satisfies Record<string, Reason>;
export type DiscrepancyReason = keyof typeof DISCREPANCY_REASONS;
export const DISCREPANCY_REASON_CODES = namesOf(DISCREPANCY_REASONS);

/** So many of them a pump keeps. */
export const MOST_DISCREPANCIES = 6;
/** Most characters of what is noted beside a reason. */
export const LONGEST_NOTE = 120;

/** A refill at which somebody measured. */
export const discrepancySchema = z
  .strictObject({
    at: wire.instant.describe('When the volume was entered'),
    expected: wire.volume.describe('What the pump calculated just before'),
    aspirated: wire.volume.describe('What was aspirated'),
    commanded: wire.volume
      .nullable()
      .describe('What had been commanded since the fill before; null where there was none'),
    reason: z.enum(DISCREPANCY_REASON_CODES).nullable().describe('The reason that was stated; null for none'),
  })
  .meta(shape('discrepancy'));
export type Discrepancy = z.output<typeof discrepancySchema>;

/** What is noted beside a reason: one line. */
export const noteSchema = z
  .string()
  .max(LONGEST_NOTE)
  .regex(/^\P{Cc}*$/u);
