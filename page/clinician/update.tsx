import { DONE, TEXT } from '../text.ts';
import type { Field } from '../worker/protocol.ts';

/** What has been done, for as long as it is news. */
export type Done = 'programmed' | 'ordered';

/** What a clinician looks for after each. */
const NEWS: Readonly<Record<Done, readonly Field['name'][]>> = {
  programmed: ['mode', 'rate', 'dailyDose', 'openingUnderway', 'openingEnds', 'record'],
  ordered: ['mode', 'rate', 'singleBolusLeft', 'singleBolusEnds'],
};

/** While the pump is asked: nobody is to leave it, as it may stand still. */
export const Underway = ({ text }: { text: string }) => (
  <div class="banner underway" role="status">
    <strong>{text}</strong>
    <progress aria-label={TEXT.working} />
  </div>
);

/** What was done, what the pump says now, and of an update each step it has gone through. */
export function DoneNews({ done, fields }: { done: Done; fields: readonly Field[] }) {
  const news = fields.filter(({ name }) => NEWS[done].includes(name));
  return (
    <section class="banner done" role="status" aria-label={DONE.title}>
      <h2>✓ {DONE[done]}</h2>
      {done === 'programmed' ? (
        <ol class="steps went">
          {DONE.steps.map((step) => (
            <li key={step}>✓ {step}</li>
          ))}
        </ol>
      ) : null}
      <span>{news.map(({ label, text }) => `${label}: ${text}`).join(' · ')}</span>
    </section>
  );
}
