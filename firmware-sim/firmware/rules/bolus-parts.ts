import {
  type BolusSetting,
  type Duration,
  type Instant,
  instant,
  longestLockout,
  nextEdge,
  type PatientBolus,
  settingAt,
} from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { wallAt } from './program.ts';

/*
 * Patient bolus by part of the day. Parts follow local time, as the pump's clock has it: nothing falls due at their
 * edges, so that a clock that is set leaves nothing to move. A pump without a local time takes the most cautious.
 */

/** What the patient may have at an instant; null is nothing. */
export const settingOf = (context: PumpContext, bolus: PatientBolus, at: Instant): BolusSetting | null =>
  settingAt(bolus, wallAt(context, at));

/** When the next part of the day begins or ends; undefined where the day has none, or the pump no local time. */
export function edgeAfter(context: PumpContext, bolus: PatientBolus, at: Instant): Instant | undefined {
  const wall = wallAt(context, at);
  const edge = wall === undefined ? undefined : nextEdge(bolus, wall);
  return edge === undefined || wall === undefined ? undefined : instant(at + edge - wall);
}

/** The lockout of a grant: that of the part of the day it was given in; where that has none now, the longest. */
export const lockoutAt = (context: PumpContext, bolus: PatientBolus, at: Instant): Duration =>
  settingOf(context, bolus, at)?.lockout ?? longestLockout(bolus);
