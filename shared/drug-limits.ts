import { z } from 'zod';
import { namesOf } from './names.ts';
import { shape, wire } from './wire.ts';

/*
 * What is said over the link of a drug library. It is the programmer's alone: the pump writes down by which one it was
 * programmed and what was answered where a limit was exceeded, and judges nothing by it.
 */

/** Which library it is. `digest` is of its whole content, so that two of one name and version are told apart. */
export const libraryStampSchema = z
  .strictObject({
    name: z.string().max(60).describe('Its name, at most 60 characters'),
    version: z.string().max(20).describe('Its version, at most 20'),
    digest: wire.digest.describe('Digest of its content'),
  })
  .meta(shape('library stamp'));
export type LibraryStamp = Readonly<z.output<typeof libraryStampSchema>>;

/** What a library limits, and the unit of its values: what the prescription would bring, and the limit itself. */
export const LIMITS = {
  dailyDose: 'the most any 24 h can bring, all allotted boluses included, in ng/day',
  startingDose: 'the same, of a drug that the prescription before does not have, in ng/day',
  step: 'the same, of a drug that the prescription before has too and brings less of, in ng/day',
  concentration: 'how strong the drug is, in ng/mL',
  patientBolus: 'one bolus of the patient, in ng',
  clinicianBolus: 'one bolus of a program or by a clinician, in ng',
  unlisted: 'a drug the library does not list; its concentration in ng/mL',
} as const;
export type LimitName = keyof typeof LIMITS;
export const LIMIT_NAMES = namesOf(LIMITS);

/** What became of the question whether a limit may be exceeded; `refused` where there was none to ask. */
export const LIMIT_ANSWERS = ['asked', 'confirmed', 'declined', 'refused'] as const;
export type LimitAnswer = (typeof LIMIT_ANSWERS)[number];
