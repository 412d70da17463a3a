import { useState } from 'preact/hooks';
import { Paper } from '../parts/parts.tsx';
import { PAPERS, TEXT } from '../text.ts';
import type { Visit } from '../visit.ts';

export type PaperName = keyof typeof PAPERS;
export const PAPER_NAMES = Object.keys(PAPERS) as PaperName[];
export const isPaper = (name: string): name is PaperName => Object.hasOwn(PAPERS, name);

/** The dosing report or the refill card, as the command line gives it; nothing else of the page is printed. */
export const Printed = ({ visit, name }: { visit: Pick<Visit, PaperName>; name: PaperName }) => (
  <section class="panel printed" aria-label={PAPERS[name]}>
    <div class="row">
      <h2>{PAPERS[name]}</h2>
      <span class="grow" />
      <button type="button" onClick={() => window.print()}>
        {TEXT.print}
      </button>
    </div>
    <Paper>{visit[name]}</Paper>
  </section>
);

/** What the last session left to be printed: one at a time. */
export function LastPapers({ visit }: { visit: Pick<Visit, PaperName> }) {
  const [chosen, setChosen] = useState<PaperName>('report');
  return (
    // Folded away, and dated: the pump may be another by now.
    <details>
      <summary>{TEXT.lastReport(/^Printed (\S+ \S+)\./m.exec(visit.report ?? '')?.[1] ?? '')}</summary>
      <div class="row">
        {PAPER_NAMES.map((name) => (
          <button key={name} type="button" aria-pressed={name === chosen} onClick={() => setChosen(name)}>
            {PAPERS[name]}
          </button>
        ))}
      </div>
      <Printed visit={visit} name={chosen} />
    </details>
  );
}
