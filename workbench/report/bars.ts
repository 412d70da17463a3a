import { scaleLinear } from 'd3-scale';
import { wrap } from '../lines.ts';
import { escaped } from './chart.ts';
import { PLOT } from './histogram.ts';

/** Bars that belong together, below a title of theirs. */
export interface BarBlock {
  readonly title: string;
  /** Each from one share to another; below 0 it goes to the left. */
  readonly bars: readonly { readonly words: string; readonly from: number; readonly to: number }[];
  /** What is said where there are no bars. */
  readonly none?: string;
}

const HEIGHT = { line: 15, bar: 9, after: 6, bottom: 40 } as const;
/** Characters that have room on a line. */
const ROOM = { arm: 44, small: 52 } as const;
const EDGE = 14;

const round = (value: number): number => Math.round(value * 10) / 10;

/** Bars below one another, each below its words; `least` is 0, or -1 where shares go both ways. */
export function barsSvg(blocks: readonly BarBlock[], least: 0 | -1, unit: string): string {
  const x = scaleLinear([least, 1], [EDGE, PLOT.width - EDGE]);
  const ticks = x.ticks(least === 0 ? 5 : 4).map((share) => ({ share, at: round(x(share)) }));
  const drawn: string[] = [];
  let y = 0;
  const say = (look: keyof typeof ROOM, words: string): void => {
    for (const line of wrap(words, ROOM[look])) {
      drawn.push(`<text class="${look}" x="${EDGE}" y="${y + 12}">${escaped(line)}</text>`);
      y += HEIGHT.line;
    }
  };
  for (const { title, bars, none } of blocks) {
    say('arm', title);
    if (none !== undefined && bars.length === 0) say('small', none);
    for (const { words, from, to } of bars) {
      say('small', words);
      const [begins, ends] = [round(x(from)), round(x(to))];
      // Beside the bar alone: a line through words makes them hard to read.
      const grid = ticks.map(
        ({ share, at }) =>
          `<line class="${share === 0 ? 'tick' : 'grid'}" x1="${at}" x2="${at}" y1="${y - 2}" y2="${y + HEIGHT.bar + 2}"/>`,
      );
      drawn.push(
        `${grid.join('')}<rect class="bar" x="${begins}" y="${y}" width="${round(ends - begins)}" height="${HEIGHT.bar}"/>`,
      );
      y += HEIGHT.bar + HEIGHT.after;
    }
    y += HEIGHT.after;
  }
  const along = ticks.map(
    ({ share, at }) =>
      `<line class="tick" x1="${at}" x2="${at}" y1="${y}" y2="${y + 4}"/><text x="${at}" y="${y + 17}" text-anchor="middle">${Math.abs(Math.round(share * 100))}</text>`,
  );
  const axis = `<line class="tick" x1="${EDGE}" x2="${PLOT.width - EDGE}" y1="${y}" y2="${y}"/><text x="${PLOT.width / 2}" y="${y + 33}" text-anchor="middle">${escaped(unit)}</text>`;
  const said = `${blocks.map(({ title }) => title).join('; ')}: ${unit}. The table has the figures`;
  return `<svg viewBox="0 0 ${PLOT.width} ${y + HEIGHT.bottom}" role="img" aria-label="${escaped(said)}">${drawn.join('')}${axis}${along.join('')}</svg>`;
}
