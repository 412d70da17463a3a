import { scaleLinear, scaleThreshold } from 'd3-scale';
import { escaped } from './chart.ts';

/** The numbers of one arm, and where their 5th, 50th and 95th percentiles lie; undefined where there are none. */
export interface Sample {
  readonly name: string;
  readonly values: readonly number[];
  readonly range: readonly [low: number, median: number, high: number] | undefined;
}

/** Numbers of several arms counted by the same bins: bin i goes from edge i up to, but not to, edge i + 1. */
export interface Histogram {
  readonly edges: readonly number[];
  /** For each arm, how many lie in each bin. */
  readonly counts: readonly (readonly number[])[];
}

const MOST_BINS = 24;

/** Counts numbers by round bins, at most about two dozen; of whole numbers that are few, each has a bin of its own. */
export function histogramOf(samples: readonly Sample[], areWhole: boolean): Histogram {
  const [least, most] = extremes(samples);
  const top = areWhole ? most + 1 : most;
  const bins = areWhole ? Math.min(MOST_BINS, top - least) : MOST_BINS;
  const scale = scaleLinear([least, top], [0, 1]).nice(bins);
  const ticks = scale.ticks(bins);
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  // The most lies in a bin as every other number does: below its upper edge.
  const edges = areWhole || (ticks.at(-1) ?? 0) > most ? ticks : [...ticks, (ticks.at(-1) ?? 0) + step];
  const binOf = scaleThreshold<number, number>(
    edges.slice(1, -1),
    edges.slice(1).map((_, i) => i),
  );
  const counts = samples.map(({ values }) => {
    const all = edges.slice(1).map(() => 0);
    for (const value of values) all[binOf(value)] = (all[binOf(value)] ?? 0) + 1;
    return all;
  });
  return { edges, counts };
}

function extremes(samples: readonly Sample[]): readonly [least: number, most: number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { values } of samples)
    for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return [least, most];
}

/** Whether there is anything to compare: two numbers that differ. */
export function isSpread(samples: readonly Sample[]): boolean {
  const [least, most] = extremes(samples);
  return least < most;
}

/** A width of every plot of this sort: as it is drawn it may be read on a phone. */
export const PLOT = { width: 400, left: 40, right: 26 } as const;
const PANEL = { title: 20, bars: 64, range: 22 } as const;
const BOTTOM = 38;

const round = (value: number): number => Math.round(value * 10) / 10;

/** Histograms below one another by the same scales, each with a line from the 5th to the 95th percentile and a dot at the median. */
export function histogramSvg(
  samples: readonly Sample[],
  histogram: Histogram,
  unit: string,
  areWhole: boolean,
): string {
  const { edges, counts } = histogram;
  // A whole number stands in the middle of its bar.
  const shift = areWhole ? 0.5 : 0;
  const x = scaleLinear([(edges[0] ?? 0) - shift, (edges.at(-1) ?? 1) - shift], [PLOT.left, PLOT.width - PLOT.right]);
  const most = Math.max(1, ...counts.flat());
  const panel = PANEL.title + PANEL.bars + PANEL.range;
  const ends = samples.length * panel;
  const panels = samples.map(({ name, range }, i) => {
    const floor = i * panel + PANEL.title + PANEL.bars;
    const y = scaleLinear([0, most], [floor, floor - PANEL.bars]);
    const across = y
      .ticks(3)
      .filter(Number.isInteger)
      .map((count) => {
        const at = round(y(count));
        return `<line class="grid" x1="${PLOT.left}" x2="${PLOT.width - PLOT.right}" y1="${at}" y2="${at}"/><text class="small" x="${PLOT.left - 6}" y="${at + 4}" text-anchor="end">${count}</text>`;
      });
    const bars = (counts[i] ?? []).map((count, bin) => {
      if (count === 0) return '';
      const [from, to] = [edges[bin] ?? 0, edges[bin + 1] ?? 0].map((edge) => x(edge - shift));
      const height = Math.max(1.5, floor - y(count));
      return `<rect class="bar" x="${round((from ?? 0) + 0.5)}" y="${round(floor - height)}" width="${round(Math.max(1, (to ?? 0) - (from ?? 0) - 1))}" height="${round(height)}"/>`;
    });
    const below =
      range === undefined
        ? `<text class="small" x="${PLOT.left + 6}" y="${floor - 6}">none in any life</text>`
        : rangeMark(range.map(x), floor + 10);
    return `<text class="arm" x="${PLOT.left}" y="${i * panel + 13}">${escaped(name)}</text>${across.join('')}${bars.join('')}${below}`;
  });
  const along = x
    .ticks(6)
    .filter((tick) => !areWhole || Number.isInteger(tick))
    .map((tick) => {
      const at = round(x(tick));
      return `<line class="tick" x1="${at}" x2="${at}" y1="${ends}" y2="${ends + 4}"/><text x="${at}" y="${ends + 17}" text-anchor="middle">${x.tickFormat(6, areWhole ? 'd' : undefined)(tick)}</text>`;
    });
  const axis = `<line class="tick" x1="${PLOT.left}" x2="${PLOT.width - PLOT.right}" y1="${ends}" y2="${ends}"/><text x="${PLOT.width - PLOT.right}" y="${ends + 32}" text-anchor="end">${escaped(unit)}</text>`;
  const said = `How many lives had how much, in ${unit}: ${samples.map(({ name }) => name).join('; ')}. The table has the figures`;
  const corner = `<text class="small" x="${PLOT.left - 6}" y="13" text-anchor="end">lives</text>`;
  return `<svg viewBox="0 0 ${PLOT.width} ${ends + BOTTOM}" role="img" aria-label="${escaped(said)}">${corner}${panels.join('')}${axis}${along.join('')}</svg>`;
}

/** A line from one end to the other, and a dot between. */
function rangeMark([low = 0, median = 0, high = 0]: readonly number[], y: number): string {
  const [from, at, to] = [round(low), round(median), round(high)];
  const cap = (x: number) => `<line class="range" x1="${x}" x2="${x}" y1="${y - 4}" y2="${y + 4}"/>`;
  return `<line class="range" x1="${from}" x2="${to}" y1="${y}" y2="${y}"/>${cap(from)}${cap(to)}<circle class="median" cx="${at}" cy="${y}" r="4"/>`;
}
