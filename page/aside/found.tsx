import { useEffect, useState } from 'preact/hooks';
import type { Desk } from '../desk.ts';
import { BEDSIDE } from '../text.ts';
import type { Deed, Shown } from '../worker/protocol.ts';
import { roomTime } from './time.tsx';

/** Most of what was done that is listed: the last. */
const MOST = 60;

/** What hands have done and found in this life, oldest first: what is undone is not there any more. */
export function useFound(desk: Desk, { done, life }: Shown): readonly string[] {
  const [deeds, setDeeds] = useState<readonly Deed[]>([]);
  useEffect(() => {
    let isHere = true;
    void desk.ask('timeline', null).then((timeline) => isHere && setDeeds(timeline.done));
    return () => {
      isHere = false;
    };
  }, [desk, done, life]);
  return deeds.flatMap(({ found = [], room }) => found.map((text) => `${roomTime(room)} ${text}`)).slice(-MOST);
}

/** The same as a list, newest first. */
export const FoundList = ({ found }: { found: readonly string[] }) => (
  <>
    {found.length === 0 ? null : <h3>{BEDSIDE.told}</h3>}
    <ul class="told" aria-label={BEDSIDE.told}>
      {found.toReversed().map((text, index) => (
        <li key={found.length - index}>{text}</li>
      ))}
    </ul>
  </>
);
