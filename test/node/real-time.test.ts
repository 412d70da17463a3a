import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Instant, instant, Timeline } from '../../shared/index.ts';
import { RealTime } from '../../workbench/node/real-time.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A party that is due every so often, and when it was woken. */
function ticking(every: number, speed: number) {
  const timeline = new Timeline();
  const woken: { readonly simulated: number; readonly real: number }[] = [];
  let next: Instant | undefined = instant(every);
  timeline.join({
    name: 'ticker',
    rank: 0,
    due: () => next,
    wake: (now) => {
      woken.push({ simulated: now, real: performance.now() });
      next = instant(now + every);
    },
    save: () => null,
    load: () => undefined,
  });
  const start = performance.now();
  const failures: unknown[] = [];
  const time = new RealTime(timeline, { speed, failed: (error) => void failures.push(error) });
  time.run(() => undefined);
  const reals = () => woken.map(({ real }) => Math.round(real - start));
  return { timeline, time, woken, reals, failures };
}

test('what is due happens at its real time', () => {
  const { woken, reals } = ticking(1000, 1);
  vi.advanceTimersByTime(3500);
  expect(woken.map(({ simulated }) => simulated)).toEqual([1000, 2000, 3000]);
  expect(reals()).toEqual([1000, 2000, 3000]);
});

test('a hundred times as fast, a hundred times as soon', () => {
  const { reals } = ticking(1000, 100);
  vi.advanceTimersByTime(35);
  expect(reals()).toEqual([10, 20, 30]);
});

test('a deadline in ninety days is kept, though no timer is that long', () => {
  const ninetyDays = 90 * 86_400_000;
  const { reals } = ticking(ninetyDays, 1);
  vi.advanceTimersByTime(ninetyDays - 1);
  expect(reals()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(reals()).toEqual([ninetyDays]);
});

test('whoever sets the clock of this computer sets no pump', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  const { time, timeline, woken } = ticking(1000, 1);
  vi.advanceTimersByTime(500);
  vi.setSystemTime(Date.now() + 86_400_000);
  expect(time.run(() => timeline.now)).toBe(500);
  vi.setSystemTime(0);
  vi.advanceTimersByTime(1000);
  expect(woken.map(({ simulated }) => simulated)).toEqual([1000]);
});

test('time that is held stands still, and goes on from there', () => {
  const { time, timeline, woken } = ticking(1000, 1);
  vi.advanceTimersByTime(500);
  time.hold();
  vi.advanceTimersByTime(10_000);
  expect(time.run(() => timeline.now)).toBe(500);
  expect(woken).toEqual([]);
  time.release();
  vi.advanceTimersByTime(500);
  expect(woken.map(({ simulated }) => simulated)).toEqual([1000]);
});

test('an error in what happens by itself is told, and time stops', () => {
  const { timeline, failures } = ticking(1000, 1);
  const fault = new Error('a fault of a party');
  timeline.join({
    name: 'faulty',
    rank: 1,
    due: () => instant(1500),
    wake: () => {
      throw fault;
    },
    save: () => null,
    load: () => undefined,
  });
  vi.advanceTimersByTime(10_000);
  expect(failures).toEqual([fault]);
  expect(vi.getTimerCount()).toBe(0);
});

test('what fails first is told, also where it has left nothing to go on with', () => {
  const { timeline, time } = ticking(1000, 1);
  const fault = new Error('the disk is full');
  let broken = false;
  timeline.join({
    name: 'broken',
    rank: 1,
    due: () => {
      if (broken) throw new Error('asked when it is due, after it has failed');
      return undefined;
    },
    wake: () => undefined,
    save: () => null,
    load: () => undefined,
  });
  const work = () => {
    broken = true;
    throw fault;
  };
  expect(() => time.run(work)).toThrow(fault);
  expect(vi.getTimerCount()).toBe(0);
});
