import { useEffect, useRef } from 'preact/hooks';
import { Field } from '../parts/inputs.tsx';
import { Facts } from '../parts/parts.tsx';
import { REFILL } from '../text.ts';
import type { Field as Line } from '../worker/protocol.ts';

/** Reasons of one direction; the others may be of either. */
const LESS: readonly string[] = ['overInfusion', 'beside', 'notEmptied'];
const MORE: readonly string[] = ['underInfusion', 'stall', 'occlusion'];

interface Props {
  /** What came back and what was expected, as the programmer has it. */
  readonly came: readonly Line[];
  readonly reason: string;
  readonly note: string;
  readonly onReason: (reason: string) => void;
  readonly onNote: (note: string) => void;
}

/** Why another volume came back than was expected: asked for before anything is entered, and brought into sight. */
export function Reason({ came, reason, note, onReason, onNote }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: 'center' }), []);
  const difference = came.find(({ name }) => name === 'refillDiscrepancy')?.text ?? '';
  const others = difference.startsWith('+') ? LESS : MORE;
  const reasons = Object.entries(REFILL.reasons).filter(([code]) => code === reason || !others.includes(code));
  return (
    <div class="form" ref={place}>
      <Facts fields={came} />
      <Field label={REFILL.reason}>
        <select aria-label={REFILL.reason} value={reason} onChange={(event) => onReason(event.currentTarget.value)}>
          <option value="">{REFILL.noReason}</option>
          {reasons.map(([code, text]) => (
            <option key={code} value={code}>
              {text}
            </option>
          ))}
        </select>
      </Field>
      <Field label={REFILL.note}>
        <input aria-label={REFILL.note} value={note} onInput={(event) => onNote(event.currentTarget.value)} />
      </Field>
    </div>
  );
}
