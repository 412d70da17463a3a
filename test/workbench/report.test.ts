import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  instant,
  LifeRecorder,
  loadScenario,
  type ReportedRun,
  reportHtml,
  runScenario,
  TraceDigest,
} from '../../workbench/index.ts';
import { thinned } from '../../workbench/report/chart.ts';
import type { Dot } from '../../workbench/report/life-curves.ts';
import { ROOT } from '../integration/cli.ts';

const textOf = (id: string) => readFileSync(join(ROOT, 'scenarios', `${id}.yaml`), 'utf8');

/** A life that is looked at, and the digest of its trace. */
function lived(id: string, isLooked = true) {
  const [recorder, digest] = [new LifeRecorder(), new TraceDigest()];
  const sampler: Parameters<typeof runScenario>[1]['sampler'] = (truth, now) => recorder.look(truth(), now);
  const result = runScenario(loadScenario(textOf(id)), {
    id,
    version: '',
    executor: 'table',
    ...(isLooked ? { sampler } : {}),
    onRecord: (record) => {
      recorder.take(record);
      digest.take(record);
    },
  });
  return { life: recorder.curves(instant(result.simulatedMs)), digest: digest.hex, result };
}

/** The value a curve of steps has at a time. */
const valueAt = (dots: readonly Dot[], day: number): number => dots.findLast(([from]) => from <= day)?.[1] ?? 0;

test.each(['silent-over-infusion', 'patient-boluses', 'trial-with-an-epidural-catheter', 'interrupted-update'])(
  'whoever looks at %s all the time changes nothing in it',
  (id) => expect(lived(id).digest).toBe(lived(id, false).digest),
);

describe('the curves of a silent over-infusion', () => {
  const { life } = lived('silent-over-infusion');

  test('show what was commanded and what flowed until the reservoir was dry', () => {
    expect(valueAt(life.rate.commanded, 44)).toBe(0.4);
    expect(valueAt(life.rate.true, 43)).toBe(0.46);
    expect(valueAt(life.rate.true, 44)).toBe(0);
  });

  test('show the reservoir as believed and as it was', () => {
    // 20 − 0.4 × 45 when the alarm came; 20 / 0.46 days until it was dry.
    expect(life.reservoir.believed.some(([day, ml]) => day === 45 && ml === 2)).toBe(true);
    const dry = life.reservoir.true.find(([, ml], i) => i > 0 && ml === 0);
    expect(dry?.[0]).toBeCloseTo(20 / 0.46, 5);
    expect(life.alarms).toMatchObject([{ from: 45 }]);
  });

  test('show the dose of each day, and the level it led to', () => {
    const doses = life.doses.baclofen ?? [];
    expect(doses).toHaveLength(45);
    expect(doses.slice(0, 43).map(([, ng]) => ng)).toEqual(new Array(43).fill(230_000));
    // 20 mL × 500 mcg/mL less 43 days of 230 mcg; and nothing any more.
    expect(doses.slice(43).map(([, ng]) => ng)).toEqual([10_000_000 - 43 * 230_000, 0]);
    // Dose by clearance: 230 mcg/day by 0.35 mL/min.
    const level = valueAt(life.csf.baclofen ?? [], 40);
    expect(Math.abs(level / (230_000 / (0.35 * 1440)) - 1)).toBeLessThan(0.001);
    expect(valueAt(life.csf.baclofen ?? [], 45)).toBeLessThan(level / 50);
  });
});

test('a curve of very many dots keeps its lowest, highest, first and last', () => {
  const values = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 3000, maxLength: 6000 });
  fc.assert(
    fc.property(values, (all) => {
      const dots = all.map((value, i): Dot => [i, value]);
      const kept = thinned(dots, dots.length);
      expect(kept.length).toBeLessThanOrEqual(1924);
      const [low, high] = [Math.min(...all), Math.max(...all)];
      expect(kept.map(([, value]) => value)).toEqual(expect.arrayContaining([low, high]));
      expect([kept[0], kept.at(-1)]).toEqual([dots[0], dots.at(-1)]);
    }),
    { numRuns: 20 },
  );
});

const reported = (part: Partial<ReportedRun> = {}): ReportedRun => {
  const { life, result } = lived('silent-over-infusion');
  const told = { id: 'a', title: 'A', about: undefined, source: undefined, problems: [] };
  return { ...told, expectations: result.expectations, simulatedMs: result.simulatedMs, life, ...part };
};

test('the report is one page without a script, whatever a scenario says of itself', () => {
  const evil = '<script>alert(1)</script> & "quoted"';
  const html = reportHtml([reported({ title: evil, about: evil, source: evil, problems: [evil] })], '1.0');
  expect(html).not.toMatch(/<script|src=|href="(?!#)/);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot;');
  expect(html).toContain('NOT as expected');
});

test('the report has every curve as a picture and as a table of its figures', () => {
  const html = reportHtml([reported()], '1.0');
  expect(html.match(/<svg /g)).toHaveLength(4);
  expect(html.match(/<caption>/g)).toHaveLength(7);
  expect(html).toContain('<tr><td>45d</td><td>2</td></tr>');
  expect(html).not.toContain('NaN');
});
