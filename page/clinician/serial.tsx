import { SERIAL } from '../text.ts';
import type { Visit } from '../visit.ts';

/** The serial number of the pump that answers beside the one on the record, in every session, and a word on both. */
export function Serial({ visit: { serials, status, isOpen } }: { visit: Visit }) {
  const { record } = serials;
  const answering = isOpen ? (status?.serial ?? null) : serials.answering;
  const isSame = answering === record;
  const answers = answering !== null && (isOpen || !isSame) ? answering : null;
  return (
    <p class={answers === null || isSame ? 'serial' : 'serial other'} role={isSame ? undefined : 'alert'}>
      {answers === null ? null : (
        <span>
          {SERIAL.answers}: <strong class="number">{answers}</strong>
        </span>
      )}
      <span>
        {SERIAL.record}: <strong class="number">{record ?? SERIAL.none}</strong>
      </span>
      {answers === null ? null : <em>{isSame ? `✓ ${SERIAL.same}` : `✗ ${SERIAL.other}`}</em>}
    </p>
  );
}
