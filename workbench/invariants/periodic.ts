import type { LogKind } from '../../shared/index.ts';
import { type Account, logOf } from './account.ts';
import type { Rule } from './rule.ts';

/** Part of rule 4: periodic boluses fall due at their interval, no sooner, and each is started or skipped. */
export function periodic(): Rule {
  let did = new Set<LogKind>();
  let startedEarly = false;
  /** The pump's own time at which one was last seen to. A time that was lost comes again; what fell due at it does not. */
  let seenTo: number | undefined;
  return {
    number: 4,
    name: 'the rate is the one the policies prescribe',
    take(record, account) {
      const kind = logOf(record)?.kind;
      if (kind === undefined) return;
      did.add(kind);
      if (kind === 'periodicStarted' && !isDue(account, record.t)) startedEarly = true;
    },
    settle(t, next, account, complain) {
      // One that was deferred starts when the bolus before it ends.
      const ended = did.has('bolusEnded') || did.has('clinicianBolusEnded');
      if (startedEarly && !ended) complain('a periodic bolus started before its interval was over');
      const handled = did.has('periodicStarted') || did.has('periodicSkipped') || waits(account);
      if (handled) seenTo = t - account.lag;
      if (isDue(account, t) && seenTo !== t - account.lag)
        complain('a periodic bolus fell due and was neither started nor skipped');
      const following = nextDue(account, t);
      if (following !== undefined && following < next) complain('a periodic bolus fell due and nothing happened');
      did = new Set();
      startedEarly = false;
    },
  };
}

/** Whether service has ended, and with it what would come by itself. */
const isOver = ({ profile, endOfService }: Account, t: number): boolean =>
  profile.atEndOfService === 'stop' && t >= endOfService;

const waits = ({ infusion, profile }: Account): boolean =>
  (infusion === 'patientBolus' || infusion === 'clinicianBolus') && profile.periodicDuringBolus === 'defer';

/** How long the interval has been counted, in the pump's own time. */
function counted(account: Account, t: number): { since: number; interval: number } | undefined {
  const { prescription, periodicFrom, lag } = account;
  if (prescription?.program.type !== 'periodic' || periodicFrom === undefined || isOver(account, t)) return undefined;
  return { since: t - lag - periodicFrom, interval: prescription.program.interval };
}

function isDue(account: Account, t: number): boolean {
  const { since, interval } = counted(account, t) ?? { since: 0, interval: 1 };
  return since > 0 && since % interval === 0;
}

function nextDue(account: Account, t: number): number | undefined {
  const count = counted(account, t);
  if (count === undefined) return undefined;
  const following = t + count.interval - (count.since % count.interval);
  return isOver(account, following) ? undefined : following;
}
