import { useLayoutEffect, useRef } from 'preact/hooks';
import { EDITS, TEXT } from '../text.ts';
import type { ClinicianAct, Visit } from '../visit.ts';

interface PendingProps {
  readonly visit: Visit;
  /** Whether its form is on the screen, which has a review of its own. */
  readonly isInForm: boolean;
  readonly onAct: (act: ClinicianAct) => void;
}

/** What was edited and is not in the pump, wherever one is: to be reviewed or discarded. */
export function Pending({ visit, isInForm, onAct }: PendingProps) {
  const { can, fields, title } = visit.screen;
  const edits = fields.find(({ name }) => name === 'pendingEdits')?.text;
  if (title === 'Finish' || !can.includes('discard')) return null;
  return (
    <section class="banner edits" aria-label={EDITS.pending}>
      <strong class="pending">
        {EDITS.pending} {edits}
      </strong>
      <div class="row">
        {isInForm ? null : (
          <button type="button" disabled={!can.includes('review')} onClick={() => onAct('review')}>
            {TEXT.finish}
          </button>
        )}
        <button type="button" onClick={() => onAct('discard')}>
          {TEXT.discard}
        </button>
      </div>
    </section>
  );
}

/** A refill that was begun, wherever one looks meanwhile. */
export const Begun = ({ onGoOn, onDiscard }: { readonly onGoOn: () => void; readonly onDiscard: () => void }) => (
  <section class="banner edits" aria-label={EDITS.begun}>
    <strong>{EDITS.begun}</strong>
    <div class="row">
      <button type="button" class="main" onClick={onGoOn}>
        {EDITS.goOn}
      </button>
      <button type="button" onClick={onDiscard}>
        {EDITS.drop}
      </button>
    </div>
  </section>
);

interface Leaving {
  /** What is to be known before one leaves. */
  readonly title: string;
  readonly stay: string;
  readonly leave: string;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Somewhere one does not leave by accident: staying is the first choice. */
export function Leaving({ title, stay, leave, onStay, onLeave }: Leaving) {
  const first = useRef<HTMLButtonElement>(null);
  // At once: whoever goes on typing shall not press what stands behind it.
  useLayoutEffect(() => {
    const from = document.activeElement;
    first.current?.focus();
    // Whoever stays goes on where he was.
    return () => (from instanceof HTMLElement ? from.focus() : undefined);
  }, []);
  return (
    <div class="banner stopped" role="alertdialog" aria-label={title}>
      <strong>{title}</strong>
      <div class="row">
        <button type="button" class="main" ref={first} onClick={onStay}>
          {stay}
        </button>
        <button type="button" class="stop" onClick={onLeave}>
          {leave}
        </button>
      </div>
    </div>
  );
}
