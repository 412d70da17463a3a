import { after, type Duration, type Instant, span, type Volume } from '../shared/index.ts';

/** What the software of a programmer, on its card, has wrong; a card that says nothing has it right. */
export interface ApplicationCard {
  /** What it takes the tubing of the pump to hold. */
  readonly tubingVolume?: Volume;
  /** The date by which to replace the pump: not shown, or so much too late. */
  readonly replaceBy?: 'unknown' | Duration;
}

/** What it shows in place of a date that it does not know. */
export const UNKNOWN_DATE = '??/??/????';

/** The instant it takes for the one by which to replace the pump; undefined where it shows none. */
export function replaceByShown({ replaceBy = span(0) }: ApplicationCard, due: Instant): Instant | undefined {
  return replaceBy === 'unknown' ? undefined : after(due, replaceBy);
}
