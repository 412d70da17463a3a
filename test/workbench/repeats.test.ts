import { expect, test } from 'vitest';
import type { Json } from '../../shared/index.ts';
import { Repeats } from '../../workbench/invariants/repeats.ts';

/** Whether each answer of the pump is one that it gave before. */
function repeated(answers: readonly { readonly [key: string]: Json }[]): readonly boolean[] {
  const repeats = new Repeats();
  return answers.map((data, i) =>
    repeats.take({ n: i + 1, t: i, layer: 'link', kind: 'frame', data: { from: 'pump', to: 'programmer', ...data } }),
  );
}

const status = { name: 'interrogate', session: 2, sequence: 17, bytes: 'aa' };
const opening = { name: 'openSession', session: 0, sequence: 18, bytes: 'bb' };
const farewell = { name: 'closeSession', session: 2, sequence: 18, bytes: 'cc' };

test('the same answer to the same question is a repeat, another one is not', () => {
  const other = { ...status, sequence: 18, bytes: 'dd' };
  expect(repeated([status, status, other, status])).toEqual([false, true, false, false]);
});

test('an answer in a session is a repeat also while its station is opening the next one', () => {
  // A question that was held back comes after the station gave up and asked for another session.
  expect(repeated([status, opening, status, opening])).toEqual([false, false, true, true]);
});

test('a farewell is a repeat also in the next session', () => {
  const next = { ...status, session: 3, sequence: 20 };
  expect(repeated([farewell, opening, next, farewell])).toEqual([false, false, false, true]);
});

test('what the pump says of a session that it does not know takes no place', () => {
  const unknown = { name: 'refusal', session: 2, sequence: 16, bytes: 'ee', payload: { code: 'noSession' } };
  expect(repeated([farewell, unknown, farewell])).toEqual([false, false, true]);
});
