import { describe, expect, test } from 'vitest';
import { COVERAGE_ITEMS, COVERAGE_KINDS } from '../../workbench/coverage/universe.ts';
import { Coverage, coverageReport, LEFT, type TraceRecord } from '../../workbench/index.ts';
import { QUICK } from '../integration/cli.ts';
import { shipped } from './shipped.ts';

const EVERYTHING = COVERAGE_KINDS.flatMap((kind) => COVERAGE_ITEMS[kind]);

describe('the shipped scenarios', () => {
  const { exercised } = shipped(QUICK, 'table');
  const report = coverageReport(exercised, LEFT, 'is wrong');

  // What to do: write a scenario, or add a line to workbench/coverage/reasons.ts.
  test('exercise everything but what has a reason', () => {
    const missed = report.kinds.flatMap(({ missed }) => missed);
    expect(missed.flatMap(({ item, because }) => (because === undefined ? [item] : []))).toEqual([]);
  });

  // What to do: delete the line from workbench/coverage/reasons.ts.
  test('exercise nothing that has one', () => {
    expect(report.wrong).toEqual([]);
  });

  test('exercise nothing that is not known', () => {
    expect([...exercised].filter((item) => !EVERYTHING.includes(item))).toEqual([]);
  });
});

test('nothing has the same name twice', () => {
  expect(new Set(EVERYTHING).size).toBe(EVERYTHING.length);
  for (const kind of COVERAGE_KINDS) {
    expect(COVERAGE_ITEMS[kind].length, kind).toBeGreaterThan(0);
    for (const item of COVERAGE_ITEMS[kind]) expect(item.startsWith(`${kind} `), item).toBe(true);
  }
});

describe('what is exercised is read from', () => {
  const record = (layer: TraceRecord['layer'], kind: string, data: TraceRecord['data']): TraceRecord => ({
    n: 1,
    t: 0,
    layer,
    kind,
    data,
  });
  const frame = (from: string, to: string, name: string, sequence: number, payload: TraceRecord['data'] = {}) =>
    record('link', 'frame', { from, to, name, answer: from === 'pump', session: 1, sequence, payload });
  const taking = (...records: TraceRecord[]): string[] => {
    const coverage = new Coverage();
    for (const each of records) coverage.take(each);
    return [...coverage.exercised];
  };

  test.each<[string, TraceRecord[], string[]]>([
    ['the log', [record('firmware', 'log', { kind: 'powerOn', data: {} })], ['log powerOn']],
    [
      'the log, an alarm raised',
      [record('firmware', 'log', { kind: 'alarmRaised', data: { code: 'lowReservoir' } })],
      ['log alarmRaised', 'alarm lowReservoir raised'],
    ],
    [
      'the log, an alarm cleared',
      [record('firmware', 'log', { kind: 'alarmCleared', data: { code: 'stoppedPump' } })],
      ['log alarmCleared', 'alarm stoppedPump cleared'],
    ],
    [
      'the log, a bolus denied',
      [record('firmware', 'log', { kind: 'bolusDenied', data: { code: 'lockedOut' } })],
      ['log bolusDenied', 'refusal pump lockedOut'],
    ],
    [
      'a request and its reply',
      [frame('programmer', 'pump', 'stop', 3), frame('pump', 'programmer', 'stop', 3)],
      ['message stop request', 'message stop reply'],
    ],
    [
      'a refusal, of what its own station asked',
      [
        frame('programmer', 'pump', 'stop', 3),
        frame('handset', 'pump', 'requestBolus', 3),
        frame('pump', 'programmer', 'refusal', 3, { code: 'alreadyStopped' }),
      ],
      ['message stop request', 'message requestBolus request', 'message stop refusal', 'refusal pump alreadyStopped'],
    ],
    [
      'a refusal of something asked before, which is left alone',
      [frame('programmer', 'pump', 'stop', 3), frame('pump', 'programmer', 'refusal', 2, { code: 'noSession' })],
      ['message stop request', 'refusal pump noSession'],
    ],
    ['a fault', [record('act', 'world', { type: 'flowBias', by: 0 })], ['fault flowBias']],
    ['hands', [record('act', 'refused', { refused: 'overfull', by: 'hands' })], ['refusal hands overfull']],
    [
      'the programmer’s screen',
      [record('programmer', 'screen', { outcome: { refused: 'noAnswer', by: 'programmer' } })],
      ['refusal programmer noAnswer'],
    ],
    ['nothing that was done', [record('programmer', 'screen', { outcome: { done: true } })], []],
  ])('%s', (_, records, expected) => {
    expect(taking(...records)).toEqual(expected);
  });
});

describe('reasons', () => {
  const [item = '', another = ''] = COVERAGE_ITEMS.fault;
  const wrong = (exercised: readonly string[], items: readonly string[], stale: 'is wrong' | 'may be' = 'is wrong') =>
    coverageReport(new Set(exercised), [{ because: 'so', items }], stale).wrong;

  test('stand beside what was missed, and nothing else does', () => {
    const { kinds } = coverageReport(new Set([another]), [{ because: 'so', items: [item] }], 'is wrong');
    const faults = kinds.find(({ kind }) => kind === 'fault');
    expect(faults).toMatchObject({ exercised: 1, total: COVERAGE_ITEMS.fault.length });
    expect(faults?.missed[0]).toEqual({ item, because: 'so' });
    expect(kinds.find(({ kind }) => kind === 'log')?.missed[0]).toEqual({ item: 'log powerOn', because: undefined });
  });

  test('for something exercised are stale, where the runs are those they are about', () => {
    expect(wrong([item], [item])).toEqual([expect.stringContaining(`stale reason: "${item}"`)]);
    expect(wrong([item], [item], 'may be')).toEqual([]);
    expect(wrong([], [item])).toEqual([]);
  });

  test('for something unknown, or given twice, are wrong whatever ran', () => {
    expect(wrong([], ['fault toast'], 'may be')).toEqual([expect.stringContaining('unknown: "fault toast"')]);
    expect(wrong([], [item, item], 'may be')).toEqual([expect.stringContaining('two reasons')]);
  });
});
