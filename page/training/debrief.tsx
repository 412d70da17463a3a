import { useState } from 'preact/hooks';
import { Drawn } from '../aside/drawn.tsx';
import { sentence, spanText } from '../aside/line-text.ts';
import { roomTime } from '../aside/time.tsx';
import { useAsked } from '../asked.ts';
import type { Desk } from '../desk.ts';
import { DEBRIEF } from '../text.ts';
import type { CaseOver, Debrief } from '../worker/protocol.ts';

/** All there is to say of a case that is over. */
export function Debriefing({ desk }: { desk: Desk }) {
  const { got: over, problem } = useAsked(desk, 'debrief', null);
  const [saved, setSaved] = useState('');
  if (over === undefined) return <p role="status">{problem}</p>;
  const { debrief, curves, last } = over;
  const { passed, points, of, mode, seed, learner, hints, began, lasted, saidDone, hidden } = debrief;
  return (
    <section class="panel printed debrief" aria-label={DEBRIEF.title(debrief.case.title)}>
      <h2>{DEBRIEF.title(debrief.case.title)}</h2>
      <div class="row">
        <button type="button" onClick={() => setSaved(save(debrief))}>
          {DEBRIEF.export}
        </button>
        <button type="button" onClick={() => window.print()}>
          {DEBRIEF.print}
        </button>
        <output>{saved === '' ? '' : DEBRIEF.saved(saved)}</output>
      </div>
      <div class={passed ? 'banner runs' : 'banner stopped'} role="status">
        <strong>
          {passed ? `✓ ${DEBRIEF.passed}` : `✗ ${DEBRIEF.notPassed}`}: {DEBRIEF.points(points, of)}
        </strong>
        <span>
          {[learner ?? [], mode, DEBRIEF.seed(seed), DEBRIEF.hints(hints.length)].flat().join(', ')}.{' '}
          {DEBRIEF.began(roomTime(began), spanText(lasted))};{' '}
          {saidDone === null ? DEBRIEF.neverDone : DEBRIEF.saidDone(spanText(saidDone))}.
        </span>
      </div>
      {last === '' ? null : <p class="refused">{last}</p>}
      <h3>{DEBRIEF.hidden}</h3>
      <p>{hidden}</p>
      <p class="hint">{DEBRIEF.drawn(debrief.values)}</p>
      <h3>{DEBRIEF.rubric}</h3>
      <p class="hint">{DEBRIEF.passes}</p>
      <Rubric lines={debrief.rubric} />
      <h3>{DEBRIEF.timeline}</h3>
      <Timeline moments={debrief.timeline} />
      <h3>{DEBRIEF.harm}</h3>
      <Harm harm={debrief.harm} curves={curves} />
    </section>
  );
}

/** Saves a debrief as a file; how it is called. */
function save(debrief: Debrief): string {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(debrief, null, 1)}\n`], { type: 'application/json' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  const who = (debrief.learner ?? '').replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
  anchor.download = `${[debrief.case.id, who === '' ? [] : who, debrief.seed].flat().join('-')}.json`;
  anchor.click();
  URL.revokeObjectURL(url);
  return anchor.download;
}

/** Line by line: whether it was met, what shows it, and what an expert does. */
const Rubric = ({ lines }: { lines: Debrief['rubric'] }) => (
  <ul class="rubric">
    {lines.map(({ id, says, met, must, points, why, evidence, expert }) => (
      <li key={id} data-line={id} class={met ? 'met' : must ? 'missed' : ''}>
        <strong>
          {met ? '✓' : must ? '✗' : '–'} {says}
        </strong>{' '}
        <small>
          {met ? DEBRIEF.met : DEBRIEF.missed}, {DEBRIEF.worth(points)}
          {must ? '' : `, ${DEBRIEF.notNeeded}`}
        </small>
        {met && evidence !== null ? null : <p>{sentence(why)}.</p>}
        {evidence === null ? null : (
          <p>
            {DEBRIEF.shownBy(evidence.n, roomTime(evidence.localTime))} {evidence.text}
          </p>
        )}
        <p>
          <em>{DEBRIEF.expert}</em> {expert}
        </p>
      </li>
    ))}
  </ul>
);

/** What happened; decisions of the learner are marked, in words too. */
const Timeline = ({ moments }: { moments: Debrief['timeline'] }) => (
  <table class="moments">
    <thead>
      <tr>
        <th scope="col">{DEBRIEF.when}</th>
        <th scope="col">{DEBRIEF.happened}</th>
        <th scope="col">{DEBRIEF.believed}</th>
        <th scope="col">{DEBRIEF.true}</th>
      </tr>
    </thead>
    <tbody>
      {moments.map(({ localTime, decision, happened, believed, true: really }, i) => (
        <tr key={i} class={decision ? 'decision' : ''}>
          <th scope="row">{roomTime(localTime)}</th>
          <td>
            {decision ? <strong>▶ {DEBRIEF.decision}: </strong> : null}
            {happened.join('; ')}
          </td>
          <td>{believed}</td>
          <td>{really}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const BANDS = ['tooLittle', 'little', 'much', 'tooMuch'] as const;
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** How long what was how far off, and the curve of it. */
function Harm({ harm, curves }: { harm: Debrief['harm'] } & Pick<CaseOver, 'curves'>) {
  if (harm.length === 0) return <p>{DEBRIEF.noHarm}</p>;
  return (
    <>
      <p class="hint">{DEBRIEF.harmAbout}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{DEBRIEF.drug}</th>
            {BANDS.map((band) => (
              <th key={band} scope="col">
                {DEBRIEF.bands[band]}
              </th>
            ))}
            <th scope="col">{DEBRIEF.least}</th>
            <th scope="col">{DEBRIEF.most}</th>
          </tr>
        </thead>
        <tbody>
          {harm.map(({ drug, lasted, least, most }) => (
            <tr key={drug}>
              <th scope="row">{drug}</th>
              {BANDS.map((band) => (
                <td key={band}>{lasted[band] === 0 ? '–' : spanText(lasted[band])}</td>
              ))}
              <td>{percent(least)}</td>
              <td>{percent(most)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {curves.map(({ title, unit, svg, figures }) => (
        <figure key={title} class="chart">
          <figcaption>
            <strong>{title}</strong> ({unit})
          </figcaption>
          <Drawn html={svg} />
          <details>
            <summary>{DEBRIEF.figures}</summary>
            <Drawn html={figures ?? ''} />
          </details>
        </figure>
      ))}
    </>
  );
}
