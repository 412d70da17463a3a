import { formatDuration, span } from '../../shared/index.ts';
import { escaped, svgOf } from './chart.ts';
import { chartFigures, lifeCharts } from './life-charts.ts';
import type { LifeCurves } from './life-curves.ts';
import { DISCLAIMER, pageHtml } from './page.ts';

/** A scenario that was run, as a report tells of it. */
export interface ReportedRun {
  readonly id: string;
  readonly title: string;
  readonly about: string | undefined;
  readonly source: string | undefined;
  readonly expectations: number;
  /** Every failure and breach, as printed. */
  readonly problems: readonly string[];
  readonly simulatedMs: number;
  readonly life: LifeCurves;
}

function sectionOf({ id, title, about, source, expectations, problems, simulatedMs, life }: ReportedRun): string {
  const met = problems.length === 0 ? `met, all ${expectations} expectations` : 'NOT as expected';
  const charts = lifeCharts(life).map((chart) => {
    const key = chart.curves.map(({ name }, i) => `<span class="key k${i}">${escaped(name)}</span>`).join(' ');
    return `<figure><figcaption><b>${escaped(chart.title)}</b> (${escaped(chart.unit)}) ${key}<br>${escaped(chart.about)}</figcaption>${svgOf(chart)}<details><summary>Figures</summary><div class="tables">${chartFigures(chart)}</div></details></figure>`;
  });
  const told = problems.map((problem) => `<pre class="problem">${escaped(problem)}</pre>`).join('');
  const words = [about, source === undefined ? undefined : `Source: ${source}`]
    .filter((text) => text !== undefined)
    .map((text) => `<p>${escaped(text)}</p>`)
    .join('');
  return `<section id="${escaped(id)}"><h2>${escaped(title)}</h2><p class="${problems.length === 0 ? 'met' : 'unmet'}">${escaped(id)}: ${met}; ${formatDuration(span(simulatedMs))} of pump time</p>${words}${told}${charts.join('')}</section>`;
}

const STYLE = `.curve{fill:none;stroke-width:1.6}.c0{stroke:var(--a)}.c1{stroke:var(--b);stroke-dasharray:6 3}
.stay{fill:var(--b);opacity:.7}.key::before{content:"";display:inline-block;width:2.2em;border-top:3px solid var(--a);vertical-align:middle;margin:0 .4em 0 .8em}.k1::before{border-top:3px dashed var(--b)}
.tables{display:flex;flex-wrap:wrap;gap:1.5rem;max-height:24rem;overflow:auto}
@media print{details{display:none}section{break-before:page}}`;

/** One page with the curves of every run. */
export function reportHtml(runs: readonly ReportedRun[], version: string): string {
  const failed = runs.filter(({ problems }) => problems.length > 0).length;
  const list = runs.map(
    ({ id, title, problems }) =>
      `<li>${problems.length === 0 ? '✓' : '✗'} <a href="#${escaped(id)}">${escaped(title)}</a></li>`,
  );
  return pageHtml(
    `${runs.length} scenarios`,
    STYLE,
    `<h1>${runs.length} ${runs.length === 1 ? 'scenario' : 'scenarios'}, ${failed} not as expected</h1><p>By Thecal ${escaped(version)}. ${DISCLAIMER}</p>${runs.length > 1 ? `<ul>${list.join('')}</ul>` : ''}
${runs.map(sectionOf).join('\n')}`,
  );
}
