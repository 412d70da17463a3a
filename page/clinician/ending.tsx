import { ENDING } from '../text.ts';
import type { Visit } from '../visit.ts';

/** From so long before its end on it is said that a session ends by itself. */
const SOON = 180_000;

/** What of a session is left, where it is soon over: null before that, and where none lies idle. */
export function leftOf({ now, endsAt }: Pick<Visit, 'now' | 'endsAt'>): number | null {
  const left = endsAt === undefined ? SOON + 1 : endsAt - now;
  return left > SOON ? null : left;
}

/**
 * That the session ends by itself, and what keeps it open: any act, so the pump is read again. To the eye it counts
 * down; who hears it is told at every full minute, not at every second.
 */
export function Ending({ visit, left }: { visit: Visit; left: number | null }) {
  return (
    <>
      <span class="unseen" role="status">
        {left === null ? '' : ENDING.inMinutes(Math.ceil(left / 60_000))}
      </span>
      {left === null ? null : (
        <span class="ending">
          <strong aria-hidden="true">{ENDING.in(Math.ceil(left / 1000))}</strong>
          <button
            type="button"
            title={ENDING.hint}
            // What is being typed keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => void visit.act({ clinician: 'interrogate' })}
          >
            {ENDING.stay}
          </button>
        </span>
      )}
    </>
  );
}
