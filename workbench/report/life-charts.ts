import { type DrugName, formatDuration, span, unitOf } from '../../shared/index.ts';
import { type Chart, escaped, thinned } from './chart.ts';
import type { Dot, LifeCurves } from './life-curves.ts';

const NG = { mcg: 1e3, mg: 1e6 } as const;
const MS = 86_400_000;

/** A figure as people read it: four digits at most. */
const figure = (value: number): string => `${Number(value.toPrecision(4))}`;
const timeOf = (day: number): string => formatDuration(span(Math.round(day * MS)));

/** A chart, and what is to be known of it. */
export type LifeChart = Chart & { readonly about: string };

/** The curves of a life. */
export function lifeCharts(life: LifeCurves): readonly LifeChart[] {
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
    ...dosed.map(
      ([drug, dots]): LifeChart => ({
        title: `Dose per day: ${drug}`,
        unit: unitOf(drug),
        about: 'What left the reservoir in each whole day since power on.',
        curves: [{ name: 'true', dots: stepped(dots, NG[unitOf(drug)]), shape: 'steps' }],
        end,
      }),
    ),
    ...inCsf.map(
      ([drug, dots]): LifeChart => ({
        title: `CSF: ${drug}`,
        unit: 'ng/mL',
        about: 'By the teaching model of one compartment: never a figure to treat by.',
        curves: [{ name: 'true', dots, shape: 'straight' }],
        end,
      }),
    ),
  ];
}

/** Doses of days as a curve that holds through each of them, in another unit. */
function stepped(dots: readonly Dot[], unit: number): readonly Dot[] {
  const inUnit = dots.map(([day, ng]): Dot => [day, ng / unit]);
  const last = inUnit.at(-1);
  return last === undefined ? [] : [...inUnit, [last[0] + 1, last[1]]];
}

/** The figures of a chart, as they are drawn, as tables in HTML. */
export function chartFigures({ title, unit, curves, marks = [], stays = [], end }: Chart): string {
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
  return `${drawn.join('')}${struck}${lasted}`;
}
