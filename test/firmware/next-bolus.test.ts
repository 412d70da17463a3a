import { expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import type { ProgramEntry } from '../../programmer/index.ts';
import { instant, mass, parseDuration } from '../../shared/index.ts';
import { basalEntry, prescribe, running } from '../harness.ts';

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

test.each(EXECUTOR_NAMES)(
  'the next bolus told for a prescription to come does not count the rest of a periodic bolus it will end (%s)',
  (executor) => {
    const bolus = { dose: '10 mcg', duration: '5min', lockout: '1h', maxPerDay: 4 };
    const periodic = { dose: mass.parse('10 mcg'), volume: null, duration: parseDuration('30min') };
    const program: ProgramEntry = {
      type: 'periodic',
      basal: basalEntry('24 mcg/day'),
      bolus: periodic,
      interval: parseDuration('2h'),
    };
    const pump = running({ executor }, { bolus, program, ceiling: '1 mg/day' });
    // 20 of its 30 min are still to come.
    pump.sim.advanceTo(at('2h 10min'));
    expect(pump.sim.belief()).toMatchObject({ periodicBolus: 'running' });
    const limited = { basal: '24 mcg/day', doseLimit: { dose: '16 mcg', window: '4h' }, ceiling: '1 mg/day' };
    expect(pump.clinician(prescribe({ ...limited, override: true }))).toEqual({ done: true });
    const staged = pump.records.findLast(({ kind, data }) => {
      const frame = data as { name?: string; answer?: boolean };
      return kind === 'frame' && frame.name === 'stagePrescription' && frame.answer === true;
    });
    const { nextBolus } = pump.sim.belief();
    expect(nextBolus).toBeGreaterThan(at('5h'));
    expect(staged?.data).toMatchObject({ payload: { nextBolus } });
  },
);
