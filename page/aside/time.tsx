import type { Desk } from '../desk.ts';
import { TIME } from '../text.ts';
import type { Pace, Shown, Stop } from '../worker/protocol.ts';

const PACES: readonly (readonly [Pace, string])[] = [
  ['paused', TIME.pause],
  [1, TIME.real],
  [60, TIME.minute],
  [3600, TIME.hour],
];
const STOPS: readonly (readonly [Stop, string])[] = [
  ['event', TIME.event],
  ['alarm', TIME.alarm],
];

/** How time runs for everybody on the page. */
export function Time({ shown, desk }: { shown: Shown; desk: Desk }) {
  return (
    <div class="tight" role="toolbar" aria-label={TIME.title}>
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
      {STOPS.map(([stop, name]) => (
        <button key={name} type="button" onClick={() => void desk.ask('run', { pace: 'top', stop })}>
          {name}
        </button>
      ))}
      <button
        type="button"
        disabled={shown.done === 0}
        onClick={() => void desk.ask('rewind', { done: Math.max(0, shown.done - 1) })}
      >
        {TIME.back}
      </button>
    </div>
  );
}
