import { describe, expect, test } from 'vitest';
import { merge } from '../../workbench/campaign/merge.ts';
import { ResultError, readResult, resultText } from '../../workbench/campaign/result.ts';
import { pumpsOf } from '../../workbench/campaign/shard.ts';
import { lived, plan, written } from './plans.ts';

const whole = plan();
const one = resultText(lived(whole));
const shards = [1, 2, 3].map((number) => ({
  file: `${number}.json`,
  result: readResult(written(whole, { number, of: 3 })),
}));
const [first, second, third] = shards.map((each) => [each]);
if (first === undefined || second === undefined || third === undefined) throw new Error('three shards');

describe('results that are merged', () => {
  test('are to the byte those of one process, in whichever order they come', () => {
    expect(resultText(merge([...third, ...first, ...second]))).toBe(one);
    expect(resultText(merge([{ file: 'one', result: readResult(one) }]))).toBe(one);
  });

  test('of more shards than there are pumps are the same too', () => {
    const two = plan(['pumps: 4', 'pumps: 2']);
    const many = Array.from({ length: 5 }, (_, i) => ({
      file: `${i}`,
      result: readResult(written(two, { number: i + 1, of: 5 })),
    }));
    expect(many.filter(({ result }) => result.rows.length === 0)).toHaveLength(3);
    expect(resultText(merge(many))).toBe(resultText(lived(two)));
  });

  const changed = (by: object) =>
    shards.map((each, i) => (i === 1 ? { ...each, result: { ...each.result, ...by } } : each));
  test.each([
    ['a gap', [...first, ...third], '1 of 3 shards are missing: expected shard 2 as well'],
    ['nothing', [], 'nothing to merge'],
    ['one twice', [...shards, ...second], '2.json: of shard 2, and given twice: expected each shard once'],
    [
      'one of another plan',
      changed({ plan: 'x' }),
      '2.json: of another plan, "A small one", with other pumps or another span than 1.json',
    ],
    ['one by another version', changed({ version: '9.9' }), '2.json: by another version of Thecal, 9.9, than 1.json'],
    [
      'one of another number of shards',
      changed({ shard: { number: 2, of: 4 } }),
      '2.json: one of 4 shards, which is another number than 1.json',
    ],
  ])('are refused with %s', (_, parts, says) => {
    expect(() => merge(parts)).toThrow(new ResultError(says).message);
  });
});

test('every pump is in one shard, whatever their number', () => {
  for (const of of [1, 2, 3, 7, 100]) {
    const all = Array.from({ length: of }, (_, i) => pumpsOf({ pumps: 23 }, { number: i + 1, of })).flat();
    expect(all).toEqual(Array.from({ length: 23 }, (_, i) => i + 1));
  }
});

test('a plan with another span, seed or number of pumps is another plan, and one with other pumps in its place is not', () => {
  const digests = [
    plan(),
    plan(['span: 1d', 'span: 3d']),
    plan(['seed: 7', 'seed: 8']),
    plan(['pumps: 4', 'pumps: 6']),
  ];
  expect(new Set(digests.map(({ digest }) => digest)).size).toBe(4);
});

const lines = one.split('\n');
/** Its last row, with a piece of it replaced. */
const garbled = one.replace(lines.at(-3) ?? '', (row) => row.replace(',', ';'));
test.each([
  ['half of it', one.slice(0, -20), 'cut short here: expected the rest of it', lines.length - 2],
  ['its head alone', one.slice(0, 15), 'cut short here: expected the rest of it', 1],
  ['one with a row that is none', garbled, 'garbled here: expected a result as', lines.length - 2],
  ['one that somebody has changed', one.replace('"pumps":4', '"pumps":5'), 'changed after it was written', 1],
  ['another sort of file', 'title: A plan', 'expected a file that "thecal campaign run"', 1],
  ['something else', '{"thecal":"scenario/1"}', 'thecal: expected "campaign-result/1"', 1],
])('%s is no result, and it is said where', (_, text, says, line) => {
  expect(() => readResult(text)).toThrow(says);
  expect(() => readResult(text)).toThrow(expect.objectContaining({ line }));
});

test('where a result is cut short or garbled is told to the character', () => {
  const short = one.slice(0, -20);
  const end = short.split('\n').at(-1)?.length ?? 0;
  expect(() => readResult(short)).toThrow(expect.objectContaining({ column: end + 1 }));
  const column = (lines.at(-3) ?? '').indexOf(',') + 1;
  expect(() => readResult(garbled)).toThrow(expect.objectContaining({ column }));
});
