import type { Desk } from '../desk.ts';
import { TIME } from '../text.ts';
import type { Pace, Shown } from '../worker/protocol.ts';
import { jump, undo } from './jumps.ts';

const PACES: readonly (readonly [Pace, string])[] = [
  ['paused', TIME.pause],
  [1, TIME.real],
  [60, TIME.minute],
  [3600, TIME.hour],
];

/** Whether nobody goes back in this visit. */
export const isAssessed = ({ lesson }: Pick<Shown, 'lesson'>): boolean => lesson?.mode === 'assessment';

/** How time runs for everybody on the page. */
export function Time({ shown, desk }: { shown: Shown; desk: Desk }) {
  return (
    <fieldset class="paces" disabled={shown.isLeading}>
      <legend class="unseen">{TIME.title}</legend>
      {PACES.map(([pace, name]) => (
        <button
          key={name}
          type="button"
          aria-pressed={shown.pace === pace}
          onClick={() => void (pace === 'paused' ? desk.ask('pause', null) : desk.ask('run', { pace }))}
        >
          {name}
        </button>
      ))}
      {shown.lesson?.isHiding === true ? null : (
        <>
          <button type="button" onClick={() => void jump(desk, { stop: 'event' })}>
            {TIME.event}
          </button>
          <button type="button" onClick={() => void jump(desk, { stop: 'alarm' })}>
            {TIME.alarm}
          </button>
        </>
      )}
      {isAssessed(shown) ? null : (
        <button type="button" disabled={shown.done === 0} onClick={() => void undo(desk)}>
          {TIME.back}
        </button>
      )}
    </fieldset>
  );
}

/** Local date and time to the minute: "2026-01-05 08:00". */
export const roomTime = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

/** What the last jump came to, or that it would come to nothing; empty once time goes on. */
export function cameText({ cameTo, inVain }: Pick<Shown, 'cameTo' | 'inVain'>): string {
  if (inVain !== null) return TIME.inVain[inVain];
  return cameTo === null ? '' : TIME.reached(cameTo);
}

/** What time does while nobody does anything. */
function paceText({ pace, isOpen, ...came }: Pick<Shown, 'pace' | 'isOpen' | 'cameTo' | 'inVain'>): string {
  const text = cameText(came);
  if (text !== '') return text;
  if (pace === 'paused') return TIME.stands;
  if (pace === 'top') return TIME.top;
  return pace === 1 && isOpen ? TIME.inSession : TIME.passes(pace);
}

/** The clocks of the place, and under them what time does. */
export function RoomClock({ shown }: { shown: Shown }) {
  const [date = '', time] = roomTime(shown.localTime).split(' ');
  return (
    <div class="room">
      <time dateTime={`${date}T${time}`}>
        <span>{date}</span> {time}
      </time>
      <output title={paceText(shown)}>{paceText(shown)}</output>
    </div>
  );
}
