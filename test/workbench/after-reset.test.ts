import { expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { running } from '../harness.ts';

test.each([true, false])(
  'after a reset both executors tell the same trace to the letter (time lost: %s)',
  (timeLost) => {
    const traces = EXECUTOR_NAMES.map((executor) => {
      const bolus = { dose: '10 mcg', duration: '5min', lockout: '4h', maxPerDay: 3 };
      const pump = running({ executor }, { bolus });
      pump.press();
      pump.advance('2min');
      pump.sim.act({ by: 'world', act: { type: 'reset', timeLost } });
      pump.advance('5h');
      pump.press();
      pump.clinician({ type: 'interrogate' });
      return pump.records.map((record) => JSON.stringify(record));
    });
    const [first, ...others] = traces;
    expect(others).toEqual(others.map(() => first));
    expect(first?.some((record) => record.includes('"type":"RESET"'))).toBe(true);
  },
);
