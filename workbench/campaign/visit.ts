import type { HandsAct } from '../../firmware-sim/index.ts';
import {
  type Instant,
  instant,
  isReduced,
  MS_PER_DAY,
  parseWallClock,
  type Status,
  type WallClock,
} from '../../shared/index.ts';
import type { TypedClinicianAct } from '../act.ts';
import type { Simulation } from '../simulation.ts';
import type { Setting } from './schema.ts';

/** Appointments are at ten in the morning. */
const OPENS = 10 * 3_600_000;

/** The refill-by date that a clinician reads on the screen. */
export interface RefillBy {
  /** Ten in the morning of that day, and when the day is over. */
  readonly at: Instant;
  readonly passed: Instant;
}

/** What came of a visit. */
export interface Visited {
  /** Whether the reservoir was filled. */
  readonly filled: boolean;
  /** Undefined where the screen shows none: of a pump that cannot be read, or must be replaced. */
  readonly refillBy: RefillBy | undefined;
}

const clinician = (sim: Simulation, act: TypedClinicianAct): string | undefined =>
  refusal(sim.act({ by: 'clinician', act }));
const hands = (sim: Simulation, act: HandsAct): string | undefined => refusal(sim.act({ by: 'hands', act }));
const refusal = (outcome: ReturnType<Simulation['act']>): string | undefined =>
  'refused' in outcome ? outcome.refused : undefined;

/** Fills the reservoir as at the start, in a session of its own, and resumes where the pump waits for that. */
export function visit(sim: Simulation, { fill }: Setting['start']): Visited {
  clinician(sim, { type: 'interrogate' });
  const filled =
    hands(sim, { type: 'drain' }) === undefined &&
    hands(sim, { type: 'inject', volume: fill.volume, solution: fill.solution }) === undefined;
  if (filled) {
    const typed = { type: 'refill', aspirated: 'measured', volume: fill.volume } as const;
    // Whoever finds another volume than expected says that no reason was found.
    if (clinician(sim, typed) === 'reasonNeeded') clinician(sim, { ...typed, reason: 'unknown' });
    resumeHeldBack(sim);
  }
  const refillBy = refillByShown(sim);
  clinician(sim, { type: 'endSession' });
  return { filled, refillBy };
}

/** Resumes a pump that waits for it. */
export function resumeHeldBack(sim: Simulation): void {
  if (isHeldBack(sim.belief())) clinician(sim, { type: 'resume' });
}

/** Whether it delivers nothing, or less than is prescribed, until somebody resumes. */
const isHeldBack = ({ stopped, infusion, prescription }: Status): boolean =>
  stopped !== null || (isReduced(infusion) && prescription?.program.type !== infusion);

/** The date on the screen, where there is one. */
export function refillByShown(sim: Simulation): RefillBy | undefined {
  const shown = sim.refillBy;
  const day = shown === undefined ? undefined : parseWallClock(`${shown} 00:00`);
  if (day === undefined) return undefined;
  const at = (wall: WallClock, more: number) => instant(sim.now + wall - sim.localTime + more);
  return { at: at(day, OPENS), passed: at(day, MS_PER_DAY) };
}
