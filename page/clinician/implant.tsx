import { useState } from 'preact/hooks';
import type { Part } from '../parts/drafts.ts';
import { Panel } from '../parts/parts.tsx';
import { IMPLANT, TEXT } from '../text.ts';
import type { Visit } from '../visit.ts';
import { Acts, Doing } from './one-acts.tsx';
import { Programming } from './programming.tsx';
import { Refill } from './refill.tsx';

interface Props {
  readonly visit: Visit;
  readonly title: string;
  readonly doing: readonly string[];
  readonly parts: readonly Part[];
  readonly onFilled: () => void;
}

/** From the shelf into the patient: which steps are done is read from the pump, and the first that is not comes next. */
export function Implant({ visit, title, doing, parts, onFilled }: Props) {
  const { status } = visit;
  const isDone = [
    (status?.volume ?? 0) > 0,
    status !== null && status.service !== 'shelf',
    status?.prescription != null,
  ];
  const [at, setAt] = useState(() => (isDone.includes(false) ? isDone.indexOf(false) : isDone.length - 1));
  return (
    <>
      <Panel title={title}>
        <div class="form">
          <Doing lines={doing} />
          <ol class="steps">
            {IMPLANT.steps.map((step, index) => (
              <li key={step} {...(index === at ? { 'aria-current': 'step' as const } : {})}>
                {step}
                {isDone[index] ? ` ✓ ${IMPLANT.isDone}` : ''}
              </li>
            ))}
          </ol>
          <div class="row">
            <button type="button" disabled={at === 0} onClick={() => setAt(at - 1)}>
              {TEXT.previous}
            </button>
            <button
              type="button"
              class={isDone[at] ? 'main' : ''}
              disabled={!isDone[at] || at === IMPLANT.steps.length - 1}
              onClick={() => setAt(at + 1)}
            >
              {TEXT.next}
            </button>
          </div>
        </div>
      </Panel>
      {at === 0 ? (
        <Refill visit={visit} onFilled={onFilled} ways={[{ name: IMPLANT.goOn, go: () => setAt(1) }]} />
      ) : null}
      {at === 1 ? (
        <Panel title={IMPLANT.service}>
          <div class="form">
            <Acts visit={visit} acts={['implant', 'setClock']} />
          </div>
        </Panel>
      ) : null}
      {at === 2 && !isDone[2] ? <Programming visit={visit} title={IMPLANT.steps[2]} parts={parts} /> : null}
      {at === 2 && isDone[2] ? <p>{IMPLANT.program}</p> : null}
    </>
  );
}
