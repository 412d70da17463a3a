import { HANDSET } from '../text.ts';
import type { Visit } from '../visit.ts';
import { askedText, handsetLines } from './handset-lines.ts';

/** The patient's own controller: one button, and what it answers. */
export function Handset({ visit, localTime, isAlone = false }: { visit: Visit; localTime: number; isAlone?: boolean }) {
  const lines = handsetLines(visit.handset, localTime);
  const [said, when] = [lines.filter(({ isWhen }) => !isWhen), lines.find(({ isWhen }) => isWhen)];
  return (
    <section class="handset" aria-label={HANDSET.title}>
      {isAlone ? <h1>{HANDSET.title}</h1> : <h2>{HANDSET.title}</h2>}
      <div class="handset-screen">
        <output aria-live="polite">
          {said.map(({ text }) => (
            <span key={text} class="line">
              {text}
            </span>
          ))}
        </output>
        {/* It counts down: said once with the answer is enough for whoever listens. */}
        {when === undefined ? null : <p class="when">{when.text}</p>}
        {visit.handsetAt === null ? null : <p class="hint">{askedText(visit.handsetAt, localTime)}</p>}
      </div>
      <button type="button" class="main" onClick={() => void visit.act({ patient: 'requestBolus' })}>
        {HANDSET.ask}
      </button>
    </section>
  );
}
