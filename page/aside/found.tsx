import { useAsked } from '../asked.ts';
import type { Desk } from '../desk.ts';
import { BEDSIDE } from '../text.ts';
import type { Shown } from '../worker/protocol.ts';
import { roomTime } from './time.tsx';

/** Most of what was done that is listed: the last. */
const MOST = 60;

/** What hands have done and found in this life, oldest first: what is undone is not there any more. */
export function useFound(desk: Desk, { done, life }: Shown): readonly string[] {
  const { got } = useAsked(desk, 'timeline', null, [done, life]);
  const deeds = got?.done ?? [];
  return deeds
    .flatMap(({ found = [], room, from, to }) =>
      // When it was done: what waits first is done once it has waited.
      found.map((text) => `${roomTime(room + to - from)} ${text}`),
    )
    .slice(-MOST);
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
