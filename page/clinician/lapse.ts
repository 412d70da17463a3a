import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Visit } from '../visit.ts';
import { WORK, type Work } from './work.ts';

interface Lapse {
  /** Whether the session before has ended by itself, and none is open since. */
  readonly hasLapsed: boolean;
  /** Whether what stands in the form was typed in a session before this one. */
  readonly isRestored: boolean;
  readonly left: () => void;
}

/**
 * Follows how sessions end. The next one begins with the status, unless this one ended by itself while something was
 * being typed: that is kept for the next with the same pump.
 */
export function useLapse(
  { isOpen, endsAt, now, status }: Visit,
  work: Work,
  onWork: (part: () => Work) => void,
  onEnd: () => void,
): Lapse {
  const [hasLapsed, setLapsed] = useState(false);
  const [isRestored, setRestored] = useState(false);
  const last = useRef<{ readonly endsAt: number | undefined; readonly serial: string } | undefined>(undefined);
  const typedFor = useRef<string | undefined>(undefined);
  // None is told while the pump is being asked.
  if (status !== null) last.current = { endsAt: endsAt ?? last.current?.endsAt, serial: status.serial };
  const drop = () => {
    setRestored(false);
    onWork(() => WORK);
  };
  useLayoutEffect(() => {
    if (isOpen) {
      // What was typed for one pump is nothing for another.
      if (isRestored && typedFor.current !== status?.serial) drop();
      return;
    }
    const { endsAt: ended, serial } = last.current ?? {};
    last.current = undefined;
    typedFor.current = serial;
    const lapsed = ended !== undefined && now >= ended;
    setLapsed(lapsed);
    onEnd();
    if (lapsed && isTyped(work)) setRestored(true);
    else drop();
  }, [isOpen]);
  return { hasLapsed, isRestored: isRestored && isTyped(work), left: () => setRestored(false) };
}

export const isTyped = ({ typed }: Work): boolean => Object.keys(typed).length > 0;
