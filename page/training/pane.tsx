import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { spanText } from '../aside/line-text.ts';
import { useAsked } from '../asked.ts';
import type { Desk } from '../desk.ts';
import { TRAINING } from '../text.ts';
import type { Said, Shown } from '../worker/protocol.ts';
import { Chooser } from './chooser.tsx';

interface Props {
  readonly shown: Shown;
  readonly desk: Desk;
  /** Address of the instructor's window beside this one. */
  readonly beside: string;
  /** Whether the debrief of a case that is over is to be seen. */
  readonly isDebrief: boolean;
  readonly onDebrief: (isDebrief: boolean) => void;
}

/** Training cases: choosing one, and what its learner may read and do beside the pump. */
export function TrainingPane({ shown, desk, beside, isDebrief, onDebrief }: Props) {
  const { lesson, visit } = shown;
  return (
    <section class="form training-case" aria-label={TRAINING.title}>
      <h2>{TRAINING.title}</h2>
      {lesson === null ? (
        <Chooser desk={desk} />
      ) : (
        <>
          <Told key={visit} shown={shown} desk={desk} />
          {lesson.isOver ? (
            <div class="row">
              <p role="status">{TRAINING.over}</p>
              <button type="button" class="main" onClick={() => onDebrief(!isDebrief)}>
                {isDebrief ? TRAINING.hide : TRAINING.show}
              </button>
            </div>
          ) : null}
          <details>
            <summary>{TRAINING.another}</summary>
            <Chooser desk={desk} />
          </details>
        </>
      )}
      {lesson?.isHiding === true ? null : (
        <p class="field">
          <a class="button" href={beside} target="_blank" rel="noopener">
            {TRAINING.watch}
          </a>
          <span class="hint">{TRAINING.watchAbout}</span>
        </p>
      )}
    </section>
  );
}

const notDone = ({ message }: Error): Said => ({ text: '', problem: message });

/** The case at hand: briefing, time, hints, what can be done beside the pump, and its end. */
function Told({ shown, desk }: Pick<Props, 'shown' | 'desk'>) {
  const { lesson, done } = shown;
  const { got: told } = useAsked(desk, 'caseTold', null);
  // What is gone back before is no longer done.
  const { got: timeline } = useAsked(desk, 'timeline', null, [done]);
  const [said, setSaid] = useState<readonly string[]>([]);
  const top = useRef<HTMLHeadingElement>(null);
  // A case is read from its beginning, wherever the button was that began it.
  useLayoutEffect(() => {
    // Whoever goes through the tabs stays there.
    if (document.activeElement?.role !== 'tab') top.current?.focus();
  }, [told === undefined]);
  if (told === undefined || lesson === null) return null;
  const say = async (line: string) => {
    const { text, problem } = await desk.ask('line', line).catch(notDone);
    const answer = problem ?? text;
    // The newest first; what is said again is said once.
    setSaid((before) => [answer, ...before.filter((each) => each !== answer)]);
  };
  const measures = Object.entries(told.measures);
  const measured = (timeline?.done ?? []).flatMap(({ line }) => /^measure (\S+)$/.exec(line ?? '')?.[1] ?? []);
  return (
    <>
      <h3 tabIndex={-1} ref={top}>
        {told.title}
      </h3>
      <p>
        {TRAINING.modes[lesson.mode]}
        {lesson.isOver ? '' : `, ${TRAINING.left(spanText(lesson.left))}`}
      </p>
      <h3>{TRAINING.briefing}</h3>
      <Prose text={told.briefing} />
      <h3>{TRAINING.complaint}</h3>
      <Prose text={told.complaint} />
      {measures.length === 0 ? null : (
        <>
          <h3>{TRAINING.measures}</h3>
          <p class="hint">{TRAINING.measuresAbout}</p>
          <ul class="measures">
            {measures.map(([name, text]) => (
              <li key={name}>
                <button
                  type="button"
                  disabled={lesson.isOver || measured.includes(name)}
                  onClick={() => void say(`measure ${name}`)}
                >
                  {measured.includes(name) ? <strong>✓ {TRAINING.noted}: </strong> : null}
                  {text}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {lesson.isOver ? null : (
        <>
          {lesson.mode === 'practice' ? (
            <button type="button" onClick={() => void say('hint')}>
              {TRAINING.hint}
            </button>
          ) : null}
          <output class="said">{said.join('\n')}</output>
          <End desk={desk} />
        </>
      )}
    </>
  );
}

/** Lines of a file, which break where they please, as paragraphs. */
const Prose = ({ text }: { text: string }) =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => <p key={paragraph}>{paragraph.replaceAll(/\s+/g, ' ')}</p>);

/** Ends the case for whoever has nothing left to do; asks first, as it can't be taken back in an assessment. */
function End({ desk }: Pick<Props, 'desk'>) {
  const [isAsked, setAsked] = useState(false);
  const dialog = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (isAsked) dialog.current?.querySelector('button')?.focus();
  }, [isAsked]);
  if (!isAsked)
    return (
      <button type="button" onClick={() => setAsked(true)}>
        {TRAINING.done}
      </button>
    );
  return (
    <div class="panel" role="alertdialog" aria-label={TRAINING.done} ref={dialog}>
      <p>{TRAINING.doneSure}</p>
      <div class="row">
        <button
          type="button"
          class="main"
          onClick={async () => {
            await desk.ask('pause', null);
            await desk.ask('line', 'done');
          }}
        >
          {TRAINING.doneYes}
        </button>
        <button type="button" onClick={() => setAsked(false)}>
          {TRAINING.doneNo}
        </button>
      </div>
    </div>
  );
}
