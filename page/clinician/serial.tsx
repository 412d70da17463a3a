import { CLOCK, SERIAL } from '../text.ts';
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

/** The clock of the pump as it was read, and whether it is that of the place. */
export function PumpClock({ visit: { screen } }: { visit: Visit }) {
  const text = (name: 'clock' | 'clockDifference') => screen.fields.find((field) => field.name === name)?.text;
  const [clock, difference] = [text('clock'), text('clockDifference')];
  if (clock === undefined) return null;
  const isKnown = /\d/.test(clock);
  const how = difference?.startsWith('+') ? CLOCK.slow : CLOCK.fast;
  const isSame = isKnown && difference === undefined;
  return (
    <p class={isSame ? 'serial' : 'serial other'}>
      <span>
        {CLOCK.pump}: <strong class="number">{isKnown ? clock : CLOCK.unknown}</strong>
      </span>
      <em>{isSame ? `✓ ${CLOCK.same}` : `✗ ${difference === undefined ? '' : `${difference.slice(1)} ${how}`}`}</em>
    </p>
  );
}
