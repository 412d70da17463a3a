import {
  asAdded,
  basalVolume,
  bolusVolume,
  CONDITIONS,
  type Duration,
  type Instant,
  isReduced,
  type Mass,
  MS_PER_DAY,
  mass,
  massOf,
  meanBasal,
  nextStepAfter,
  type OverBasal,
  type Program,
  REFUSALS,
  type Status,
  showDateTime,
  span,
  strengthOf,
  type WallClock,
} from '../shared/index.ts';
import { hasLostMemory, LOST_PRESCRIPTION } from './lost-memory.ts';

/** What a pump in service that does not deliver, or less than its program, leaves to be done. */
export function resumeNot({
  accepts,
  alarms,
  conditions,
  service,
  infusion,
  stopped,
  prescription,
  reservoir,
  zeroStep,
  wall,
}: Status): string | undefined {
  const reduced = isReduced(infusion);
  if (service === 'shelf' || accepts.includes('resume')) return undefined;
  if (stopped === null && !reduced && !zeroStep) return undefined;
  if (service === 'endOfService') return REFUSALS.endOfService;
  // It had one, and nobody can give it another.
  if (hasLostMemory(alarms)) return LOST_PRESCRIPTION;
  if (prescription === null) return 'no prescription has been given';
  if (stopped === null && zeroStep) {
    if (prescription.program.type === 'periodic') return 'the program itself asks for no delivery between its boluses';
    const next = wall === null ? undefined : nextStepAfter(prescription.program, wall);
    const until = next === undefined ? 'from now on' : `until ${showDateTime(next)}`;
    return `the program itself asks for no delivery ${until}`;
  }
  if (reduced && prescription.program.type === 'minimumRate') return 'the prescription is the minimum rate';
  if (reservoir === 'empty') return 'the reservoir is calculated empty: refill it first';
  if (reduced && reservoir === 'low') return 'the reservoir is low: refill it first';
  const declared = conditions.find((each) => each.declared !== null);
  return declared === undefined ? 'the pump does not take it now' : CONDITIONS[declared.code].text;
}

/** The dose of the primary drug that the program in force would have given since the pump stopped. */
export const doseMissed = (status: Status, rules: OverBasal): Mass | undefined =>
  status.stopped === null ? undefined : doseSince(status.stopped.since, status, rules);

/** What it would have given from an instant on until the pump was stopped. */
export function doseMissedBefore(from: Instant, status: Status, rules: OverBasal): Mass | undefined {
  const [all, stopped] = [doseSince(from, status, rules), doseMissed(status, rules)];
  return all === undefined || stopped === undefined ? undefined : mass.of(all - stopped);
}

function doseSince(from: Instant, status: Status, rules: OverBasal): Mass | undefined {
  const { prescription, prescribedAt, now, wall, basal: held, service, periodicNext } = status;
  if (prescription === null || service === 'shelf') return undefined;
  // Before it was prescribed, nothing of it was missed.
  const since = Math.max(from, prescribedAt ?? 0);
  const time = span(now - since);
  const { program } = prescription;
  // Local time by the pump's clock as it is set now; without one, what the pump says stands in for its schedule.
  const basal =
    wall === null || wall < time
      ? BigInt(wall === null ? held : meanBasal(program)) * BigInt(time)
      : basalOver(program, span(wall - time), time);
  return massOf(basal + periodicMissed(asAdded(program, rules), since, periodicNext), strengthOf(prescription));
}

const WEEK = 7 * MS_PER_DAY;

/** A schedule is the same every week: of a long time only the rest is gone through step by step. */
function basalOver(program: Program, from: WallClock, time: Duration): bigint {
  if (program.type !== 'daily') return basalVolume(program, from, time);
  const rest = span(time % WEEK);
  const weeks = BigInt((time - rest) / WEEK);
  return weeks * basalVolume(program, from, span(WEEK)) + basalVolume(program, from, rest);
}

/** The volume of the periodic boluses that fell due after `since`; the next one is to come. */
function periodicMissed(program: Program, since: number, next: number | null): bigint {
  if (program.type !== 'periodic' || next === null) return 0n;
  const due = Math.max(0, Math.ceil((next - since) / program.interval) - 1);
  return BigInt(due) * BigInt(bolusVolume(program.bolus));
}
