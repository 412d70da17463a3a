import {
  formatDuration,
  type Proportion,
  proportion,
  rate,
  roundRatio,
  span,
  VOLUME_PER_NL,
  volume,
} from '../../shared/index.ts';
import { sparkline, type Trumpet } from '../index.ts';
import { styled, table, wrap } from './print.ts';

/** What a trumpet curve is of. */
export interface Measured {
  readonly scenario: string;
  /** How well the stroke volume of its device is known. */
  readonly strokeStatus: string;
  readonly trumpet: Trumpet;
}

const YARDSTICK =
  'A yardstick borrowed from IEC 60601-2-24, which is for external pumps; ISO 14708-4 governs implants. A trumpet curve is drawn over the length of the window, not over time, and shows extremes alone.';
const WIDTH = 100;
const COLUMNS = 60;

export function trumpetText({ scenario, strokeStatus, trumpet }: Measured): string {
  const { rate: set, strokeVolume, cycle, start, from, to, sample, stretches, meanError, windows, startUp } = trumpet;
  const time = (ms: number) => formatDuration(span(ms));
  const percent = (by: Proportion) => `${by > 0 ? '+' : ''}${proportion.format(by)}`;
  const stroke = `${volume.format(strokeVolume, 3, 'mcL')} (${strokeStatus})`;
  const flows = startUp.map(({ flow }) => flow);
  const most = Math.max(0, ...flows);
  const bars = sparkline(columns(flows), most);
  const among = stretches === 1 ? 'the only stretch' : `the longest of ${stretches} stretches`;
  const facts = [
    ['set rate', `${rate.format(set)} from ${time(start)}, ${among} at one commanded rate`],
    ['stroke', `${stroke}, each ${time(cycle)} at that rate`],
    [
      'start-up',
      startUp.length === 0 ? 'none' : `${bars}  ${time(from - start)}, at most ${rate.format(rate.of(most))}`,
    ],
    ['analysed', `${time(from)} to ${time(to)}, a sample each ${time(sample)}`],
    ['mean error A', percent(meanError)],
  ];
  const rows = windows.map(({ length, cycles, max, min }) => [time(length), `${cycles}`, percent(max), percent(min)]);
  return [
    styled('bold', scenario),
    table(facts),
    '',
    table([['window length', 'stroke cycles', 'Ep(max)', 'Ep(min)'], ...rows]),
    '',
    ...wrap(YARDSTICK, WIDTH),
  ].join('\n');
}

/** So many values as a line has room for: of each group of neighbours the highest. */
function columns(values: readonly number[]): number[] {
  const each = Math.ceil(values.length / COLUMNS);
  return Array.from({ length: Math.ceil(values.length / Math.max(1, each)) }, (_, i) =>
    values.slice(i * each, (i + 1) * each).reduce((most, value) => Math.max(most, value), 0),
  );
}

/** Rates in nL/day, the stroke in nL, times in ms, errors in %. */
export function trumpetJson({ scenario, strokeStatus, trumpet }: Measured) {
  const { strokeVolume, meanError, windows, stretches: _, ...same } = trumpet;
  const percent = (by: Proportion) => by / 10_000;
  const { rate: set, cycle, start, from, to, sample, startUp } = same;
  return {
    scenario,
    rate: set,
    strokeVolume: Number(roundRatio(BigInt(strokeVolume), VOLUME_PER_NL, 3)) / 1000,
    strokeStatus,
    cycle,
    start,
    from,
    to,
    sample,
    stretches: trumpet.stretches,
    meanError: percent(meanError),
    windows: windows.map(({ length, cycles, max, min }) => ({
      length,
      cycles,
      max: percent(max),
      min: percent(min),
    })),
    startUp,
    yardstick: YARDSTICK,
  };
}
