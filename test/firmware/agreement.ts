import { acceptedBy } from '../../firmware-sim/firmware/commands.ts';
import { judgeInterval } from '../../firmware-sim/firmware/rules/alarm-interval.ts';
import { bolusAtLevel, modeAtLevel } from '../../firmware-sim/firmware/rules/allowed.ts';
import { countAt } from '../../firmware-sim/firmware/rules/bolus-count.ts';
import { judgeClear } from '../../firmware-sim/firmware/rules/clear-alarm.ts';
import { judgeClinicianBolus, judgeOrdering } from '../../firmware-sim/firmware/rules/clinician-bolus.ts';
import { judgeSetClock } from '../../firmware-sim/firmware/rules/clock.ts';
import { judgeNote } from '../../firmware-sim/firmware/rules/discrepancy.ts';
import { judgeBolus } from '../../firmware-sim/firmware/rules/patient-bolus.ts';
import { basalRate, rateAt, reducedRate } from '../../firmware-sim/firmware/rules/program.ts';
import { judgeEntry, levelAt } from '../../firmware-sim/firmware/rules/reservoir.ts';
import { ended, endOfService, judgeImplant } from '../../firmware-sim/firmware/rules/service-life.ts';
import { judgeSilence, silenced } from '../../firmware-sim/firmware/rules/silence.ts';
import { whenStoppedTooLong } from '../../firmware-sim/firmware/rules/stopped-pump.ts';
import {
  judgeBegin,
  judgeCommit,
  judgeMinimum,
  judgeResume,
  judgeStage,
  judgeStop,
} from '../../firmware-sim/firmware/rules/update.ts';
import type { PumpContext, PumpEvent, PumpState } from '../../firmware-sim/index.ts';
import { plainChart } from '../../firmware-sim/index.ts';
import {
  ALARM_CODES,
  COMMANDS,
  type CommandName,
  type Instant,
  REDUCED_MODES,
  type Refusal,
  type RefusalCode,
  volume,
} from '../../shared/index.ts';
import { prescriptionOf, stagedOf } from './prescriptions.ts';

/*
 * The chart's states repeat what the context knows: a guard sees no states, and a status shows both. Here is
 * what must agree, each fact as a name and whether it holds.
 */

type Fact = readonly [name: string, holds: boolean];

const rateIn = ({ infusion, periodicBolus }: PumpState['value'], context: PumpContext): number => {
  const { stepAt } = context;
  const periodic = periodicBolus === 'running' ? (context.periodic?.rate ?? 0) : 0;
  const replaces = context.profile.bolusOverBasal === 'replace';
  if (infusion === 'basal') return (replaces && periodic > 0 ? 0 : basalRate(context, stepAt)) + periodic;
  const beside = replaces ? 0 : basalRate(context, stepAt);
  if (infusion === 'patientBolus') return beside + periodic + (context.bolus?.rate ?? 0);
  if (infusion === 'clinicianBolus') {
    const basal = context.clinician?.alone === true ? 0 : beside;
    return basal + periodic + (context.clinician?.rate ?? 0);
  }
  if (infusion === 'prime' || infusion === 'bridge') {
    const setting = context.opening?.setting;
    return setting === undefined || setting.type === 'delayed' ? 0 : setting.rate;
  }
  if (infusion === 'minimumRate' || infusion === 'delayed') return reducedRate(context, stepAt, 'minimumRate');
  return infusion === 'defaultSchedule' ? reducedRate(context, stepAt, 'defaultSchedule') : 0;
};

const openingIn = (infusion: string): string | null =>
  ['prime', 'bridge', 'delayed'].includes(infusion) ? infusion : null;

/** What of the commanded rate is dosed: nothing of a prime or a bridge. */
const dosedIn = ({ opening, rate }: PumpContext): number =>
  opening === null || opening.setting.type === 'delayed' ? rate : 0;

/** What agrees whatever happens, in whatever order. */
export function alwaysSo({ value, context }: PumpState): readonly Fact[] {
  const { service, infusion = '', patientControl, periodicBolus, telemetry } = value;
  const { ledger, grants, prescription, periodic, recent } = context;
  // Where the end of service stops delivery, no periodic bolus waits for its time any more.
  const stall = context.conditions.find(({ code }) => code === 'stall');
  const programmed = prescription?.program.type === 'periodic' && ended(context) === false;
  return [
    ['off the shelf ⇔ inService', (service !== 'shelf') === context.inService],
    ['ERI or later ⇔ since when', (service === 'eri' || service === 'endOfService') === (context.eriSince !== null)],
    ['end of service ⇔ since when', (service === 'endOfService') === (context.endSince !== null)],
    ['ended, where that stops delivery ⇒ stopped', ended(context) === false || infusion === 'stopped'],
    ['silenced ⇒ in a session', silenced(context).length === 0 || telemetry === 'session'],
    ['stopped ⇔ a reason to be', (infusion === 'stopped') === (context.stopped !== null)],
    ['updating ⇔ an update', (infusion === 'updating') === (context.update !== null)],
    ['patient bolus ⇔ a bolus', (infusion === 'patientBolus') === (context.bolus !== null)],
    [
      'clinician bolus ⇔ one of a clinician and none of the patient',
      (infusion === 'clinicianBolus') === (context.clinician !== null && context.bolus === null),
    ],
    [
      'clinician bolus suspended ⇒ where the profile lets a patient do that, beside basal',
      infusion !== 'patientBolus' ||
        context.clinician === null ||
        (context.profile.patientBolusDuringClinicianBolus === 'preempt' && !context.clinician.alone),
    ],
    ['prime, bridge or delayed ⇔ such an opening', openingIn(infusion) === (context.opening?.setting.type ?? null)],
    ['an opening ⇒ no bolus', context.opening === null || (context.bolus === null && context.clinician === null)],
    ['none of a clinician elsewhere', context.clinician === null || infusion.endsWith('Bolus')],
    ['a reduced rate ⇔ reduced to it', (REDUCED_MODES.find((mode) => mode === infusion) ?? null) === context.reduced],
    ['the commanded rate is the one of the state', context.rate === rateIn(value, context)],
    ['idle ⇔ nothing commanded', (context.idleSince !== null) === (context.rate === 0)],
    ['off ⇔ no periodic boluses prescribed', (periodicBolus === 'off') === !programmed],
    ['periodic boluses fall due ⇔ prescribed', (context.periodicNext !== null) === programmed],
    ['periodic bolus ⇔ running', (periodicBolus === 'running') === (periodic !== null)],
    ['deferred ⇔ to be given after a bolus', (periodicBolus === 'deferred') === context.periodicDeferred],
    ['periodic bolus ⇒ delivering', periodic === null || infusion === 'basal' || infusion.endsWith('Bolus')],
    ['deferred ⇒ another bolus', !context.periodicDeferred || context.bolus !== null || context.clinician !== null],
    ['what was commanded is in order', recent.every(({ from }, i) => i === 0 || from > (recent[i - 1]?.from ?? from))],
    [
      'what is commanded is what was dosed last, but for what fills dead space',
      recent.length === 0 || recent.at(-1)?.rate === dosedIn(context),
    ],
    ['boluses are part of it', recent.every(({ rate, boluses }) => boluses <= rate)],
    ['stopped since ⇔ idle since', context.stopped === null || context.stopped.since === context.idleSince],
    ['staged ⇒ in a session', context.staged === null || telemetry === 'session'],
    ['updating ⇒ staged', context.update === null || context.staged !== null],
    ['off ⇔ no bolus prescribed', (patientControl === 'off') === (prescription?.patientBolus == null)],
    ['the ledger balances', ledger.entered - ledger.commanded + ledger.adjusted === BigInt(context.volume)],
    ['the volume fits the reservoir', context.volume >= 0 && context.volume <= context.profile.reservoirCapacity],
    ['grants are in order', grants.every((grant, i) => i === 0 || grant >= (grants[i - 1] ?? grant))],
    ['failed ⇔ since when', (value['memory'] === 'failed') === (context.memoryFailed !== null)],
    ['low by mistake ⇒ not low', context.falseLow === null || context.lowSince === null],
    ['empty by mistake ⇒ not empty', context.falseEmpty === null || context.emptySince === null],
    ['degraded ⇔ since when', (value['memory'] === 'degraded') === (context.memoryLocked !== null)],
    ['without its memory ⇒ no prescription', context.memoryFailed === null || prescription === null],
    [
      'stalled ⇔ declared, and not gone',
      (value['motor'] === 'stalled') === (stall !== undefined && stall.declared !== null && !stall.gone),
    ],
    [
      'no rotation ⇔ sensed, and not declared',
      (value['motor'] === 'noRotation') === (stall !== undefined && stall.declared === null),
    ],
    ['each condition once', new Set(context.conditions.map(({ code }) => code)).size === context.conditions.length],
    ['gone ⇒ declared', context.conditions.every(({ gone, declared }) => !gone || declared !== null)],
    ['each prescription has its number', (context.record === 0) === (prescription === null)],
  ];
}

/** Whether the policy of the level leaves what is commanded; the most restrictive one counts. */
function allowed(infusion: string, context: PumpContext, at: Instant): boolean {
  const level = levelAt(context, at);
  const mode = modeAtLevel(context, level);
  if (infusion.endsWith('Bolus') || infusion === 'prime' || infusion === 'bridge')
    return mode === 'basal' && bolusAtLevel(context, level);
  if (infusion === 'basal' || infusion === 'delayed') return mode === 'basal';
  if (infusion === 'defaultSchedule') return mode === 'basal' || mode === 'defaultSchedule';
  return infusion !== 'minimumRate' || mode !== 'stopped';
}

/** What agrees as well once everything due has happened. */
export function soWhenSettled({ value, context }: PumpState, at: Instant): readonly Fact[] {
  const { patientControl, reservoir } = value;
  const { prescription, lockedUntil } = context;
  const setting = prescription?.patientBolus ?? null;
  const locked = setting !== null && lockedUntil !== null && at < lockedUntil;
  const used = setting !== null && !locked && countAt(context, at) >= setting.maxPerDay;
  return [
    ['no step was missed', context.rate === rateAt(context, at)],
    ['no periodic bolus is overdue', context.periodicNext === null || context.periodicNext > at],
    [
      'no stopped-pump deadline after the end of service',
      context.endSince === null || whenStoppedTooLong(context) === undefined,
    ],
    ['ERI in time', context.eriSince !== null || context.eriAt === null || at < context.eriAt],
    ['the end of service in time', (context.endSince !== null) === at >= (endOfService(context) ?? Infinity)],
    ['silences end in time', silenced(context).every(({ until }) => at < until)],
    ['too long stopped ⇒ nothing commanded', context.stoppedTooLong === null || context.rate === 0],
    ['locked out ⇔ before its end', (patientControl === 'lockedOut') === locked],
    ['count used ⇔ as many as allowed', (patientControl === 'countUsed') === used],
    ['the reservoir is at its level', prescription === null || reservoir === levelAt(context, at)],
    ['low ⇔ since when', prescription === null || (reservoir !== 'normal') === (context.lowSince !== null)],
    ['nothing runs that a policy forbids', allowed(value['infusion'] ?? '', context, at)],
    ['empty ⇔ since when', prescription === null || (reservoir === 'empty') === (context.emptySince !== null)],
  ];
}

/** What stands against a command, with the payload that has the best chance. */
const best: Readonly<Record<CommandName, (context: PumpContext, at: Instant) => Refusal | undefined>> = (() => {
  const safe = stagedOf(prescriptionOf({ bolus: null }), false, false, true);
  const bedside = stagedOf(prescriptionOf({ bolus: null, basal: '2 mL/h' }), false, false, true);
  const refused = (code: RefusalCode): Refusal => ({ code, also: [], until: null, shortest: null });
  return {
    implant: judgeImplant,
    enterReservoir: (context, at) => judgeEntry(context, { type: 'ENTER_RESERVOIR', at, volume: volume.of(0) }),
    stagePrescription: (context, at) =>
      judgeStage(context, { type: 'STAGE', at, staged: context.profile.name === 'generic-pca' ? bedside : safe }),
    beginUpdate: (context, at) =>
      judgeBegin(context, { type: 'UPDATE_BEGIN', at, digest: context.staged?.digest ?? '' }),
    commitUpdate: (context, at) =>
      judgeCommit(context, {
        type: 'UPDATE_COMMIT',
        at,
        digest: context.staged?.digest ?? '',
        role: 'clinician',
        library: null,
      }),
    stop: (context) => judgeStop(context),
    resume: judgeResume,
    minimumRate: judgeMinimum,
    setClock: (context) =>
      context.update === null && context.memoryFailed === null && context.memoryLocked === null
        ? undefined
        : refused('updating'),
    requestBolus: (context, at) => {
      const verdict = judgeBolus(context, { type: 'BOLUS_REQUEST', at });
      return 'refused' in verdict ? verdict.refused : undefined;
    },
    clinicianBolus: judgeOrdering,
    silenceAlarm: (context) =>
      ALARM_CODES.some((alarm) => judgeSilence(context, alarm) === undefined) ? undefined : refused('alarmNotActive'),
    setAlarmInterval: (context) => judgeInterval(context, context.profile.criticalToneInterval),
    testAlarm: () => undefined,
    noteDiscrepancy: judgeNote,
    clearAlarm: (context) =>
      ALARM_CODES.some((alarm) => judgeClear(context, alarm) === undefined) ? undefined : refused('alarmNotActive'),
  };
})();

/** What only a clinician's session takes. */
const IN_SESSION: ReadonlySet<CommandName> = new Set(['silenceAlarm', 'clearAlarm', 'setAlarmInterval', 'testAlarm']);

/** What stands against an update whatever is staged. */
const AGAINST_ANY_UPDATE: ReadonlySet<RefusalCode> = new Set([
  'memoryFailed',
  'memoryLocked',
  'endOfService',
  'updating',
  'notUpdating',
]);

/** Commands that a status offers but would be refused whatever they carry, or the other way round. */
export function wronglyOffered(state: PumpState, at: Instant): readonly string[] {
  const offered = new Set(acceptedBy(plainChart)(state, at));
  return COMMANDS.filter((name) => {
    // Staging needs a clinician's session, and nothing can begin before it: both are offered ahead of that.
    if (IN_SESSION.has(name) && state.value['telemetry'] === 'closed') return offered.has(name);
    if (name === 'stagePrescription' && state.value['telemetry'] === 'closed') return offered.has(name);
    if (name === 'beginUpdate' && state.context.staged === null) return false;
    const refusal = best[name](state.context, at);
    // What stands against what is staged is worked out when it is asked for.
    const isUpdate = name === 'beginUpdate' || name === 'commitUpdate';
    if (isUpdate && refusal !== undefined && !AGAINST_ANY_UPDATE.has(refusal.code)) return false;
    return offered.has(name) !== (refusal === undefined);
  });
}

/** Whether an event is a command, and then whether its judgement lets it through. */
export function judgement(context: PumpContext, event: PumpEvent): 'allowed' | 'refused' | 'no command' {
  const refusal = (): Refusal | undefined | 'no command' => {
    switch (event.type) {
      case 'IMPLANT':
        return best.implant(context, event.at);
      case 'ENTER_RESERVOIR':
        return judgeEntry(context, event);
      case 'STAGE':
        return judgeStage(context, event);
      case 'UPDATE_BEGIN':
        return judgeBegin(context, event);
      case 'UPDATE_COMMIT':
        return judgeCommit(context, event);
      case 'STOP':
        return judgeStop(context);
      case 'RESUME':
        return judgeResume(context, event.at);
      case 'MINIMUM_RATE':
        return judgeMinimum(context, event.at);
      case 'CLINICIAN_BOLUS':
        return judgeClinicianBolus(context, event);
      case 'CLOCK_SET':
        return judgeSetClock(context, event);
      case 'BOLUS_REQUEST':
        return best.requestBolus(context, event.at);
      case 'SILENCE_ALARM':
        return judgeSilence(context, event.alarm);
      case 'CLEAR_ALARM':
        return judgeClear(context, event.alarm);
      case 'NOTE_DISCREPANCY':
        return judgeNote(context);
      case 'SET_ALARM_INTERVAL':
        return judgeInterval(context, event.interval);
      default:
        return 'no command';
    }
  };
  const answer = refusal();
  if (answer === 'no command') return answer;
  return answer === undefined ? 'allowed' : 'refused';
}
