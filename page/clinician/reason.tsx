import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Field } from '../parts/inputs.tsx';
import { REFILL } from '../text.ts';
import type { Reply, Visit } from '../visit.ts';
import type { Field as Line } from '../worker/protocol.ts';
import { Refusal } from './refusal.tsx';

interface Props {
  readonly visit: Visit;
  /** What came back and what was expected, as the programmer has it. */
  readonly came: readonly Line[];
  readonly reason: string;
  readonly note: string;
  /** Why nothing was entered, where it is for want of a reason. */
  readonly asked: Reply | undefined;
  readonly onReason: (reason: string) => void;
  readonly onNote: (note: string) => void;
}

/** Why another volume came back than was expected; asked for where nothing can be entered without it. */
export function Reason({ visit, came, reason, note, asked, onReason, onNote }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLSelectElement>(null);
  const why = useId();
  useLayoutEffect(() => {
    if (asked === undefined) return;
    list.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'center' });
  }, [asked]);
  const difference = came.find(({ name }) => name === 'refillDiscrepancy')?.text ?? '';
  const other = difference.startsWith('+') ? 'less' : 'more';
  const reasons = Object.entries(visit.reasons).filter(([code, { came }]) => code === reason || came !== other);
  return (
    <div class="form" ref={place}>
      {/* A box may be narrower than the reason in it. */}
      <Field label={REFILL.reason} hint={visit.reasons[reason]?.text}>
        <select
          ref={list}
          aria-label={REFILL.reason}
          aria-invalid={asked !== undefined}
          aria-describedby={asked === undefined ? undefined : why}
          value={reason}
          onChange={(event) => onReason(event.currentTarget.value)}
        >
          <option value="">{REFILL.noReason}</option>
          {reasons.map(([code, { text }]) => (
            <option key={code} value={code}>
              {text}
            </option>
          ))}
        </select>
      </Field>
      {asked === undefined ? null : (
        <div id={why}>
          <Refusal reply={asked} visit={visit} />
        </div>
      )}
      <Field label={REFILL.note} hint={REFILL.noteHint}>
        <textarea
          class="grow"
          rows={4}
          maxLength={120}
          aria-label={REFILL.note}
          value={note}
          onInput={(event) => onNote(event.currentTarget.value)}
        />
      </Field>
    </div>
  );
}
