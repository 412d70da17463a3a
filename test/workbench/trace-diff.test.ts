import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../shared/index.ts';
import type { TracedRun, TraceRecord } from '../../workbench/index.ts';
import { firstDifference, headerDifferences } from '../../workbench/index.ts';
import { running } from '../harness.ts';

const HEADER = {
  trace: 'thecal.trace/1',
  thecal: '0.1.0',
  scenario: 'x',
  profile: 'p',
  seed: 0,
  executor: 'table',
} as const;
const record = (n: number, changes: Partial<TraceRecord> = {}): TraceRecord => ({
  n,
  t: 0,
  layer: 'firmware',
  kind: 'event',
  data: { type: 'STOP' },
  ...changes,
});
const run = (...records: TraceRecord[]): TracedRun => ({ header: HEADER, records });

/** The fields in which one record differs from another, as `path: a → b`. */
const fields = (a: Partial<TraceRecord>, b: Partial<TraceRecord>) =>
  firstDifference(run(record(1, a)), run(record(1, b)))?.fields.map(
    (field) => `${field.path}: ${field.a} → ${field.b}`,
  );

describe('two traces', () => {
  test('of the same life have no difference', () => {
    const life = () => {
      const { sim, records } = running();
      sim.advance(parseDuration('50d'));
      return run(...records);
    };
    expect(life().records.length).toBeGreaterThan(50);
    expect(firstDifference(life(), life())).toBeUndefined();
  });

  test('whose keys stand in another order are the same', () => {
    expect(fields({ data: { a: 1, b: { c: 2, d: 3 } } }, { data: { b: { d: 3, c: 2 }, a: 1 } })).toBeUndefined();
  });

  test('differ first where they part, whatever comes later', () => {
    const [a, b] = [
      run(record(1), record(2, { t: 5 }), record(3)),
      run(record(1), record(2, { t: 6 }), record(3, { t: 9 })),
    ];
    const found = firstDifference(a, b);
    expect(found?.lastEqual).toBe(a.records[0]);
    expect([found?.a.record, found?.b.record]).toEqual([a.records[1], b.records[1]]);
    expect(found?.fields).toEqual([{ path: 'time', a: '0.005s', b: '0.006s' }]);
  });

  test('differ where one has ended', () => {
    const [whole, short] = [run(record(1), record(2)), run(record(1))];
    expect(firstDifference(whole, short)).toMatchObject({
      a: { record: { n: 2 } },
      b: { record: undefined, chain: [] },
    });
    expect(firstDifference(run(), short)).toMatchObject({ lastEqual: undefined, a: { record: undefined }, fields: [] });
    expect(firstDifference(run(), run())).toBeUndefined();
  });

  test('are told apart with what led to either side', () => {
    const cause = record(1, { layer: 'act', kind: 'clinician' });
    const [a, b] = [run(cause, record(2, { because: 1, t: 1 })), run(cause, record(2, { t: 1 }))];
    const found = firstDifference(a, b);
    expect(found?.a.chain.map(({ n }) => n)).toEqual([1, 2]);
    expect(found?.b.chain.map(({ n }) => n)).toEqual([2]);
    expect(found?.fields).toEqual([{ path: 'because', a: '#1', b: undefined }]);
  });

  test.each([
    ['time', { t: 86_400_000 }, { t: 90_000_000 }, ['time: 1d → 1d 1h']],
    [
      'layer and kind',
      {},
      { layer: 'plant', kind: 'flow' } as const,
      ['layer: firmware → plant', 'kind: event → flow'],
    ],
    ['a leaf deep inside', { data: { a: [1, { b: 2 }] } }, { data: { a: [1, { b: 3 }] } }, ['data.a.1.b: 2 → 3']],
    ['a key on one side', { data: { a: 1 } }, { data: { a: 1, b: null } }, ['data.b: undefined → null']],
    ['an empty list and an empty table', { data: { a: [] } }, { data: { a: {} } }, ['data.a: [] → {}']],
    ['a number and its text', { data: { a: 1 } }, { data: { a: '1' } }, ['data.a: 1 → "1"']],
  ])('that differ in %s say so', (_, a, b, expected) => {
    expect(fields(a, b)).toEqual(expected);
  });

  test('cut long values to where they part', () => {
    const bytes = (end: string) => ({ data: { bytes: `${'00'.repeat(200)}${end}` } });
    const [line = ''] = fields(bytes('a1'), bytes('b1')) ?? [];
    expect(line).toBe('data.bytes: …000000000000a1" → …000000000000b1"');
  });

  test('may be nested deeper than a call stack', () => {
    const deep = (end: number) => {
      let data: TraceRecord['data'] = end;
      for (let i = 0; i < 20_000; i++) data = [data];
      return { data: { data } };
    };
    expect(fields(deep(1), deep(1))).toBeUndefined();
    expect(fields(deep(1), deep(2))?.[0]).toMatch(/\.0: 1 → 2$/);
  });
});

test('headers are compared apart, what only one has included', () => {
  expect(headerDifferences(HEADER, HEADER)).toEqual([]);
  expect(headerDifferences(HEADER, { ...HEADER, executor: 'xstate', added: ['flowBias=+1%'] })).toEqual([
    { path: 'executor', a: '"table"', b: '"xstate"' },
    { path: 'added', a: undefined, b: '["flowBias=+1%"]' },
  ]);
});
