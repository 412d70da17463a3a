import { useAsked } from '../asked.ts';
import type { Desk } from '../desk.ts';
import { BEDSIDE } from '../text.ts';
import type { Shown } from '../worker/protocol.ts';
import { roomTime } from './time.tsx';

/** Most of what was done that is listed: the last. */
const MOST = 60;

/** Something hands found, and the local time when they did. */
export interface Found {
  readonly at: number;
  readonly text: string;
}

/** What hands have done and found in this life, oldest first: what is undone is not there any more. */
export function useFound(desk: Desk, { done, visit }: Shown): readonly Found[] {
  const { got } = useAsked(desk, 'timeline', null, [done, visit]);
  const deeds = got?.done ?? [];
  return deeds
    .flatMap(({ found = [], room, from, to }) => found.map((text) => ({ at: room + to - from, text })))
    .slice(-MOST);
}

/** The same as a list, newest first. */
export const FoundList = ({ found }: { found: readonly Found[] }) => (
  <>
    {found.length === 0 ? null : <h3>{BEDSIDE.told}</h3>}
    <ul class="told" aria-label={BEDSIDE.told}>
      {found.toReversed().map(({ at, text }, index) => (
        <li key={found.length - index}>
          {roomTime(at)} {text}
        </li>
      ))}
    </ul>
  </>
);
