import { formatMeasure, MEASURES, type MeasureName } from '../campaign/measures.ts';
import { formatDifference, type Paired } from '../campaign/pairs.ts';
import type { CampaignResult } from '../campaign/result.ts';
import { STATISTICS, type Summarized } from '../campaign/tables.ts';
import { barsSvg } from './bars.ts';
import type { Sampled } from './campaign-samples.ts';
import { escaped } from './chart.ts';
import { type Histogram, histogramOf, histogramSvg } from './histogram.ts';
import { type Cells, tableHtml } from './table.ts';

/** Measures of which it matters in how many lives there was any. */
const IF_ANY: readonly MeasureName[] = ['startRefused', 'missedRefills'];
const IF_ANY_GROUPS: readonly string[] = ['alarms', 'stopped', 'refusals', 'harm'];

/** Words that stay on one line. */
const firmly = (text: string): string => text.replaceAll(' ', '\u00a0');
const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

function figureHtml(title: string, plot: string, figures: string): string {
  return `<figure><figcaption><h3>${escaped(sentence(title))}</h3></figcaption><div>${plot}</div><div>${figures}</div></figure>`;
}

/** How a measure is spread in each arm. */
export function measureFigure({ name, arms, scale, samples }: Sampled): string {
  const { about } = MEASURES[name];
  const figures = tableHtml(`Figures: ${about}`, {
    head: ['', ...arms.map(({ arm }) => arm)],
    rows: STATISTICS.map((each) => [each, ...arms.map(({ told }) => told[each])]),
  });
  const histogram = histogramOf(samples, scale.areWhole);
  const plot = histogramSvg(samples, histogram, scale.unit, scale.areWhole);
  return figureHtml(about, plot, `${figures}${binsHtml(about, histogram, { scale, samples })}`);
}

/** Measures of which every life has the same: nothing to draw. */
export function sameFigure(measures: readonly Summarized[]): readonly string[] {
  if (measures.length === 0) return [];
  const table = tableHtml('Figures: the same in every life', {
    head: ['', 'every life', 'pumps'],
    rows: measures.map(({ name, arms }) => {
      const most = arms.find(({ tally }) => tally.most !== undefined)?.tally.most;
      const value = most === undefined ? 'none' : formatMeasure(name, most);
      return [sentence(MEASURES[name].about), value, pumpsIn(arms)];
    }),
  });
  return [`<figure class="same"><figcaption><h3>The same in every life</h3></figcaption>${table}</figure>`];
}

/** How many pumps an arm has that have a value. */
function pumpsIn(arms: Summarized['arms']): string {
  const counts = new Set(arms.map(({ tally }) => tally.count));
  if (arms.length === 1) return arms.map(({ told }) => told.pumps).join();
  if (counts.size === 1) return `${[...counts].join()} in each arm`;
  return arms.map(({ arm, told }) => `${arm}: ${told.pumps}`).join('; ');
}

/** How many lives each bar stands for; those of no life are left out. */
function binsHtml(
  about: string,
  { edges, counts }: Histogram,
  { scale, samples }: Pick<Sampled, 'scale' | 'samples'>,
): string {
  const rows = edges.slice(0, -1).flatMap((from, bin): Cells[] => {
    const lives = counts.map((all) => all[bin] ?? 0);
    const to = edges[bin + 1] ?? from;
    return lives.every((count) => count === 0) ? [] : [[scale.bin(from, to), ...lives.map((count) => `${count}`)]];
  });
  const table = tableHtml(`Bars: ${about}`, { head: [scale.unit, ...samples.map(({ name }) => name)], rows });
  return `<details><summary>Bars</summary>${table}</details>`;
}

/** In how many lives there was any of what is seldom. */
export function sharesFigure(measures: readonly Summarized[]): readonly string[] {
  const of = measures.filter(({ name }) => IF_ANY.includes(name) || IF_ANY_GROUPS.includes(MEASURES[name].group));
  const [first] = of;
  if (first === undefined) return [];
  const blocks = of.map(({ name, arms }) => ({
    title: sentence(MEASURES[name].about),
    bars: arms.some(({ tally }) => tally.some > 0) ? arms.map(ifAny) : [],
    none: 'in no life',
  }));
  const table = tableHtml('Figures: lives with any', {
    head: ['', ...first.arms.map(({ arm }) => arm)],
    rows: of.map(({ name, arms }) => [
      sentence(MEASURES[name].about),
      ...arms.map(
        ({ tally, told }) =>
          `${firmly(`${tally.some} of ${tally.count}`)}${tally.count === 0 ? '' : `, ${firmly(told['not 0'])}`}`,
      ),
    ]),
  });
  return [figureHtml('in how many lives there was any', barsSvg(blocks, 0, 'lives, %'), table)];
}

const ifAny = ({ arm, tally: { some, count } }: Summarized['arms'][number]) => ({
  words: `${arm}: ${some} of ${count}`,
  from: 0,
  to: count === 0 ? 0 : some / count,
});

/** The same pumps in one arm and another. */
export function pairsFigure(pairs: readonly Paired[], { arms }: CampaignResult): readonly string[] {
  const differing = pairs.filter(({ same, pumps }) => same < pumps);
  const names = [...new Set(differing.map(({ name }) => name))];
  if (pairs.length === 0) return [];
  const title = `pump by pump, against ${arms[0] ?? ''}`;
  if (names.length === 0) return [`<p>${escaped(sentence(title))}: no pump differs.</p>`];
  const of = (name: MeasureName) => pairs.filter((pair) => pair.name === name);
  const blocks = names.map((name) => ({
    title: sentence(MEASURES[name].about),
    bars: of(name).map(({ arm, less, more, pumps }) => ({
      words: `${arm}: less in ${less} of ${pumps}, more in ${more}`,
      from: pumps === 0 ? 0 : -less / pumps,
      to: pumps === 0 ? 0 : more / pumps,
    })),
  }));
  const table = tableHtml(`Figures: ${title}`, {
    head: ['', 'less', 'same', 'more', 'mean', '5th', 'median', '95th'],
    rows: names.flatMap((name) => [
      [sentence(MEASURES[name].about)],
      ...of(name).map(({ arm, less, same, more, differences }) => {
        const told = (value: number | undefined) => (value === undefined ? '' : formatDifference(name, value));
        const quantiles = [0.05, 0.5, 0.95].map((share) => told(differences.quantile(share)));
        return [arm, ...[less, same, more].map((count) => `${count}`), told(differences.mean), ...quantiles];
      }),
    ]),
  });
  return [figureHtml(title, barsSvg(blocks, -1, '← less in so many pumps, % · more in so many, % →'), table)];
}
