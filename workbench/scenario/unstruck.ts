import type { WorldAct } from '../act.ts';
import type { LinkFault } from '../link/faults.ts';
import { frameFaultWords } from '../link/words.ts';
import type { Simulation } from '../simulation.ts';
import type { Checked } from './expect.ts';

export type OneFrame = Extract<LinkFault, { type: 'frameFault' }>;

/** Whether an act of the world is a fault that waits for one frame. */
export const isFrameFault = (act: WorldAct | undefined): act is OneFrame => act?.type === 'frameFault';

/** Whether a fault still waits for its frame. */
export const isUnstruck = (act: WorldAct | undefined, { pendingFaults }: Pick<Simulation, 'pendingFaults'>): boolean =>
  isFrameFault(act) && pendingFaults.includes(act.fault);

/**
 * What a fault of one frame expects of the story it stands in: that its frame comes. A misspelt wait or a message that
 * is never sent would else leave a story that passes and shows nothing.
 */
export const struck = (act: OneFrame, sim: Pick<Simulation, 'pendingFaults'>): Omit<Checked, 'path'> => ({
  met: !isUnstruck(act, sim),
  expected: frameFaultWords(act, 'to be'),
  got: isUnstruck(act, sim) ? 'it never struck: no such frame came' : 'it struck',
  instead: undefined,
});
