import { expect, test } from 'vitest';
import { running } from '../harness.ts';

const bolus = { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 };

test('a press inside the lockout is refused and says when the next one may be granted', () => {
  const { press, advance, sim } = running({}, { bolus });
  expect(press()).toEqual({ done: true });
  advance('3h');
  expect(press()).toMatchObject({ refused: 'lockedOut', until: 4 * 3_600_000 });
  advance('59min 59.999s');
  expect(press()).toMatchObject({ refused: 'lockedOut' });
  advance('1ms');
  expect(press()).toEqual({ done: true });
  expect(sim.belief().granted).toBe(2);
});
