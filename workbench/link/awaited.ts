import type { FrameFault, WhichFrame } from './faults.ts';

/** A frame as faults know it: the how manieth ever sent, and what it says. */
export interface Sent {
  readonly number: number;
  readonly from: string;
  readonly name: string;
}

/** A fault that waits for its frame: for one by its number ever sent, or for the next of a message. */
export interface Awaited {
  readonly on: WhichFrame;
  readonly fault: FrameFault;
}

/** A fault told now, when so many frames have been sent. */
export function awaited(on: WhichFrame, fault: FrameFault, sent: number): Awaited {
  return { on: 'frame' in on ? { frame: sent + on.frame } : on, fault };
}

/** Whether it is this frame that a fault waits for. */
export function strikes({ on, fault }: Awaited, { number, from, name }: Sent): boolean {
  const isAnswer = from === 'pump';
  if ('message' in on) return on.message === name && isAnswer === (on.of === 'answer');
  const isCrash = fault.is === 'crashBefore' || fault.is === 'crashAfter';
  // The pump crashes over what it takes: where its own answer has the number, over the next frame it is sent.
  return isCrash ? number >= on.frame && !isAnswer : number === on.frame;
}
