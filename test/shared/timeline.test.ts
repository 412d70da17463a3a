import { expect, test } from 'vitest';
import { type Instant, instant, type Json, type Party, Timeline } from '../../shared/index.ts';

/** Wakes every `every` milliseconds, `times` times, and tells `log` when it did. */
function ticking(name: string, rank: number, every: number, times: number, log: string[]): Party {
  let done = 0;
  return {
    name,
    rank,
    due: () => (done < times ? instant((done + 1) * every) : undefined),
    wake: (now) => {
      done += 1;
      log.push(`${name} ${now}`);
    },
    save: (): Json => done,
    load: (state) => {
      done = Number(state);
    },
  };
}

test('ten firings jumped over in one advance happen at ten exact times', () => {
  const log: string[] = [];
  const seen: Instant[] = [];
  const timeline = new Timeline();
  const party = ticking('hourly', 0, 3_600_000, 20, log);
  timeline.join({
    ...party,
    wake: (now) => {
      seen.push(timeline.now);
      party.wake(now);
    },
  });
  timeline.advanceTo(instant(10 * 3_600_000 + 1));
  expect(log).toEqual(Array.from({ length: 10 }, (_, i) => `hourly ${(i + 1) * 3_600_000}`));
  expect(seen).toEqual(Array.from({ length: 10 }, (_, i) => (i + 1) * 3_600_000));
  expect(timeline.now).toBe(36_000_001);
});

test('what is due at the end of an advance happens in it', () => {
  const log: string[] = [];
  const timeline = new Timeline();
  timeline.join(ticking('a', 0, 100, 3, log));
  timeline.advanceTo(instant(99));
  expect(log).toEqual([]);
  timeline.advanceTo(instant(100));
  expect(log).toEqual(['a 100']);
});

test('at one instant the lower rank goes first, then who joined first', () => {
  const log: string[] = [];
  const timeline = new Timeline();
  timeline.join(ticking('late', 2, 100, 1, log));
  timeline.join(ticking('second', 1, 100, 1, log));
  timeline.join(ticking('third', 1, 100, 1, log));
  timeline.join(ticking('first', 0, 100, 1, log));
  timeline.join(ticking('early', 3, 50, 1, log));
  timeline.advanceTo(instant(100));
  expect(log).toEqual(['early 50', 'first 100', 'second 100', 'third 100', 'late 100']);
});

test('one step is one deadline, and none beyond the limit', () => {
  const log: string[] = [];
  const timeline = new Timeline();
  timeline.join(ticking('a', 0, 100, 2, log));
  timeline.join(ticking('b', 1, 100, 2, log));
  expect(timeline.next()).toMatchObject({ at: 100, party: { name: 'a' } });
  expect(timeline.step(instant(99))).toBe(false);
  expect(timeline.now).toBe(0);
  expect(timeline.step(instant(100))).toBe(true);
  expect(log).toEqual(['a 100']);
  expect(timeline.step(instant(100))).toBe(true);
  expect(timeline.step(instant(100))).toBe(false);
  expect(log).toEqual(['a 100', 'b 100']);
});

test('a timeline restored between two events of one instant goes on with the second', () => {
  const log: string[] = [];
  const make = () => {
    const timeline = new Timeline();
    timeline.join(ticking('a', 0, 100, 2, log));
    timeline.join(ticking('b', 1, 100, 2, log));
    return timeline;
  };
  const first = make();
  first.step(instant(100));
  const saved = JSON.parse(JSON.stringify(first.save()));
  log.length = 0;
  const second = make();
  second.load(saved);
  expect(second.now).toBe(100);
  second.advanceTo(instant(200));
  expect(log).toEqual(['b 100', 'a 200', 'b 200']);
});

test('time cannot go back', () => {
  const timeline = new Timeline();
  timeline.advanceTo(instant(100));
  expect(() => timeline.advanceTo(instant(99))).toThrow(new RangeError('time cannot go back from 100 to 99'));
  expect(timeline.now).toBe(100);
  timeline.advanceTo(instant(100));
});

test('a party that was due before now is named', () => {
  const timeline = new Timeline();
  const party = ticking('laggard', 0, 50, 1, []);
  timeline.advanceTo(instant(100));
  timeline.join(party);
  expect(() => timeline.advanceTo(instant(200))).toThrow('laggard is due at 50, before now (100)');
});

test('parties that keep waking each other at one instant are reported, not waited for', () => {
  const timeline = new Timeline();
  timeline.join({ ...ticking('restless', 0, 50, 1, []), due: () => instant(70), wake: () => {} });
  expect(() => timeline.advanceTo(instant(200))).toThrow('time stands still at 70');
});

test('a hundred thousand events at different instants are no standstill', () => {
  const log: string[] = [];
  const timeline = new Timeline();
  timeline.join(ticking('busy', 0, 1, 150_000, log));
  timeline.advanceTo(instant(150_000));
  expect(log).toHaveLength(150_000);
});
