import {
  type Instant,
  type Mode,
  type Prescription,
  type ReducedMode,
  type Refusal,
  type ReservoirState,
  type StopReason,
  sure,
} from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import type { EventOf, Staged } from '../events.ts';
import { causesOf, modeAtLevel, whyStopped } from './allowed.ts';
import { clearedByStop } from './clear-alarm.ts';
import { endBoluses } from './clinician-bolus.ts';
import { calculatedVolume, markSession } from './delivery.ts';
import { whenCommitWithinLimit } from './limit-change.ts';
import { lockoutUnder } from './lockout.ts';
import { startOpening } from './opening.ts';
import { judgeEndOfOpening, judgeOpening, judgeStagedOpening, runsAtMinimum } from './opening-check.ts';
import { countPeriodic } from './periodic-bolus.ts';
import { judgeLimitForNow, judgePrescription } from './prescription.ts';
import { deliver } from './program.ts';
import { forgotten, refuse, unprogrammable } from './refusal.ts';
import { endFalseAlarms, levelAt, levelOf } from './reservoir.ts';
import { testing } from './self-test.ts';
import { ended } from './service-life.ts';
import { alarmed, mayStart } from './start.ts';

/*
 * Programming in two phases. Staging changes nothing that runs. The confirmed transfer stops delivery with
 * its first frame (UPDATE_BEGIN) and ends with its last (UPDATE_COMMIT). A session that closes in between
 * leaves the old prescription whole; what delivery does then is the profile's `onUpdateAbort`.
 */

/** What stands against staging anything at all. */
export const judgeStaging = (context: PumpContext) =>
  refuse([
    unprogrammable(context),
    !context.inService && { code: 'onShelf' },
    ended(context),
    context.update !== null && { code: 'updating' },
  ]);

export const judgeStage = (context: PumpContext, event: EventOf<'STAGE'>) =>
  judgeStaging(context) ??
  judgeEndOfOpening(context, event.staged.endOpening) ??
  judgePrescription(context, event.staged.prescription) ??
  judgeStagedOpening(context, event.staged.prescription, modeOf(context, event.staged, event.at), event.at) ??
  judgeLimitForNow(context, event.staged.prescription, event.at, event.staged.override);

export const judgeBegin = (context: PumpContext, event: EventOf<'UPDATE_BEGIN'>) =>
  refuse([
    unprogrammable(context),
    ended(context),
    context.update !== null && { code: 'updating' },
    context.staged?.digest !== event.digest && { code: 'notStaged' },
  ]) ?? judgeStagedForNow(context, event.at);

/** A bolus granted since staging may stand against it: judged again before delivery is stopped for it. */
function judgeStagedForNow(context: PumpContext, at: Instant): Refusal | undefined {
  const staged = sure(context.staged, 'staged prescription');
  const { prescription, override, endOpening } = staged;
  return (
    judgeEndOfOpening(context, endOpening) ??
    judgeStagedOpening(context, prescription, modeOf(context, staged, at), at) ??
    judgeLimitForNow(context, prescription, at, override)
  );
}

export const judgeCommit = (context: PumpContext, event: EventOf<'UPDATE_COMMIT'>) =>
  refuse([
    unprogrammable(context),
    ended(context),
    context.update === null && { code: 'notUpdating' },
    context.staged?.digest !== event.digest && { code: 'notStaged' },
  ]) ?? judgeOpeningForNow(context, event.at);

/** A volume entered within the update may leave no room for what it was to begin with. */
function judgeOpeningForNow(context: PumpContext, at: Instant): Refusal | undefined {
  const { update } = context;
  const staged = sure(context.staged, 'staged prescription');
  const { mode } = outcomeOf(context, staged, update?.stopped, at);
  return judgeOpening(context, staged.prescription, mode, at);
}

/** How a prescription would be delivered if an update began now. */
const modeOf = (context: PumpContext, staged: Staged, at: Instant): Mode =>
  outcomeOf(context, staged, stoppedBy(context), at).mode;

/** The prescription a commit would put in force; undefined where the commit is refused. */
export function committed(context: PumpContext, event: EventOf<'UPDATE_COMMIT'>): Prescription | undefined {
  return judgeCommit(context, event) === undefined ? context.staged?.prescription : undefined;
}

/** A mode of delivery and, where it is none, why. */
export type Outcome =
  | { readonly mode: Exclude<Mode, 'stopped'> }
  | { readonly mode: 'stopped'; readonly why: StopReason };

/** The mode a level and a prescription allow: that of a minimum-rate prescription is the minimum rate. */
export function modeUnder(context: PumpContext, level: ReservoirState, prescription: Prescription | null): Mode {
  const mode = modeAtLevel(context, level);
  return mode !== 'stopped' && prescription?.program.type === 'minimumRate' ? 'minimumRate' : mode;
}

function atLevel(context: PumpContext, level: ReservoirState, prescription: Prescription | null): Outcome {
  const mode = modeUnder(context, level, prescription);
  return mode === 'stopped' ? { mode, why: whyStopped(context, level) } : { mode };
}

/** What delivery does after a commit; undefined where the commit is refused. */
export function afterCommit(context: PumpContext, event: EventOf<'UPDATE_COMMIT'>): Outcome | undefined {
  if (context.staged === null || committed(context, event) === undefined) return undefined;
  return outcomeOf(context, context.staged, context.update?.stopped, event.at);
}

/** The delivery a prescription leads to on a pump that was stopped for a reason, or ran. */
function outcomeOf(
  context: PumpContext,
  { prescription, run }: Pick<Staged, 'prescription' | 'run'>,
  stopped: StopReason | null | undefined,
  at: Instant,
): Outcome {
  if (stopped === 'clinician' && !run) return { mode: 'stopped', why: 'clinician' };
  if (context.profile.afterCommit === 'waitForStart' || !mayStart(context, at))
    return { mode: 'stopped', why: 'awaitingStart' };
  return atLevel(context, levelOf(context, calculatedVolume(context, at), prescription), prescription);
}

/** Why a pump is stopped but for a bolus that a clinician ordered on it: he had left it so. */
const stoppedBy = ({ clinician, stopped }: PumpContext): StopReason | null =>
  clinician?.alone === true ? 'clinician' : (stopped?.why ?? null);

/** What delivery would be if a prescription took effect now. */
export function deliveryUnder(context: PumpContext, staged: Pick<Staged, 'prescription' | 'run'>, at: Instant) {
  const outcome = outcomeOf(context, staged, stoppedBy(context), at);
  return { mode: outcome.mode, why: outcome.mode === 'stopped' ? outcome.why : null };
}

/** What delivery does when the session of an update closes before its last frame. */
export const afterAbort = (context: PumpContext, event: EventOf<'SESSION_CLOSED'>): Outcome | undefined =>
  event.role === 'clinician' ? afterInterruption(context, event.at) : undefined;

/** What delivery does once an update has come to nothing, by its session or with the power; undefined outside one. */
export function afterInterruption(context: PumpContext, at: Instant): Outcome | undefined {
  if (context.update === null) return undefined;
  // A clinician's stop outlasts an update that came to nothing: only a prescription that says run ends it.
  if (context.update.stopped === 'clinician') return { mode: 'stopped', why: 'clinician' };
  if (context.profile.onUpdateAbort === 'stayStopped') return { mode: 'stopped', why: 'updateInterrupted' };
  if (context.update.stopped !== null) return { mode: 'stopped', why: context.update.stopped };
  const allowed = atLevel(context, levelAt(context, at), context.prescription);
  const { reduced } = context.update;
  const isMore = allowed.mode === 'basal' || (allowed.mode === 'defaultSchedule' && reduced === 'minimumRate');
  return isMore && reduced !== null ? { mode: reduced } : allowed;
}

/** A new prescription may be prescribed over a stop or the minimum rate; resuming has its own reasons not to. */
export function judgeResume(context: PumpContext, at: Instant) {
  const level = levelAt(context, at);
  return refuse([
    forgotten(context),
    !context.inService && { code: 'onShelf' },
    ended(context),
    testing(context, at),
    context.update !== null && { code: 'updating' },
    context.prescription === null && { code: 'noPrescription' },
    context.stopped === null && context.reduced === null && { code: 'alreadyRunning' },
    context.reduced !== null && context.prescription?.program.type === 'minimumRate' && { code: 'alreadyAtMinimum' },
    // Where delivery is reduced it must lead to more than that.
    ...causesOf(context, level, context.reduced ?? 'nothing').map((code) => ({ code })),
    alarmed(context),
  ]);
}

/** A stop on a stopped pump is taken only where it clears an alarm. */
export const judgeStop = (context: PumpContext, event: Pick<EventOf<'STOP'>, 'by'> = {}) =>
  refuse([
    !context.inService && { code: 'onShelf' },
    context.stopped !== null && clearedByStop(context, event) === undefined && { code: 'alreadyStopped' },
  ]);

/** The minimum rate is a command: it lasts until a clinician says otherwise. */
export const judgeMinimum = (context: PumpContext, at: Instant) =>
  refuse([
    !context.inService && { code: 'onShelf' },
    ended(context),
    context.stopped !== null && testing(context, at),
    context.update !== null && { code: 'updating' },
    context.prescription === null && context.memoryFailed === null && { code: 'noPrescription' },
    context.reduced === 'minimumRate' && { code: 'alreadyAtMinimum' },
    ...causesOf(context, levelAt(context, at), 'nothing').map((code) => ({ code })),
  ]);

export function beginUpdate(draft: Draft, event: EventOf<'UPDATE_BEGIN'>): void {
  const overridden = overriddenLimit(draft, event.at);
  const stopped = stoppedBy(draft);
  // A delayed start that ends for an update that comes to nothing lets its program begin no earlier.
  const reduced = runsAtMinimum(draft) ? 'minimumRate' : draft.reduced;
  endBoluses(draft, event.at, 'update');
  draft.update = { stopped, reduced, overridden };
  draft.stopped = null;
  draft.reduced = null;
  deliver(draft, event.at);
}

/** The limit that an update beginning now overrides, and when it would have cleared; null where there is none. */
function overriddenLimit(context: PumpContext, at: Instant): { readonly clearsAt: Instant | null } | null {
  const { staged, lastPeriodic } = context;
  if (staged?.override !== true) return null;
  // A periodic bolus has ended just now, for this update.
  const ended = lastPeriodic !== null && lastPeriodic.ended === at && lastPeriodic.why === 'update';
  const before = ended ? { ...context, periodic: lastPeriodic } : context;
  const clearsAt = whenCommitWithinLimit(before, staged.prescription, at);
  return clearsAt === at ? null : { clearsAt: clearsAt ?? null };
}

/** Puts the staged prescription in force, whole. Delivery follows from `runAt` or `stopFor`. */
export function commitUpdate(draft: Draft, event: EventOf<'UPDATE_COMMIT'>): void {
  const prescription = sure(committed(draft, event), 'prescription that may be committed');
  draft.lockedUntil = lockoutUnder(draft, prescription);
  countPeriodic(draft, prescription, event.at);
  if (draft.prescription !== null && isOtherPrimary(draft.prescription, prescription)) markSession(draft, event);
  draft.prescription = prescription;
  draft.prescribedAt = event.at;
  draft.record += 1;
  draft.staged = null;
  draft.update = null;
  draft.batteryReset = null;
  draft.lastOpening = null;
  endFalseAlarms(draft, event.at);
}

/** Begins with what the prescription just committed begins with. */
export function runOpening(draft: Draft, { at }: { readonly at: Instant }): void {
  startOpening(draft, at);
  deliver(draft, at);
}

/** A mean dose can only be of one drug at one strength. */
const isOtherPrimary = ({ drugs: [old] }: Prescription, { drugs: [young] }: Prescription): boolean =>
  old?.name !== young?.name || old?.concentration !== young?.concentration;

export const reducedIn = (mode: Mode): ReducedMode | null => (mode === 'basal' || mode === 'stopped' ? null : mode);

/** Runs at the mode's rate. */
export function runAt(draft: Draft, at: Instant, mode: Exclude<Mode, 'stopped'>): void {
  draft.stopped = null;
  draft.reduced = reducedIn(mode);
  deliver(draft, at);
}

/** Stops delivery at `at`, or says another reason for a stop that goes on: since when is since nothing was delivered. */
export function stopFor(draft: Draft, at: Instant, why: StopReason): void {
  draft.reduced = null;
  draft.stopped = { why, since: at };
  deliver(draft, at);
  draft.stopped = { why, since: draft.idleSince ?? at };
}
