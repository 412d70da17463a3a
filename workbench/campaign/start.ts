import type { Path } from '../scenario/problem.ts';
import { startActs } from '../scenario/story.ts';
import type { Simulation } from '../simulation.ts';
import type { Setting } from './schema.ts';
import { type RefillBy, refillByShown, resumeHeldBack } from './visit.ts';

/** What came of a start: the refill-by date that was shown then, or what was refused, and where that is written. */
export type Started =
  | { readonly refillBy: RefillBy | undefined }
  | { readonly act: string; readonly refused: string; readonly path: Path };

/** Powers a pump on, does what its start is short for, and starts one that waits for that. */
export function start(sim: Simulation, { start, faults }: Pick<Setting, 'start' | 'faults'>): Started {
  sim.powerOn();
  let refillBy: RefillBy | undefined;
  for (const { act, path } of startActs({ start, ...(faults && { faults }) })) {
    if (act.act.type === 'endSession') {
      resumeHeldBack(sim);
      refillBy = refillByShown(sim);
    }
    const outcome = sim.act(act);
    if ('refused' in outcome) return { act: act.act.type, refused: outcome.refused, path };
  }
  return { refillBy };
}
