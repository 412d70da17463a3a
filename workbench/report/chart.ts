import { scaleLinear } from 'd3-scale';
import { curveLinear, curveStepAfter, line } from 'd3-shape';
import type { Dot, Stay } from './life-curves.ts';

/** A curve of a chart. */
export interface Curve {
  readonly name: string;
  readonly dots: readonly Dot[];
  /** How it goes from one dot to the next. */
  readonly shape: 'steps' | 'straight';
}

export interface Chart {
  readonly title: string;
  /** What is drawn upwards. */
  readonly unit: string;
  /** At most four; told apart by their strokes, not by colour alone. */
  readonly curves: readonly Curve[];
  /** Days at which something happened, by what it was. */
  readonly marks?: readonly { readonly day: number; readonly what: string }[];
  /** Drawn as bars below one another. */
  readonly stays?: readonly Stay[];
  readonly end: number;
}

/** How large a chart is drawn. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
  /** What its scale takes; the names of stays stand there too, or above their bars where `row` has room for both. */
  readonly left: number;
  readonly row: number;
  /** How many marks its scale along has, about. */
  readonly ticks: number;
}
/** As wide as a page. */
const PAGE: ChartSize = { width: 960, height: 240, left: 150, row: 18, ticks: 10 };
/** As wide as a pane beside something. */
export const PANE: ChartSize = { width: 400, height: 200, left: 52, row: 34, ticks: 5 };
const EDGE = { right: 12, top: 12, bottom: 34, bar: 12 } as const;
/** Dots that are drawn of a curve at most: two a pixel. */
const MOST_DOTS = 2 * PAGE.width;

/** Text as it may stand in HTML. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

/** A curve of no more dots than can be told apart: of those within a pixel the first, lowest, highest and last. */
export function thinned(dots: readonly Dot[], end: number): readonly Dot[] {
  if (dots.length <= MOST_DOTS) return dots;
  const buckets = new Map<number, Dot[]>();
  for (const dot of dots) {
    const pixel = Math.floor((dot[0] / end) * (MOST_DOTS / 4));
    const bucket = buckets.get(pixel);
    if (bucket === undefined) buckets.set(pixel, [dot]);
    else bucket.push(dot);
  }
  return [...buckets.values()].flatMap((bucket) => {
    const low = bucket.reduce((least, dot) => (dot[1] < least[1] ? dot : least));
    const high = bucket.reduce((most, dot) => (dot[1] > most[1] ? dot : most));
    const kept = new Set([bucket[0], low, high, bucket.at(-1)]);
    return bucket.filter((dot) => kept.has(dot));
  });
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** A chart as SVG, drawn with d3: no script, prints, and scales. */
export function svgOf(chart: Chart, size = PAGE): string {
  const { title, unit, marks = [], stays = [], end } = chart;
  const curves = chart.curves.map((curve) => ({ ...curve, dots: thinned(curve.dots, end) }));
  const rows = [...new Set(stays.map(({ what }) => what))];
  const bottom = EDGE.bottom + rows.length * size.row;
  const height = size.height - EDGE.bottom + bottom;
  const floor = height - bottom;
  const x = scaleLinear([0, Math.max(end, 1e-9)], [size.left, size.width - EDGE.right]);
  const top = Math.max(1e-9, ...curves.flatMap(({ dots }) => dots.map(([, value]) => value)));
  const y = scaleLinear([0, top], [floor, EDGE.top]).nice(4);
  const across = y.ticks(4).map((value) => {
    const at = round(y(value));
    return `<line class="grid" x1="${size.left}" x2="${size.width - EDGE.right}" y1="${at}" y2="${at}"/><text x="${size.left - 6}" y="${at + 4}" text-anchor="end">${y.tickFormat(4)(value)}</text>`;
  });
  const along = x.ticks(size.ticks).map((day) => {
    const at = round(x(day));
    return `<line class="tick" x1="${at}" x2="${at}" y1="${floor}" y2="${floor + 4}"/><text x="${at}" y="${floor + 18}" text-anchor="middle">${day}</text>`;
  });
  const drawn = curves.map(({ dots, shape }, i) => {
    const path = line<Dot>(
      ([day]) => round(x(day)),
      ([, value]) => round(y(value)),
    ).curve(shape === 'steps' ? curveStepAfter : curveLinear)([...dots]);
    return `<path class="curve c${i}" d="${path ?? ''}"/>`;
  });
  const struck = marks.map(({ day, what }) => {
    const at = round(x(day));
    return `<line class="mark" x1="${at}" x2="${at}" y1="${EDGE.top}" y2="${EDGE.top + 8}"><title>${escaped(`${what}, day ${round(day)}`)}</title></line>`;
  });
  const bars = stays.map(({ what, from, to }) => {
    const [begins, ends] = [round(x(from)), round(x(to))];
    // Beside its bar, or above it: a name does not fit before a narrow chart.
    const isAbove = size.row >= 2 * EDGE.bar;
    const row = floor + 26 + rows.indexOf(what) * size.row;
    const at = isAbove ? row + 16 : row;
    const name = isAbove
      ? `x="${size.left}" y="${row + 12}"`
      : `x="${size.left - 6}" y="${row + 10}" text-anchor="end"`;
    return `<rect class="stay" x="${begins}" y="${at}" width="${Math.max(1, ends - begins)}" height="${EDGE.bar}"><title>${escaped(what)}</title></rect><text ${name} class="small">${escaped(what)}</text>`;
  });
  const said = `${title}, ${unit}, over ${round(end)} days; the table below has the figures`;
  return `<svg viewBox="0 0 ${size.width} ${height}" role="img" aria-label="${escaped(said)}">${[...across, ...along, ...drawn, ...struck, ...bars].join('')}<text x="${size.left - 6}" y="${floor + 18}" text-anchor="end" class="small">day</text></svg>`;
}
