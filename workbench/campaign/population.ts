import type { Duration } from '../../shared/index.ts';
import { drawnFrom, settled } from './distribution.ts';
import { type Arm, type Named, type Plan, perVisit, readSpan } from './plan.ts';
import { type PER_VISIT, type Setting, settingSchema } from './schema.ts';
import { streamOf } from './stream.ts';

/** One pump of a campaign in one arm, with all that was drawn for it. */
export interface Drawn extends Omit<Setting, keyof Named | 'profile'>, Named {
  /** Of what its simulation draws by itself: when hazards come, and requests. */
  readonly seed: number;
  /** How late the patient comes to one visit or another, counted from 1. */
  readonly late: (visit: number) => Duration;
  /** How long after an alarm somebody comes, counted from 1. */
  readonly afterAlarm: (alarm: number) => Duration;
}

/**
 * What is drawn for a pump: by the seed of the campaign, its number and the place where a distribution stands, so that it
 * is drawn alike in every arm, and does not depend on how many pumps there are.
 */
export function drawPump(plan: Plan, arm: Arm, pump: number): Drawn {
  const drawn = (written: unknown, ...place: readonly (string | number)[]) =>
    settled(written, (distribution, path) =>
      drawnFrom(distribution, streamOf(plan.seed, pump, ['drawn', ...place, ...path])),
    );
  const setting = settingSchema.parse(drawn(arm.written));
  const atEach = (what: (typeof PER_VISIT)[number]) => {
    const written = perVisit(arm, what);
    return (n: number) => (written === undefined ? setting.clinic[what] : readSpan(drawn(written, 'clinic', what, n)));
  };
  const seed = streamOf(plan.seed, pump, ['simulation']).word();
  const { profile, library, ...others } = setting;
  return {
    ...others,
    ...plan.named({ profile, ...(library && { library }) }),
    seed,
    late: atEach('late'),
    afterAlarm: atEach('afterAlarm'),
  };
}
