import { expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { instant, parseDuration } from '../../shared/index.ts';
import { running } from '../harness.ts';

const at = (time: string) => instant(parseDuration(time));

test.each(EXECUTOR_NAMES)(
  'under a dose limit the next possible bolus is the same instant, said while a bolus runs and after (%s)',
  (executor) => {
    // 200 mcg/day is 50 mcg in 6 h: two boluses of 10 fit, a third when the first is 6 h old.
    const pump = running(
      { executor },
      {
        bolus: { dose: '10 mcg', duration: '5min', lockout: '2h', maxPerDay: 12 },
        doseLimit: { dose: '70 mcg', window: '6h' },
      },
    );
    pump.press();
    expect(pump.sim.belief().nextBolus).toBe(at('2h'));
    pump.sim.advanceTo(at('2h'));
    expect(pump.press()).toEqual({ done: true });
    expect(pump.sim.belief().nextBolus).toBe(at('6h'));
    pump.sim.advanceTo(at('3h'));
    expect(pump.sim.belief().nextBolus).toBe(at('6h'));
    pump.sim.advanceTo(instant(at('6h') - 1));
    expect(pump.press()).toMatchObject({ refused: 'doseLimit', until: at('6h') });
    pump.sim.advanceTo(at('6h'));
    expect(pump.press()).toEqual({ done: true });
  },
);
