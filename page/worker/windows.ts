import type { Asker, Bench } from './bench.ts';
import type { Taker } from './in-turn.ts';
import type { FromWindow, ToWindow } from './protocol.ts';

/** Lets instructors' windows of this browser look at the pump of a bench, over a channel. */
export function letWatch(bench: Bench, channel: BroadcastChannel, take: (asker: Asker) => Taker): void {
  const seats = new Map<string, { readonly asker: Asker; readonly ask: Taker }>();
  const post = (message: ToWindow) => channel.postMessage(message);
  const seat = (from: string) => {
    const asker: Asker = { isInstructor: true, tell: (told) => post({ to: from, told }) };
    const seated = { asker, ask: take(asker) };
    seats.set(from, seated);
    return seated;
  };
  channel.addEventListener('message', ({ data }: MessageEvent<FromWindow | ToWindow>) => {
    if (!('from' in data)) return;
    const { from } = data;
    const known = seats.get(from);
    if ('is' in data && data.is === 'gone') {
      if (known !== undefined) bench.leave(known.asker);
      return;
    }
    // Whoever was there before an assessment began may stay; a learner lets nobody in.
    if (known === undefined && bench.isAssessing) return post({ to: from, is: 'shut' });
    const { asker, ask } = known ?? seat(from);
    if ('question' in data) ask(data.question);
    else bench.join(asker);
  });
}
