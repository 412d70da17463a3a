import { expect } from 'vitest';
import type { RunningPump } from '../../workbench/index.ts';
import { expectThat, minute, PROGRAM, pressAt, running, toMinute } from './fixture.ts';
import { requirementPart } from './requirement.ts';

/** What the screen says now, in milliseconds. */
function told(pump: RunningPump): number {
  pump.clinician('interrogate');
  const value = pump.screen.fields.find(({ name }) => name === 'timeToEmpty')?.value;
  pump.clinician('endSession');
  return typeof value === 'number' ? value : Number.NaN;
}

/** Expects the screen to be right to 3 min about when the pump stops for want of fluid. */
function expectTrue(pump: RunningPump): void {
  const said = pump.belief.now + told(pump);
  pump.until({ alarm: 'emptyReservoir' }, '10d');
  expect(Math.abs(said - pump.belief.now)).toBeLessThanOrEqual(minute(3));
}

requirementPart('AT-70', 'as the basal rate is changed', () => {
  const pump = running();
  toMinute(pump, 60);
  // 93 mL at 6 mL/h, then half a millilitre at 1 mL/h.
  expect(told(pump)).toBe(minute(930 + 30));
  pump.clinician({ prescribe: { ...PROGRAM, constant: '9 mL/h', ceiling: '400 mg/day' } });
  pump.clinician('resume');
  expect(told(pump)).toBe(minute(620 + 30));
  expectTrue(pump);
});

requirementPart('AT-70', 'as a patient bolus begins', () => {
  const pump = running();
  pressAt(pump, 60);
  // A millilitre less at 6 mL/h are 10 min.
  expect(told(pump)).toBe(minute(920 + 30));
  expectTrue(pump);
});

for (const [volume, dose, duration] of [
  ['100 mL', '1 mL', '30min'],
  // Cut where the reservoir is low: in its middle, and near its end.
  ['1.6 mL', '1 mL', '30min'],
  ['5 mL', '4 mL', '360min'],
  ['31 mL', '30 mL', '300min'],
] as const)
  requirementPart('AT-70', `as a clinician bolus of ${dose} begins on ${volume}`, () => {
    const pump = running({ volume });
    expect(pump.clinician({ bolus: { dose, duration, then: 'basal', aboveLimits: 'accept' } })).toMatchObject({
      done: true,
    });
    expectTrue(pump);
  });

requirementPart('AT-70', 'as a patient bolus suspends a clinician’s', () => {
  const pump = running({ volume: '5 mL' });
  pump.clinician({ bolus: { dose: '4 mL', duration: '360min', then: 'basal', aboveLimits: 'accept' } });
  expect(pressAt(pump, 5)).toMatchObject({ done: true });
  toMinute(pump, 5.5);
  expectThat(pump, { belief: { infusion: 'patientBolus' } });
  expectTrue(pump);
});
