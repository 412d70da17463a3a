import type { Way } from './desk.ts';
import type { FromWindow, Posted, ToWindow } from './worker/protocol.ts';

const ALL = 'all';
const KEY = 'thecal.window';

/** A name that nobody guesses. `randomUUID` is not there for a page that comes by plain HTTP. */
export const drawnName = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');

/** A name that is this window's as long as it is open, however often it is loaded anew. */
function ownName(): string {
  try {
    const name = sessionStorage.getItem(KEY) ?? drawnName();
    sessionStorage.setItem(KEY, name);
    return name;
  } catch {
    // A browser may refuse to keep anything: the name is then that of the page.
    return drawnName();
  }
}

/** Says to whoever watches that the page is gone, once it is. */
export function sayGone(channel: string): void {
  const gone: ToWindow = { to: ALL, is: 'gone' };
  addEventListener('pagehide', () => new BroadcastChannel(channel).postMessage(gone));
}

/** The way of an instructor's window to the pump of the page beside it; says where there is none, or none any longer. */
export function wayBeside(name: string, ended: (is: 'shut' | 'gone') => void): Way {
  const [channel, from] = [new BroadcastChannel(name), ownName()];
  return {
    post: (question: Posted) => channel.postMessage({ from, question }),
    listen: (told) => {
      channel.addEventListener('message', ({ data }: MessageEvent<FromWindow | ToWindow>) => {
        if (!('to' in data) || (data.to !== from && data.to !== ALL)) return;
        if ('told' in data) told(data.told);
        else ended(data.is);
      });
      channel.postMessage({ from, is: 'here' });
      addEventListener('pagehide', () => channel.postMessage({ from, is: 'gone' }));
    },
  };
}
