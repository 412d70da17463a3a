import {
  after,
  type BolusEnd,
  between,
  bolusVolume,
  delivered,
  type Instant,
  instant,
  type Prescription,
  type Refusal,
  rate,
} from '../../../shared/index.ts';
import type { Bolus, Draft, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { countAt, countGrant, whenBelowCount } from './bolus-count.ts';
import { basalRate, calculatedVolume, command } from './delivery.ts';
import { isLockedOut, lockOut, lockoutUnder } from './lockout.ts';
import { refuse } from './refusal.ts';
import { bolusAtLevel, levelAt } from './reservoir.ts';
import { ended } from './service-life.ts';

/** The grant, or the one refusal: every guard on a request names an outcome of this function. */
export type Verdict = { readonly grant: Bolus } | { readonly refused: Refusal };

/** Judges a patient's request. The order of reasons is the order of answers. */
export function judgeBolus(context: PumpContext, event: EventOf<'BOLUS_REQUEST'>): Verdict {
  const { at } = event;
  const setting = context.prescription?.patientBolus ?? null;
  const level = levelAt(context, at);
  const refused = refuse([
    setting === null && { code: 'notEnabled' },
    !context.inService && { code: 'onShelf' },
    ended(context),
    context.stopped !== null && { code: 'stopped' },
    context.update !== null && { code: 'updating' },
    level === 'empty' && { code: 'emptyReservoir' },
    level !== 'empty' && setting !== null && leftAt(context, at) < bolusVolume(setting) && { code: 'tooLittleLeft' },
    level === 'low' && !bolusAtLevel(context, level) && { code: 'lowReservoir' },
    context.atMinimum && { code: 'minimumRate' },
    context.bolus !== null && { code: 'bolusRunning', until: nextByTime(context, at) },
    isLockedOut(context.lockedUntil, at) && { code: 'lockedOut', until: nextByTime(context, at) },
    setting !== null &&
      countAt(context, at) >= setting.maxPerDay && { code: 'countUsed', until: nextByTime(context, at) },
  ]);
  if (refused !== undefined || setting === null)
    return { refused: refused ?? { code: 'notEnabled', also: [], until: null } };
  return { grant: { start: at, ends: after(at, setting.duration), rate: setting.rate } };
}

/** What can be delivered before the reservoir counts as empty. */
const leftAt = (context: PumpContext, at: Instant): number => calculatedVolume(context, at) - context.profile.emptyAt;

/** The first instant at which neither lockout nor count stands against a request. */
export function nextByTime(context: PumpContext, at: Instant): Instant | undefined {
  const setting = context.prescription?.patientBolus ?? null;
  if (setting === null) return undefined;
  const counted = whenBelowCount(context, at, setting.maxPerDay) ?? at;
  return instant(Math.max(at, context.lockedUntil ?? at, counted));
}

export function startBolus(draft: Draft, event: EventOf<'BOLUS_REQUEST'>): void {
  const verdict = judgeBolus(draft, event);
  if ('refused' in verdict || draft.prescription === null) throw new Error('a refused bolus cannot start');
  const { grant } = verdict;
  draft.bolus = grant;
  countGrant(draft, event.at);
  lockOut(draft, grant, draft.prescription);
  command(draft, event.at, rate.of(basalRate(draft) + grant.rate));
}

/** Ends the running bolus, if one runs. The caller commands the rate that follows. */
export function endBolus(draft: Draft, at: Instant, why: BolusEnd): void {
  if (draft.bolus === null) return;
  draft.lastBolus = { ...draft.bolus, ended: at, why };
  draft.bolus = null;
}

/** What the last bolus delivered and what it left undelivered, in units of volume. */
export function bolusAccount(last: NonNullable<PumpContext['lastBolus']>): { delivered: bigint; undelivered: bigint } {
  return {
    delivered: delivered(last.rate, between(last.start, last.ended)),
    undelivered: delivered(last.rate, between(last.ended, last.ends)),
  };
}

/** Where patient control stands under a prescription at an instant. */
export function patientControlUnder(context: PumpContext, prescription: Prescription | null, at: Instant) {
  if (prescription?.patientBolus == null) return 'off';
  const lockedUntil = prescription === context.prescription ? context.lockedUntil : lockoutUnder(context, prescription);
  if (isLockedOut(lockedUntil, at)) return 'lockedOut';
  return countAt(context, at) >= prescription.patientBolus.maxPerDay ? 'countUsed' : 'ready';
}
