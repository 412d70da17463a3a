import { useLayoutEffect, useState } from 'preact/hooks';
import type { Desk } from '../desk.ts';
import { CURVES } from '../text.ts';
import type { CurvesDrawn, Shown } from '../worker/protocol.ts';
import { Drawn } from './drawn.tsx';

/** How often they are drawn anew while time runs, in milliseconds. */
const AGAIN = 1000;

/** What was believed and what was true in all of this life, with figures: for the instructor. */
export function Curves({ shown: { visit, done, pace }, desk }: { shown: Shown; desk: Desk }) {
  const [charts, setCharts] = useState<readonly CurvesDrawn[]>([]);
  const [figuresOf, setFiguresOf] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState('');
  useLayoutEffect(() => {
    let [isHere, drawnAt] = [true, -1];
    const draw = () => {
      const { now = 0 } = desk.shown ?? {};
      if (now === drawnAt) return;
      drawnAt = now;
      desk.ask('curves', { figuresOf }).then(
        (got) => isHere && setCharts(got),
        ({ message }: Error) => isHere && setProblem(message),
      );
    };
    draw();
    const timer = setInterval(draw, AGAIN);
    return () => {
      isHere = false;
      clearInterval(timer);
    };
    // Drawn at once when something was done or time has stopped, not at every slice of it.
  }, [desk, visit, done, pace, figuresOf]);
  const toggle = (title: string, isOpen: boolean) => {
    if (figuresOf.includes(title) !== isOpen)
      setFiguresOf(isOpen ? [...figuresOf, title] : figuresOf.filter((each) => each !== title));
  };
  return (
    <section class="form" aria-label={CURVES.title}>
      <h2>{CURVES.title}</h2>
      <output class="told-once">{problem}</output>
      {charts.map(({ title, unit, about, names, svg, figures }) => (
        <figure key={title} class="chart">
          <figcaption>
            <strong>{title}</strong> ({unit}){' '}
            {names.map((name, i) => (
              <span key={name} class={`key k${i}`}>
                {name}
              </span>
            ))}
            <span class="hint">{about}</span>
          </figcaption>
          <Drawn html={svg} />
          <details onToggle={({ currentTarget }) => toggle(title, currentTarget.open)}>
            <summary>{CURVES.figures}</summary>
            {figures === undefined ? null : <Drawn html={figures} />}
          </details>
        </figure>
      ))}
    </section>
  );
}
