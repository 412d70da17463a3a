import { useEffect, useRef } from 'preact/hooks';
import { Field } from '../parts/inputs.tsx';
import { Facts } from '../parts/parts.tsx';
import { REFILL } from '../text.ts';
import type { Visit } from '../visit.ts';
import type { Field as Line } from '../worker/protocol.ts';

interface Props {
  readonly visit: Pick<Visit, 'reasons'>;
  /** What came back and what was expected, as the programmer has it. */
  readonly came: readonly Line[];
  readonly reason: string;
  readonly note: string;
  readonly onReason: (reason: string) => void;
  readonly onNote: (note: string) => void;
}

/** Why another volume came back than was expected: asked for before anything is entered, and brought into sight. */
export function Reason({ visit, came, reason, note, onReason, onNote }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'center' }), []);
  const difference = came.find(({ name }) => name === 'refillDiscrepancy')?.text ?? '';
  const other = difference.startsWith('+') ? 'less' : 'more';
  const reasons = Object.entries(visit.reasons).filter(([code, why]) => code === reason || why.came !== other);
  return (
    <div class="form" ref={place}>
      <Facts fields={came} />
      <Field label={REFILL.reason}>
        <select aria-label={REFILL.reason} value={reason} onChange={(event) => onReason(event.currentTarget.value)}>
          <option value="">{REFILL.noReason}</option>
          {reasons.map(([code, why]) => (
            <option key={code} value={code}>
              {REFILL.came[why.came]}
              {why.text}
            </option>
          ))}
        </select>
      </Field>
      <Field label={REFILL.note}>
        <input
          class="grow"
          maxLength={120}
          aria-label={REFILL.note}
          value={note}
          onInput={(event) => onNote(event.currentTarget.value)}
        />
      </Field>
    </div>
  );
}
