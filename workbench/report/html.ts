import { type DrugName, formatDuration, span, unitOf } from '../../shared/index.ts';
import { type Chart, escaped, svgOf, thinned } from './chart.ts';
import type { Dot, LifeCurves } from './life-curves.ts';

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

const NG = { mcg: 1e3, mg: 1e6 } as const;
const MS = 86_400_000;

/** A figure as people read it: four digits at most. */
const figure = (value: number): string => `${Number(value.toPrecision(4))}`;
const timeOf = (day: number): string => formatDuration(span(Math.round(day * MS)));

/** The curves of a life, each with what is to be known of it. */
function chartsOf(life: LifeCurves): readonly (Chart & { readonly about: string })[] {
  const { end } = life;
  const dosed = Object.entries(life.doses) as [DrugName, readonly Dot[]][];
  const inCsf = Object.entries(life.csf) as [DrugName, readonly Dot[]][];
  return [
    {
      title: 'Rate',
      unit: 'mL/day',
      about: 'What was commanded, and what flowed. Strokes at the top: boluses granted, denied, by the clinician.',
      curves: [
        { name: 'commanded', dots: life.rate.commanded, shape: 'steps' },
        { name: 'true', dots: life.rate.true, shape: 'steps' },
      ],
      marks: life.boluses,
      end,
    },
    {
      title: 'Reservoir',
      unit: 'mL',
      about: 'What the pump calculated, and what was there. Bars: alarms.',
      curves: [
        { name: 'believed', dots: life.reservoir.believed, shape: 'straight' },
        { name: 'true', dots: life.reservoir.true, shape: 'straight' },
      ],
      stays: life.alarms,
      end,
    },
    ...dosed.map(([drug, dots]): Chart & { about: string } => ({
      title: `Dose per day: ${drug}`,
      unit: unitOf(drug),
      about: 'What left the reservoir in each whole day since power on.',
      curves: [{ name: 'true', dots: stepped(dots, NG[unitOf(drug)]), shape: 'steps' }],
      end,
    })),
    ...inCsf.map(([drug, dots]): Chart & { about: string } => ({
      title: `CSF: ${drug}`,
      unit: 'ng/mL',
      about: 'By the teaching model of one compartment: never a figure to treat by.',
      curves: [{ name: 'true', dots, shape: 'straight' }],
      end,
    })),
  ];
}

/** Doses of days as a curve that holds through each of them, in another unit. */
function stepped(dots: readonly Dot[], unit: number): readonly Dot[] {
  const inUnit = dots.map(([day, ng]): Dot => [day, ng / unit]);
  const last = inUnit.at(-1);
  return last === undefined ? [] : [...inUnit, [last[0] + 1, last[1]]];
}

/** The figures of a chart, as they are drawn. */
function tableOf({ title, unit, curves, marks = [], stays = [], end }: Chart): string {
  const rows = (cells: readonly (readonly string[])[]) =>
    cells.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('');
  const heads = (names: readonly string[]) =>
    `<tr>${names.map((name) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr>`;
  const drawn = curves.map(({ name, dots }) => {
    const shown = thinned(dots, end);
    const less =
      shown.length === dots.length ? '' : ` (${shown.length} of ${dots.length}: those that can be told apart)`;
    const body = rows(shown.map(([day, value]) => [timeOf(day), figure(value)]));
    return `<table><caption>${escaped(title)}, ${escaped(name)}${less}</caption>${heads(['time', unit])}${body}</table>`;
  });
  const struck =
    marks.length === 0
      ? ''
      : `<table><caption>Boluses</caption>${heads(['time', 'what'])}${rows(marks.map(({ day, what }) => [timeOf(day), what]))}</table>`;
  const lasted =
    stays.length === 0
      ? ''
      : `<table><caption>Alarms</caption>${heads(['from', 'to', 'what'])}${rows(
          stays.map(({ what, from, to }) => [timeOf(from), timeOf(to), what]),
        )}</table>`;
  return `<details><summary>Figures</summary><div class="tables">${drawn.join('')}${struck}${lasted}</div></details>`;
}

function sectionOf({ id, title, about, source, expectations, problems, simulatedMs, life }: ReportedRun): string {
  const met = problems.length === 0 ? `met, all ${expectations} expectations` : 'NOT as expected';
  const charts = chartsOf(life).map((chart) => {
    const key = chart.curves.map(({ name }, i) => `<span class="key k${i}">${escaped(name)}</span>`).join(' ');
    return `<figure><figcaption><b>${escaped(chart.title)}</b> (${escaped(chart.unit)}) ${key}<br>${escaped(chart.about)}</figcaption>${svgOf(chart)}${tableOf(chart)}</figure>`;
  });
  const told = problems.map((problem) => `<pre class="problem">${escaped(problem)}</pre>`).join('');
  const words = [about, source === undefined ? undefined : `Source: ${source}`]
    .filter((text) => text !== undefined)
    .map((text) => `<p>${escaped(text)}</p>`)
    .join('');
  return `<section id="${escaped(id)}"><h2>${escaped(title)}</h2><p class="${problems.length === 0 ? 'met' : 'unmet'}">${escaped(id)}: ${met}; ${formatDuration(span(simulatedMs))} of pump time</p>${words}${told}${charts.join('')}</section>`;
}

const STYLE = `:root{color-scheme:light dark;--a:light-dark(#0a5c75,#5cc3e0);--b:light-dark(#a3161b,#ff8f8a);--line:light-dark(#c5ced6,#3a4651)}
body{font:16px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem}
h2{margin-top:2.5rem}figure{margin:1.5rem 0}svg{width:100%;height:auto}svg text{font-size:12px;fill:currentColor}svg .small{font-size:11px}
.grid{stroke:var(--line)}.tick,.mark{stroke:currentColor}.curve{fill:none;stroke-width:1.6}.c0{stroke:var(--a)}.c1{stroke:var(--b);stroke-dasharray:6 3}
.stay{fill:var(--b);opacity:.7}.key::before{content:"";display:inline-block;width:2.2em;border-top:3px solid var(--a);vertical-align:middle;margin:0 .4em 0 .8em}.k1::before{border-top:3px dashed var(--b)}
.tables{display:flex;flex-wrap:wrap;gap:1.5rem;max-height:24rem;overflow:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}td,th{border-bottom:1px solid var(--line);padding:.1rem .6rem;text-align:right}caption{text-align:left;font-weight:600}
.met::before{content:"✓ "}.unmet::before{content:"✗ "}.unmet{font-weight:700}.problem{white-space:pre-wrap;border-left:4px solid var(--b);padding-left:.8rem}
@media print{details{display:none}section{break-before:page}}`;

/** One page that holds everything: no script, nothing asked of any host. */
export function reportHtml(runs: readonly ReportedRun[], version: string): string {
  const failed = runs.filter(({ problems }) => problems.length > 0).length;
  const list = runs.map(
    ({ id, title, problems }) =>
      `<li>${problems.length === 0 ? '✓' : '✗'} <a href="#${escaped(id)}">${escaped(title)}</a></li>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Thecal: ${runs.length} scenarios</title><style>${STYLE}</style></head>
<body><h1>${runs.length} ${runs.length === 1 ? 'scenario' : 'scenarios'}, ${failed} not as expected</h1><p>By Thecal ${escaped(version)}. A teaching and engineering model, never a medical device.</p>${runs.length > 1 ? `<ul>${list.join('')}</ul>` : ''}
${runs.map(sectionOf).join('\n')}
</body></html>
`;
}
