import type { Desk } from '../desk.ts';
import type { Asked, Point } from '../worker/protocol.ts';

/** How time goes on after a jump while a session is open: as it ran, but never faster than the room. */
const afterwards = ({ shown }: Desk) => (typeof shown?.pace === 'number' ? { inSession: 1 } : {});

/** Lets time run as fast as can be, up to something. */
export const jump = (desk: Desk, to: Omit<Asked['run']['gives'], 'pace' | 'inSession'>): Promise<null> =>
  desk.ask('run', { pace: 'top', ...to, ...afterwards(desk) });

/** Goes to another point of the past, in this life or in another beside it; time then runs as it did. */
export async function lead(desk: Desk, how: 'rewind' | 'branch', point: Point): Promise<void> {
  const pace = desk.shown?.pace;
  await desk.ask(how, point);
  if (pace === 1 && desk.shown?.isOpen === true) await desk.ask('run', { pace });
}

/** Takes the last thing back that was done, with the time that has passed since; where nothing was, that time alone. */
export async function undo(desk: Desk): Promise<void> {
  const { done } = await desk.ask('timeline', null);
  const last = done.findLastIndex(({ line }) => line !== undefined);
  await lead(desk, 'rewind', { done: Math.max(0, last) });
}
