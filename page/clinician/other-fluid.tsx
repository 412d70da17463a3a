import { useContext, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Part } from '../parts/drafts.ts';
import { Facts, Panel } from '../parts/parts.tsx';
import { IMPLANT, OTHER_FLUID, REFILL, TEXT } from '../text.ts';
import type { Visit } from '../visit.ts';
import { Programming } from './programming.tsx';
import { Refill } from './refill.tsx';
import { isRefillTyped, Keeping } from './work.ts';

interface Props {
  readonly visit: Visit;
  readonly title: string;
  readonly parts: readonly Part[];
  readonly onFilled: () => void;
}

const STEPS = ['refill', 'program'] as const;
type Step = (typeof STEPS)[number];

/** Another drug or strength: first it comes into the reservoir, then the pump is told of it. What is typed in either stays. */
export function OtherFluid({ visit, title, parts, onFilled }: Props) {
  const { fields } = visit.screen;
  const entered = fields.find(({ name }) => name === 'refillEntered')?.text;
  // One that was entered before this was opened, in this session or as the other fluid before it, is not asked for again.
  const isUntold = fields.some(({ name }) => name === 'stillProgrammed');
  const [wasEntered] = useState(entered !== undefined || isUntold);
  const [at, setAt] = useState<Step>(wasEntered ? 'program' : 'refill');
  const { typed } = useContext(Keeping);
  const top = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => top.current?.scrollIntoView({ block: 'nearest' }), [at]);
  const isDone = { refill: entered !== undefined || isUntold, program: false };
  const state = isUntold ? OTHER_FLUID.before : isRefillTyped(typed) ? OTHER_FLUID.typed : OTHER_FLUID.notEntered;
  return (
    <>
      <div ref={top}>
        <Panel title={title}>
          <div class="form">
            <div class="row">
              <ol class="steps grow">
                {STEPS.map((step) => (
                  <li key={step} {...(step === at ? { 'aria-current': 'step' as const } : {})}>
                    {OTHER_FLUID.steps[step]}
                    {isDone[step] ? ` ✓ ${IMPLANT.isDone}` : ''}
                  </li>
                ))}
              </ol>
              <button type="button" disabled={at === 'refill'} onClick={() => setAt('refill')}>
                {TEXT.previous}
              </button>
              <button type="button" disabled={at === 'program'} onClick={() => setAt('program')}>
                {TEXT.next}
              </button>
            </div>
            <span class="hint" role="status">
              {entered === undefined ? state : OTHER_FLUID.entered(entered)}
            </span>
          </div>
        </Panel>
      </div>
      <div class="stack" hidden={at !== 'refill'}>
        {wasEntered ? (
          <Panel title={REFILL.titleOther}>
            <Facts fields={fields.filter(({ topic, name }) => topic === 'refill' && name !== 'refillCauses')} />
          </Panel>
        ) : (
          <Refill
            visit={visit}
            isOther
            onFilled={onFilled}
            ways={[{ name: OTHER_FLUID.goOn, go: () => setAt('program') }]}
          />
        )}
      </div>
      <div class="stack" hidden={at !== 'program'}>
        <Programming visit={visit} title={OTHER_FLUID.steps.program} parts={parts} />
      </div>
    </>
  );
}
