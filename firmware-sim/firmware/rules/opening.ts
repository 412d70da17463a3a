import {
  after,
  type BolusEnd,
  delivered,
  type Filling,
  type Instant,
  instant,
  type Opening,
  span,
  sure,
  type Volume,
  volume,
} from '../../../shared/index.ts';
import type { Draft, EndedOpening, PumpContext, RunningOpening } from '../context.ts';

/*
 * What comes once, right after a prescription takes effect, in place of its program and of all boluses. A prime fills
 * dead space with the new fluid, a bridge moves the old one out at its own dose: neither is a dose of what is
 * prescribed, so that dose limit and ceiling leave them out. A delayed start is the minimum rate until a local time.
 * What ends one before its time ends it for good.
 */

/** The prime or the bridge that runs; undefined where neither does. */
export function fillingOf({ opening }: PumpContext): Filling | undefined {
  return opening === null || opening.setting.type === 'delayed' ? undefined : opening.setting;
}

/** Whether the program waits for a local time. */
export const isDelayed = ({ opening }: PumpContext): boolean => opening?.setting.type === 'delayed';

/** When the opening ends and the program begins; undefined without one, and while no local time is known to wait for. */
export function whenOpeningEnds(context: PumpContext): Instant | undefined {
  const { opening, wallOffset, clockMoved } = context;
  if (opening === null) return undefined;
  const { setting, start } = opening;
  if (setting.type !== 'delayed') return after(start, setting.duration);
  // A clock set may have brought the time at once.
  return wallOffset === null ? undefined : instant(Math.max(setting.until - wallOffset, clockMoved.at, start));
}

/** Begins what the prescription just put in force begins with. The caller commands the rate. */
export function startOpening(draft: Draft, at: Instant): void {
  draft.opening = openingUnder(sure(draft.prescription, 'prescription in force').opening, at);
}

export const openingUnder = (setting: Opening | null, start: Instant): RunningOpening | null =>
  setting === null ? null : { setting, start };

/** Ends it, if one is under way. The caller commands the rate that follows. */
export function endOpening(draft: Draft, at: Instant, why: BolusEnd): void {
  if (draft.opening === null) return;
  draft.lastOpening = { ...draft.opening, ended: at, why };
  draft.opening = null;
}

/** What a prime or a bridge brings, and what of it is still to come; nothing for a delayed start. */
export function openingVolumes({ setting, start }: RunningOpening, at: Instant): { all: Volume; left: Volume } {
  if (setting.type === 'delayed') return { all: volume.of(0), left: volume.of(0) };
  const rest = span(Math.max(0, start + setting.duration - at));
  return { all: volume.of(setting.rate * setting.duration), left: volume.of(setting.rate * rest) };
}

/** What one that has ended delivered and left undelivered, in units of volume; undefined for a delayed start. */
export function openingAccount({ setting, start, ended }: EndedOpening) {
  if (setting.type === 'delayed') return undefined;
  return {
    delivered: delivered(setting.rate, span(ended - start)),
    undelivered: delivered(setting.rate, span(start + setting.duration - ended)),
  };
}
