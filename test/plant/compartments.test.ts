import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Compartments, type Transfer } from '../../firmware-sim/plant/compartments.ts';

const relative = (got: number, exact: number) => Math.abs(got - exact) / Math.max(Math.abs(exact), 1e-300);

describe('one compartment', () => {
  const emptying = new Compartments(2, [{ from: 0, to: 1, share: 0.3 }]);

  test.each([0.001, 1, 10, 100, 1000])('empties as e^−kt after %s', (time) => {
    const [left = 0, gone = 0] = emptying.after([5, 0], 0, time);
    // What is too little to be anything stays where it is.
    expect(Math.abs(left - 5 * Math.exp(-0.3 * time))).toBeLessThan(1e-12 * left + 1e-17);
    expect(relative(gone, -5 * Math.expm1(-0.3 * time))).toBeLessThan(1e-12);
  });

  test.each([0.001, 1, 10, 1000, 1e6])('fills to what comes in over what goes out after %s', (time) => {
    const [held = 0, gone = 0] = emptying.after([0, 0], 6, time);
    const exact = (-6 / 0.3) * Math.expm1(-0.3 * time);
    expect(relative(held, exact)).toBeLessThan(1e-12);
    expect(relative(held + gone, 6 * time)).toBeLessThan(1e-12);
  });

  test('stays as it is in no time, and only gathers where nothing moves', () => {
    expect(emptying.after([5, 1], 6, 0)).toEqual([5, 1]);
    expect(new Compartments(2, []).after([5, 1], 6, 2)).toEqual([17, 1]);
  });
});

test('whoever looks on the way, back, or at another inflow gets what was to be had without', () => {
  const system = () =>
    new Compartments(
      3,
      [0, 1].map((from): Transfer => ({ from, to: from + 1, share: 0.3 })),
    );
  const [start, looked] = [[5, 1, 0], system()];
  for (const [inflow, time] of [
    [6, 10],
    [6, 100],
    [6, 300],
    [6, 60],
    [0, 300],
    [6, 300],
  ] as const)
    expect(looked.after(start, inflow, time)).toEqual(system().after(start, inflow, time));
  expect(looked.after([...start, 0].slice(0, 3), 6, 300)).toEqual(looked.after(start, 6, 300));
});

test('a row of equal cells answers to a new fluid as the gamma distribution does', () => {
  const [cells, time] = [12, 9];
  const row = Array.from({ length: cells }, (_, i): Transfer => ({ from: i, to: i + 1, share: 1 }));
  const held = new Compartments(cells + 1, row).after(new Array(cells + 1).fill(0), 1, time);
  // 1 − e^−t Σ t^j / j!, the share of full strength in the last cell.
  let [term, sum] = [1, 0];
  for (let j = 0; j < cells; j++) {
    sum += term;
    term *= time / (j + 1);
  }
  expect(relative(held[cells - 1] ?? 0, 1 - Math.exp(-time) * sum)).toBeLessThan(1e-11);
});

test('what is copied is remembered, and the first keeps it', () => {
  const memory = new Compartments(3, [
    { from: 0, to: 1, share: 0.1, isCopy: true },
    { from: 1, to: 2, share: 0.1 },
  ]);
  const [held, remembered = 0] = memory.after([8, 0, 0], 0, 5);
  expect(held).toBe(8);
  expect(relative(remembered, -8 * Math.expm1(-0.5))).toBeLessThan(1e-12);
});

const systems = fc.record({
  shares: fc.array(fc.double({ min: 1e-9, max: 50, noNaN: true }), { minLength: 3, maxLength: 12 }),
  inflow: fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e9, noNaN: true })),
  held: fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e12, noNaN: true })),
  times: fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 1, maxLength: 5 }),
});

test('nothing is lost, and nothing is ever below 0, however long', () => {
  fc.assert(
    fc.property(systems, ({ shares, inflow, held, times }) => {
      const chain = shares.map((share, i): Transfer => ({ from: i, to: i + 1, share }));
      const aside = { from: 1, to: shares.length + 1, share: 0.7 };
      const system = new Compartments(shares.length + 2, [...chain, aside]);
      let contents: readonly number[] = Array.from({ length: shares.length + 2 }, (_, i) => (i === 0 ? held : 0));
      for (const time of times) contents = system.after(contents, inflow, time);
      const all = contents.reduce((sum, each) => sum + each, 0);
      const put = held + inflow * times.reduce((sum, each) => sum + each, 0);
      expect(Math.min(...contents)).toBeGreaterThanOrEqual(0);
      if (put > 0) expect(relative(all, put)).toBeLessThan(1e-9);
    }),
  );
});

test('two stretches are one of both', () => {
  fc.assert(
    fc.property(systems, ({ shares, inflow, held }) => {
      const system = new Compartments(
        shares.length + 1,
        shares.map((share, i): Transfer => ({ from: i, to: i + 1, share })),
      );
      const start = Array.from({ length: shares.length + 1 }, (_, i) => (i === 0 ? held : 0));
      const once = system.after(start, inflow, 7);
      const twice = system.after(system.after(start, inflow, 3), inflow, 4);
      const all = held + inflow * 7;
      for (const [i, each] of once.entries()) expect(Math.abs(each - (twice[i] ?? 0))).toBeLessThanOrEqual(1e-9 * all);
    }),
  );
});
