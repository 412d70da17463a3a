import type { ConditionCode, DeviceProfile } from '../../shared/index.ts';
import type { TraceRecord } from '../trace.ts';
import { type Account, answerOf, fieldsOf, isCarriedOutUnanswered, logOf } from './account.ts';
import type { Rule } from './rule.ts';

/** Rule 4: the commanded rate is the one the profile's policies prescribe, the most restrictive winning. */
export function policies(): Rule {
  let suspect: number | undefined;
  /** When a clinician, a prescription or a denied request last called for the minimum rate. */
  let excused: number | undefined;
  /** When a battery that faltered last had the pump go to its safe state. */
  let safeAt: number | undefined;
  /** Whether a pump that has lost its memory has yet to say what it delivers. */
  let unsafe = false;
  return {
    number: 4,
    name: 'the rate is the one the policies prescribe',
    take(record, account, complain) {
      if (asksForMinimum(record, account)) excused = record.t;
      const log = logOf(record);
      if (log?.kind === 'batteryReset' && log.data['safeState'] === true) safeAt = record.t;
      if (log?.kind === 'deliveryStarted' || log?.kind === 'prescriptionCommitted') safeAt = undefined;
      const stopsForGood = log?.kind === 'deliveryStopped' && log.data['why'] === 'endOfService';
      if (stopsForGood && record.t < account.endOfService) complain('delivery ended before the end of service');
      const calledFor = allowedNow(account, record.t) === 'minimum';
      if (calledFor && suspect === record.t) suspect = undefined;
      if (record.layer !== 'firmware') return;
      if (record.kind === 'memoryFailed') unsafe = true;
      if (record.kind !== 'rate') return;
      const { infusion, rate } = fieldsOf(record);
      const safe = account.profile.safeState === 'stop' ? 0 : account.profile.minimumRate;
      if (unsafe && rate !== safe) complain(`without its memory the pump commands ${rate} nL/day, not ${safe}`);
      unsafe = false;
      if (calledFor) return;
      // A volume typed at this instant is told only after the rate it leads to: judged once it has been.
      if (infusion === 'minimumRate' && DELIVERS.includes(account.infusion)) suspect = record.t;
    },
    settle(t, next, account, complain) {
      const { infusion, rate, profile } = account;
      if (unsafe) complain('without its memory the pump commands no safe state');
      unsafe = false;
      const mostSafe = profile.safeState === 'stop' ? 0 : minimumAt(account, t);
      if (safeAt === t && rate > mostSafe) complain(`${rate} nL/day in the safe state, which allows ${mostSafe}`);
      // A step that falls due in between has a record of its own: what is called for holds to the next.
      for (const at of [t, Math.max(t, next - 1)]) {
        const due = calledFor(account, at)[infusion];
        if (rate === due) continue;
        complain(`mode ${infusion} commands ${rate} nL/day at ${at} ms, not ${due}`);
        break;
      }
      if (suspect === t && excused !== t && infusion === 'minimumRate' && allowedNow(account, t) !== 'minimum') {
        complain('the minimum rate began beside a reservoir and conditions that do not call for it');
      }
      // Up to the next record the level only falls: what holds at both ends holds between.
      for (const at of [t, Math.max(t, next - 1)]) {
        if (at >= account.endOfService && profile.atEndOfService === 'stop' && rate > 0) {
          complain(`${rate} nL/day after the end of service`);
          return;
        }
        const level = account.levelAt(at);
        const basal = account.basalAt(at);
        const minimum = minimumAt(account, at);
        const most = { any: Number.POSITIVE_INFINITY, basal, minimum, nothing: 0 }[allowedNow(account, at)];
        if (rate > most) {
          const beside = [`a reservoir calculated ${level}`, ...account.declared].join(' and ');
          complain(`${rate} nL/day beside ${beside}, which allows ${most}`);
          return;
        }
      }
    },
  };
}

/** The modes that a policy, or somebody, has to change for the minimum rate. */
const DELIVERS = ['basal', 'patientBolus', 'clinicianBolus', 'prime', 'bridge', 'delayed'];

/** The rate each mode calls for at an instant. */
function calledFor(account: Account, at: number): Readonly<Record<string, number>> {
  const basal = account.basalAt(at) + account.periodicRate;
  const minimum = minimumAt(account, at);
  const bolus = account.grantedRate;
  // Begun on a stopped pump it runs alone.
  const beside = account.clinicianAlone ? account.periodicRate : basal;
  const clinicianBolus = beside + account.clinicianRate;
  const { fillingRate } = account;
  return {
    stopped: 0,
    updating: 0,
    basal,
    patientBolus: basal + bolus,
    clinicianBolus,
    minimumRate: minimum,
    prime: fillingRate,
    bridge: fillingRate,
    delayed: minimum,
  };
}

/** The minimum rate at an instant: never above what is prescribed, where the pump can still know that. */
const minimumAt = (account: Account, at: number): number =>
  account.memoryFailed ? account.profile.minimumRate : Math.min(account.profile.minimumRate, account.basalAt(at));

/** Whether a record shows that somebody wants the minimum rate. */
function asksForMinimum(record: TraceRecord, { profile, prescription }: Account): boolean {
  const log = logOf(record);
  const safe = log?.kind === 'batteryReset' && log.data['safeState'] === true;
  const limited = log?.kind === 'bolusDenied' && log.data['code'] === 'doseLimit';
  return (
    answerOf(record, 'minimumRate') !== undefined ||
    (safe && profile.safeState === 'minimumRate') ||
    isCarriedOutUnanswered(record, 'minimumRate') ||
    (limited && profile.maxDoseDenied === 'denyAndMinimumRate') ||
    (log?.kind === 'clinicianBolusEnded' && log.data['why'] === 'doseLimit') ||
    prescription?.program.type === 'minimumRate'
  );
}

/** From the least restrictive to the most. */
const ALLOWED = ['any', 'basal', 'minimum', 'nothing'] as const;
type Allowed = (typeof ALLOWED)[number];

/**
 * What the policies allow at an instant: those of the level, and of every condition declared. A pump that has lost its
 * memory knows of no level, and has one rate.
 */
function allowedNow(account: Account, at: number): Allowed {
  const byLevel = account.memoryFailed ? 'minimum' : allowedAt(account.levelAt(at), account.profile);
  const ranks = [byLevel, ...[...account.declared].map((code) => allowedBeside(code, account.profile))].map((each) =>
    ALLOWED.indexOf(each),
  );
  return ALLOWED[Math.max(...ranks)] ?? 'any';
}

/** What is allowed beside a declared condition. */
function allowedBeside(code: ConditionCode, profile: DeviceProfile): Allowed {
  if (code === 'stall') return profile.stallPolicy === 'stopAndLatch' ? 'nothing' : 'basal';
  return ({ none: 'any', basalOnly: 'basal', minimumRate: 'minimum', stop: 'nothing' } as const)[
    profile[`${code}Policy`]
  ];
}

/** What the policies allow beside a level of the reservoir. */
function allowedAt(level: string, profile: DeviceProfile): Allowed {
  const { lowReservoirPolicy, emptyPolicy } = profile;
  if (level === 'normal') return 'any';
  if (level === 'empty' && emptyPolicy === 'stop') return 'nothing';
  if (lowReservoirPolicy === 'minimumRate' || (level === 'empty' && emptyPolicy === 'minimumRate')) return 'minimum';
  return level === 'empty' || lowReservoirPolicy === 'basalOnly' ? 'basal' : 'any';
}
