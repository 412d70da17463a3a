import { expect, test } from 'vitest';
import { amount, hours } from '../../page/parts/draft.ts';
import { blankDoses } from '../../page/parts/drafts.ts';
import { pathHeld, roomIn } from '../../page/parts/reckoned.ts';

const PATH = { tubing: 0.14, perCm: 0.0022 };

test('a length of catheter is answered with what it holds, the tubing, and both', () => {
  expect(pathHeld(amount('cm', '80'), PATH)).toEqual({ catheter: '0.176', tubing: '0.14', all: '0.316' });
  expect(pathHeld(amount('mL', '0.2'), PATH)).toEqual({ catheter: '0.2', tubing: '0.14', all: '0.34' });
  expect(pathHeld(amount('cm'), PATH)).toBeUndefined();
  expect(pathHeld(amount('cm', 'eighty'), PATH)).toBeUndefined();
});

test('beside the boluses stands what the ceiling leaves for them', () => {
  const blank = blankDoses('mcg');
  const program = { ...blank.program, give: amount('mcg/day', '300') };
  const bolus = { ...blank.patient, kind: 'bolus', dose: amount('mcg', '20'), lockout: hours('4') } as const;
  const patient = { ...bolus, maxPerDay: '3' };
  const drafts = { ...blank, program, patient };
  expect(roomIn(drafts, 'mcg', '300 mcg/day')).toEqual({ ceiling: '300 mcg/day', asked: '360 mcg', left: -60 });
  // One that is typed is the one that counts.
  const higher = { ...drafts, ceiling: amount('mcg/day', '400') };
  expect(roomIn(higher, 'mcg', '300 mcg/day')).toEqual({ ceiling: '400 mcg/day', asked: '360 mcg', left: 40 });
  const hourly = { ...drafts, program: { ...program, give: amount('mcg/h', '10') } };
  expect(roomIn(hourly, 'mcg', '300 mcg/day')).toMatchObject({ asked: '300 mcg', left: 0 });
  // A volume is no dose, and boluses that are not typed yet are none.
  const asVolume = { ...drafts, program: { ...program, give: amount('mL/day', '0.6') } };
  expect(roomIn(asVolume, 'mcg', '300 mcg/day')).toEqual({ ceiling: '300 mcg/day', asked: undefined, left: undefined });
  expect(roomIn(drafts, 'mcg', undefined)).toBeUndefined();
});
