import type { ConditionCode, DeviceProfile } from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import type { TraceRecord } from '../trace.ts';
import { type Account, answerOf, isCarriedOutUnanswered, logOf } from './account.ts';
import type { Rule } from './rule.ts';

/** Rule 4: the commanded rate is the one the profile's policies prescribe, the most restrictive winning. */
export function policies(): Rule {
  let suspect: number | undefined;
  /** When a clinician, a prescription, a denied request or a battery last called for a reduced rate. */
  let excused: number | undefined;
  /** When a battery that faltered last had the pump go to its safe state. */
  let safeAt: number | undefined;
  /** Whether a pump that has lost its memory has yet to say what it delivers. */
  let unsafe = false;
  return {
    number: 4,
    name: 'the rate is the one the policies prescribe',
    take(record, account, complain) {
      if (asksForReduced(record, account)) excused = record.t;
      const log = logOf(record);
      if (log?.kind === 'batteryReset' && log.data['safeState'] === true) safeAt = record.t;
      if (log !== undefined && STARTS.includes(log.kind)) safeAt = undefined;
      const stopsForGood = log?.kind === 'deliveryStopped' && log.data['why'] === 'endOfService';
      if (stopsForGood && record.t < account.endOfService) complain('delivery ended before the end of service');
      if (suspect === record.t && isReducedBy(account, record.t)) suspect = undefined;
      if (record.layer !== 'firmware') return;
      if (record.kind === 'memoryFailed') unsafe = true;
      if (record.kind !== 'rate') return;
      const { infusion, rate } = fieldsOf(record);
      const { safeState, minimumRate, defaultRate } = account.profile;
      const safe = { stop: 0, minimumRate, defaultSchedule: defaultRate }[safeState];
      if (unsafe && rate !== safe) complain(`without its memory the pump commands ${rate} nL/day, not ${safe}`);
      unsafe = false;
      // A volume typed at this instant is told only after the rate it leads to: judged once it has been.
      const begins = REDUCED.some((mode) => mode === infusion) && DELIVERS.includes(account.infusion);
      if (begins && !isReducedBy(account, record.t)) suspect = record.t;
    },
    settle(t, next, account, complain) {
      const { infusion, rate, profile } = account;
      if (unsafe) complain('without its memory the pump commands no safe state');
      unsafe = false;
      const mostSafe = profile.safeState === 'stop' ? 0 : reducedAt(account, t)[profile.safeState];
      if (safeAt === t && rate > mostSafe) complain(`${rate} nL/day in the safe state, which allows ${mostSafe}`);
      // A step that falls due in between has a record of its own: what is called for holds to the next.
      for (const at of [t, Math.max(t, next - 1)]) {
        const due = calledFor(account, at)[infusion];
        if (rate === due) continue;
        complain(`mode ${infusion} commands ${rate} nL/day at ${at} ms, not ${due}`);
        break;
      }
      if (suspect === t && excused !== t && !isReducedBy(account, t)) {
        complain('a reduced rate began beside a reservoir and conditions that do not call for it');
      }
      // Up to the next record the level only falls: what holds at both ends holds between.
      for (const at of [t, Math.max(t, next - 1)]) {
        if (at >= account.endOfService && profile.atEndOfService === 'stop' && rate > 0) {
          complain(`${rate} nL/day after the end of service`);
          return;
        }
        const level = account.levelAt(at);
        const basal = account.basalAt(at);
        const most = { any: Number.POSITIVE_INFINITY, basal, ...reducedAt(account, at), nothing: 0 }[
          allowedNow(account, at)
        ];
        if (rate > most) {
          const beside = [`a reservoir calculated ${level}`, ...account.declared].join(' and ');
          complain(`${rate} nL/day beside ${beside}, which allows ${most}`);
          return;
        }
      }
    },
  };
}

/** The modes that a policy, or somebody, has to change for a reduced rate. */
const DELIVERS = ['basal', 'patientBolus', 'clinicianBolus', 'prime', 'bridge', 'delayed'];
const REDUCED = ['defaultSchedule', 'minimumRate'] as const;

/** Whether level and conditions call for one, or for less: what is read may pass several marks at one instant. */
const isReducedBy = (account: Account, at: number): boolean => !['any', 'basal'].includes(allowedNow(account, at));

/** The rate each mode calls for at an instant. */
function calledFor(account: Account, at: number): Readonly<Record<string, number>> {
  const { periodicRate } = account;
  const replaces = account.profile.bolusOverBasal === 'replace';
  const basal = (replaces && periodicRate > 0 ? 0 : account.basalAt(at)) + periodicRate;
  const reduced = reducedAt(account, at);
  const besideBolus = replaces ? periodicRate : basal;
  // Begun on a stopped pump it runs alone.
  const clinicianBolus = (account.clinicianAlone ? periodicRate : besideBolus) + account.clinicianRate;
  const { fillingRate } = account;
  return {
    stopped: 0,
    updating: 0,
    basal,
    patientBolus: besideBolus + account.grantedRate,
    clinicianBolus,
    ...reduced,
    prime: fillingRate,
    bridge: fillingRate,
    delayed: reduced.minimumRate,
  };
}

/** The reduced rates at an instant: never above what is prescribed, where the pump can still know that. */
function reducedAt(account: Account, at: number): Readonly<Record<(typeof REDUCED)[number], number>> {
  const { minimumRate, defaultRate } = account.profile;
  const most = account.memoryFailed ? Number.POSITIVE_INFINITY : account.basalAt(at);
  return { minimumRate: Math.min(minimumRate, most), defaultSchedule: Math.min(defaultRate, most) };
}

/** What a clinician starts a pump by that its battery has dropped into its safe state. */
const STARTS: readonly string[] = ['deliveryStarted', 'prescriptionCommitted', 'clinicianBolusStarted'];

/** Whether a record shows that somebody wants a reduced rate, or that a battery had the pump go to one. */
function asksForReduced(record: TraceRecord, { profile, prescription }: Account): boolean {
  const log = logOf(record);
  const safe = log?.kind === 'batteryReset' && log.data['safeState'] === true;
  const limited = log?.kind === 'bolusDenied' && log.data['code'] === 'doseLimit';
  return (
    answerOf(record, 'minimumRate') !== undefined ||
    (safe && profile.safeState !== 'stop') ||
    isCarriedOutUnanswered(record, 'minimumRate') ||
    (limited && profile.maxDoseDenied === 'denyAndMinimumRate') ||
    (log?.kind === 'clinicianBolusEnded' && log.data['why'] === 'doseLimit') ||
    prescription?.program.type === 'minimumRate'
  );
}

/** From the least restrictive to the most. */
const ALLOWED = ['any', 'basal', ...REDUCED, 'nothing'] as const;
type Allowed = (typeof ALLOWED)[number];

/**
 * What the policies allow at an instant: those of the level, and of every condition declared. A pump that has lost its
 * memory knows of no level, and has its own rates.
 */
function allowedNow(account: Account, at: number): Allowed {
  const forgotten = account.profile.safeState === 'defaultSchedule' ? 'defaultSchedule' : 'minimumRate';
  const byLevel = account.memoryFailed ? forgotten : allowedAt(account.levelAt(at), account.profile);
  const ranks = [byLevel, ...[...account.declared].map((code) => allowedBeside(code, account.profile))].map((each) =>
    ALLOWED.indexOf(each),
  );
  return ALLOWED[Math.max(...ranks)] ?? 'any';
}

/** What is allowed beside a declared condition. */
function allowedBeside(code: ConditionCode, profile: DeviceProfile): Allowed {
  if (code === 'stall') return profile.stallPolicy === 'stopAndLatch' ? 'nothing' : 'basal';
  const policy = profile[`${code}Policy`];
  return policy === 'defaultSchedule' || policy === 'minimumRate'
    ? policy
    : ({ none: 'any', basalOnly: 'basal', stop: 'nothing' } as const)[policy];
}

/** What the policies allow beside a level of the reservoir. */
function allowedAt(level: string, profile: DeviceProfile): Allowed {
  const { lowReservoirPolicy, emptyPolicy } = profile;
  if (level === 'normal') return 'any';
  if (level === 'empty' && emptyPolicy === 'stop') return 'nothing';
  if (lowReservoirPolicy === 'minimumRate' || (level === 'empty' && emptyPolicy === 'minimumRate'))
    return 'minimumRate';
  return level === 'empty' || lowReservoirPolicy === 'basalOnly' ? 'basal' : 'any';
}
