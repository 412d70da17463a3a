import { useRef } from 'preact/hooks';
import type { Shown } from '../worker/protocol.ts';

/** How long what is looked at stands at top speed, in milliseconds. */
const STANDS = 250;

/** How things stand; at top speed a few times a second: to ask more at every slice takes as long as the slice does. */
export function useCalm(shown: Shown): Shown {
  const last = useRef({ shown, since: Number.NEGATIVE_INFINITY });
  const now = performance.now();
  if (shown.pace !== 'top' || now - last.current.since > STANDS) last.current = { shown, since: now };
  return last.current.shown;
}
