import { expect, test } from 'vitest';
import { inTurn } from '../../page/worker/in-turn.ts';
import type { Question, Told } from '../../page/worker/protocol.ts';

const act = (id: number): Question => ({ id, ask: 'act', give: { clinician: 'interrogate' } });
const line = (id: number): Question => ({ id, ask: 'line', give: 'screen' });
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Questions as they were taken or refused, with a reader of texts that comes when it is told to. */
function room() {
  const taken: number[] = [];
  const refused: number[] = [];
  let fetches = 0;
  let [come, fail]: [() => void, () => void] = [() => {}, () => {}];
  const fetch = () =>
    new Promise<void>((resolve, reject) => {
      fetches += 1;
      [come, fail] = [resolve, () => reject(new Error('no network'))];
    });
  const tell = (told: Told) => {
    if ('problem' in told) refused.push(told.id);
  };
  const ask = inTurn(({ id }) => void taken.push(id), fetch, tell);
  return { taken, refused, ask, come: () => come(), fail: () => fail(), fetches: () => fetches };
}

test('an act waits for nothing; a text for what reads it, once, and what comes after it for its turn', async () => {
  const { taken, ask, come, fetches } = room();
  ask(act(1));
  expect(taken).toEqual([1]);
  ask(line(2));
  ask(act(3));
  ask(line(4));
  expect(taken).toEqual([1]);
  come();
  await soon();
  expect(taken).toEqual([1, 2, 3, 4]);
  ask(line(5));
  expect(taken).toEqual([1, 2, 3, 4, 5]);
  expect(fetches()).toBe(1);
});

test('where what reads texts cannot be fetched a text is refused, an act is done, and the next text tries again', async () => {
  const { taken, refused, ask, come, fail } = room();
  ask(line(1));
  ask(act(2));
  fail();
  await soon();
  expect([taken, refused]).toEqual([[2], [1]]);
  ask(line(3));
  come();
  await soon();
  expect([taken, refused]).toEqual([[2, 3], [1]]);
});
