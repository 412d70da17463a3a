import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MEASURES } from '../../workbench/campaign/measures.ts';
import { merge } from '../../workbench/campaign/merge.ts';
import { formatDifference, paired } from '../../workbench/campaign/pairs.ts';
import { type CampaignResult, readResult } from '../../workbench/campaign/result.ts';
import { Tally } from '../../workbench/campaign/summary.ts';
import { STATISTICS, summarized } from '../../workbench/campaign/tables.ts';
import { campaignHtml } from '../../workbench/report/campaign.ts';
import { scaleOf } from '../../workbench/report/campaign-scale.ts';
import { histogramOf } from '../../workbench/report/histogram.ts';
import { lived, plan, written } from './plans.ts';

const result = lived(plan());
const html = campaignHtml(result);

/** The rows of the table with this label, cell by cell, as text. */
function rowsOf(page: string, label: string): readonly (readonly string[])[] {
  const start = page.indexOf(`aria-label="${label}"`);
  if (start === -1) throw new Error(`no table "${label}"`);
  const table = page.slice(start, page.indexOf('</table>', start));
  return [...table.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = '']) => cell.replaceAll('\u00a0', ' ')),
  );
}

/** Opened and not closed, or closed and not opened: nothing where a page is well formed. */
function unbalanced(page: string): readonly string[] {
  const open: string[] = [];
  for (const [, end, name = '', itself] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/g)) {
    if (itself === '/' || name === 'br' || name === 'meta') continue;
    if (end === '') open.push(name);
    else if (open.pop() !== name) return [`</${name}>`];
  }
  return open;
}

/** A result of one measure, a row for each pump and arm. */
function resultOf(values: readonly (readonly (number | null)[])[], columns: CampaignResult['columns'] = ['lowAlarms']) {
  const summary = values.map((all) => {
    const tally = new Tally();
    for (const value of all) if (value !== null) tally.take(value);
    return [tally.save()];
  });
  const rows = values.flatMap((all, arm) => all.map((value, i) => [i + 1, arm, value]));
  return { ...result, arms: values.map((_, i) => `arm ${i + 1}`), columns, rows, summary };
}

describe('the page of a campaign', () => {
  test('holds every number of the table beside its plot, or once where every life has the same', () => {
    const same = rowsOf(html, 'Figures: the same in every life');
    const [plots, others] = [true, false].map((is) =>
      summarized(result).filter(({ name }) => html.includes(`aria-label="Figures: ${MEASURES[name].about}"`) === is),
    );
    for (const { name, arms } of plots ?? [])
      expect(rowsOf(html, `Figures: ${MEASURES[name].about}`)).toEqual([
        ['', ...arms.map(({ arm }) => arm)],
        ...STATISTICS.map((each) => [each, ...arms.map(({ told }) => told[each])]),
      ]);
    expect(plots?.map(({ name }) => name)).toContain('granted');
    expect(others?.map(({ name }) => name)).toContain('livedMinutes');
    expect(same).toContainEqual(['How long it was lived with, up to its end of service', '1d', '4 in each arm']);
    for (const { name, arms } of others ?? []) {
      const { about } = MEASURES[name];
      const [first] = arms;
      const row = [...html.matchAll(/<tr>(<th scope="row">.*?)<\/tr>/g)].find(([, row = '']) =>
        row
          .toLowerCase()
          .startsWith(`<th scope="row">${about.toLowerCase()}</th><td>${first?.told.most || 'none'}</td>`),
      );
      expect([name, row === undefined]).toEqual([name, false]);
      expect(new Set(arms.flatMap(({ told }) => [told.most, told['5th'], told.mean]))).toEqual(
        new Set([first?.told.most]),
      );
    }
  });

  test('has a histogram and a line of percentiles for each arm, whose bars hold every life', () => {
    const bars = rowsOf(html, 'Bars: requests granted').slice(1);
    const lives = [1, 2].map((i) => bars.reduce((sum, row) => sum + Number(row[i]), 0));
    expect(lives).toEqual([4, 4]);
    const plot = html.slice(html.indexOf('<h3>Requests granted</h3>'));
    const svg = plot.slice(0, plot.indexOf('</svg>'));
    expect(svg.match(/class="median"/g)).toHaveLength(2);
    expect(svg.match(/class="bar"/g)).toHaveLength(bars.flatMap((row) => row.slice(1)).filter((n) => n !== '0').length);
    expect(svg).toContain('>times in a life</text>');
  });

  test('says what plan it was, and is the same to the byte however the result came about', () => {
    for (const said of ['<h1>A small one</h1>', result.plan, '4 pumps, each in 2 arms, 1d, seed 7, Thecal 1.2.3'])
      expect(html).toContain(said);
    const shards = [2, 1].map((number) => ({
      file: `${number}`,
      result: readResult(written(plan(), { number, of: 2 })),
    }));
    expect(campaignHtml(merge(shards))).toBe(html);
  });

  test('is one page without a script, well formed, whatever a plan and its arms are called', () => {
    const evil = '<script>alert(1)</script> & "quoted"';
    const page = campaignHtml({ ...result, title: evil, arms: [evil, `${evil} 2`], breaches: [evil] });
    expect(page).not.toMatch(/<script|src=|href="(?!#)|NaN|undefined|Infinity/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot;');
    expect(unbalanced(page)).toEqual([]);
    expect(unbalanced(html)).toEqual([]);
    expect(unbalanced('<p><b>wrong</p></b>')).toEqual(['</p>']);
  });

  test('tells breaches of the always-true rules before anything else, and when nothing was held against them', () => {
    const broken = campaignHtml({ ...result, breaches: ['pump 1, longer: mass is lost', 'pump 51, longer: too much'] });
    const [rules, facts] = [broken.indexOf('pump 51, longer: too much'), broken.indexOf('4 pumps, each')];
    expect(broken).toContain('Always-true rules broken: 2');
    expect(rules).toBeGreaterThan(0);
    expect(rules).toBeLessThan(facts);
    expect(html).toContain('No always-true rule was broken.');
    expect(campaignHtml({ ...result, watched: 0 })).toContain('None of these lives was held against');
  });

  test('tells of an arm in which there was none, and of a measure nobody had', () => {
    const some = campaignHtml(
      resultOf(
        [
          [1440, 2880],
          [null, null],
        ],
        ['firstRefillMinutes'],
      ),
    );
    expect(some).toContain('>none in any life</text>');
    expect(rowsOf(some, 'Figures: from the start to the first refill')).toContainEqual(['pumps', '2', '0']);
    const none = campaignHtml(resultOf([[null], [null]], ['firstRefillMinutes']));
    expect(rowsOf(none, 'Figures: the same in every life')).toContainEqual([
      'From the start to the first refill',
      'none',
      '0 in each arm',
    ]);
    expect(`${some}${none}`).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('tells in how many lives there was any, by number and share', () => {
    const page = campaignHtml(
      resultOf([
        [0, 0, 0, 2],
        [0, 1, 1, 1],
      ]),
    );
    expect(rowsOf(page, 'Figures: lives with any')).toContainEqual([
      'Low-reservoir alarms',
      '1 of 4, 25.0 %',
      '3 of 4, 75.0 %',
    ]);
  });

  test('compares arms pump by pump with the first', () => {
    const page = campaignHtml(
      resultOf([
        [0, 5, 3, 1, 2],
        [2, 5, 1, 9, null],
      ]),
    );
    // 2, 0, -2 and 8, of the four that have a value in both.
    expect(rowsOf(page, 'Figures: pump by pump, against arm 1')).toContainEqual([
      ...['arm 2', '1', '1', '2'],
      ...['+2', '-2', '0', '+8'],
    ]);
    expect(page).toContain('arm 2: less in 1 of 4, more in 2');
    const alone = campaignHtml(resultOf([[1, 2]]));
    expect(alone).not.toContain('Pump by pump');
  });
});

test('pairs are of the same pump, whatever the order of the rows', () => {
  const one = resultOf([
    [1, 2, 3],
    [3, 2, 1],
  ]);
  const [pair] = paired({ ...one, rows: [...one.rows].reverse() });
  expect(pair).toMatchObject({ less: 1, same: 1, more: 1, pumps: 3 });
  expect(pair?.differences.mean).toBe(0);
});

test('differences have a sign, and those of percentages are points', () => {
  expect(formatDifference('stoppedMinutes', -90)).toBe('-1h 30min');
  expect(formatDifference('doseErrorPpm', 12_300)).toBe('+1.23 points');
  expect(formatDifference('doseErrorPpm', -3)).toBe('0.00 points');
  expect(formatDifference('dosePerDay', 155_900)).toBe('+155.9 mcg/day');
});

test('time is drawn in the unit in which the longest is at least two', () => {
  const unit = (most: number) => {
    const tally = new Tally();
    tally.take(most);
    return scaleOf('stoppedMinutes', [tally]).unit;
  };
  expect([119, 120, 2879, 2880].map(unit)).toEqual(['minutes', 'hours', 'hours', 'days']);
});

const sampleOf = (values: readonly number[]) => ({ name: '', values, range: undefined });
const different = (values: readonly number[]) => new Set(values).size > 1;

test('every number is counted in the bin it lies in, and bins are few', () => {
  const values = fc
    .array(
      fc.integer({ min: -1e9, max: 1e9 }).map((count) => count / 1440),
      { minLength: 2 },
    )
    .filter(different);
  fc.assert(
    fc.property(values, (all) => {
      const { edges, counts } = histogramOf([sampleOf(all)], false);
      const expected = edges
        .slice(1)
        .map((to, i) => all.filter((value) => value >= (edges[i] ?? 0) && value < to).length);
      expect(counts).toEqual([expected]);
      expect(expected.reduce((sum, count) => sum + count, 0)).toBe(all.length);
      expect(edges.length).toBeLessThan(60);
    }),
  );
});

test('few whole numbers have a bin each', () => {
  const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2 }).filter(different);
  fc.assert(
    fc.property(values, (all) => {
      const { edges, counts } = histogramOf([sampleOf(all)], true);
      expect(edges).toEqual(edges.map((_, i) => (edges[0] ?? 0) + i));
      expect([edges[0], edges.at(-1)]).toEqual([Math.min(...all), Math.max(...all) + 1]);
      expect(counts).toEqual([edges.slice(0, -1).map((edge) => all.filter((value) => value === edge).length)]);
    }),
  );
});
