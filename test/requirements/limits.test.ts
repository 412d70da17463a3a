import { expect } from 'vitest';
import { simulate } from '../../workbench/index.ts';
import { logged, type Prescribe } from './fixture.ts';
import { requirement } from './requirement.ts';

requirement('AT-95', () => {
  // 0.5 mcg/mL at 1 mL/h are 12 mcg/day; the label has at most 2.4 mcg/day more at a time, and 19.2 mcg/day in all.
  const prescribe: Prescribe = { constant: '1 mL/h', lowReservoir: '1 mL', ceiling: '100 mcg/day' };
  const pump = simulate('generic-pca', { fill: { volume: '100 mL', ziconotide: '0.5 mcg/mL' }, prescribe });
  const noted = () =>
    (['limitAsked', 'limitConfirmed', 'limitDeclined', 'limitRefused'] as const).map(
      (kind) => logged(pump, kind).length,
    );
  const [asked = 0, confirmed = 0] = noted();
  const { record } = pump.belief;
  expect(pump.clinician({ prescribe: { constant: '1.3 mL/h' } })).toMatchObject({ refused: 'needsConfirmation' });
  expect(pump.clinician({ confirm: { limits: 'decline' } })).toMatchObject({ done: true });
  expect(noted()).toEqual([asked + 1, confirmed, 1, 0]);
  expect(pump.belief.record).toBe(record);
  pump.clinician('discard');
  expect(pump.clinician({ prescribe: { constant: '1.3 mL/h' } })).toMatchObject({ refused: 'needsConfirmation' });
  expect(pump.clinician({ confirm: { limits: 'accept' } })).toMatchObject({ done: true });
  expect(noted()).toEqual([asked + 2, confirmed + 1, 1, 0]);
  expect(pump.belief.record).toBe(record + 1);
  const tooMuch: Prescribe = { constant: '1.7 mL/h', aboveLimits: 'accept' };
  expect(pump.clinician({ prescribe: tooMuch })).toMatchObject({ refused: 'aboveHardLimit' });
  expect(noted()).toEqual([asked + 2, confirmed + 1, 1, 1]);
  expect(pump.belief.record).toBe(record + 1);
});
