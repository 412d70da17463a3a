import { describe, expect, test } from 'vitest';
import type { DayPartEntry } from '../../programmer/index.ts';
import { mass, parseDuration, volume } from '../../shared/index.ts';
import { prescribe, profileOf, running } from '../harness.ts';

const bolus = { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 };
const NIGHT: DayPartEntry = { from: parseDuration('22h'), to: parseDuration('6h'), bolus: null };
const MORNING: DayPartEntry = {
  from: parseDuration('6h'),
  to: parseDuration('9h30min'),
  bolus: { dose: mass.parse('20 mcg'), volume: null, duration: parseDuration('10min'), lockout: parseDuration('2h') },
};
const profile = profileOf('synchromed-ii-like-20', { bolusParts: 3 });
const field = (made: ReturnType<typeof running>, wanted: string) =>
  made.sim.screen().fields.find(({ name }) => name === wanted)?.text;
const edited = (made: ReturnType<typeof running>, entry: Parameters<typeof prescribe>[0]) => {
  made.clinician({ ...prescribe(entry), type: 'edit', run: null, override: null });
  made.clinician({ type: 'review' });
  return made;
};

describe('a patient bolus by part of the day', () => {
  test('is shown part by part, and the most a day can bring counts the largest', () => {
    const made = running({ profile }, { bolus: { ...bolus, parts: [NIGHT, MORNING] } });
    expect(field(made, 'bolusParts')).toBe('22:00 to 06:00 none; 06:00 to 09:30 20 mcg in 10min, lockout 2h');
    expect(field(made, 'bolusDose')).toBe('10 mcg');
    expect(field(made, 'dailyDoseAllBoluses')).toBe('280 mcg/day');
  });

  test('is not shown where the whole day is alike', () => {
    expect(field(running({}, { bolus }), 'bolusParts')).toBeUndefined();
  });

  test('stands on the Finish screen beside what it replaces', () => {
    const made = edited(running({ profile }, { bolus }), { bolus: { ...bolus, parts: [NIGHT] } });
    expect(made.sim.screen().comparison).toContainEqual({
      part: 'bolusParts',
      label: 'Patient bolus by part of day',
      before: 'none',
      after: '22:00 to 06:00 none',
      changed: true,
    });
  });

  test('is kept whole where nothing of it is entered', () => {
    const made = running({ profile }, { bolus: { ...bolus, parts: [NIGHT] } });
    made.clinician(prescribe({ basal: '150 mcg/day' }));
    expect(made.sim.belief().prescription?.patientBolus?.parts).toMatchObject([{ bolus: null }]);
  });

  test('of a shorter lockout than the rest asks how many fit a day by that', () => {
    const six = { ...bolus, maxPerDay: 12 };
    const warnings = (parts: DayPartEntry[]) =>
      edited(running({ profile }, { bolus }), { bolus: { ...six, parts }, ceiling: '900 mcg/day' }).sim.screen()
        .warnings;
    expect(warnings([]).join('\n')).toContain('the lockout lets 6 boluses through in 24 h, not 12');
    expect(warnings([MORNING]).join('\n')).not.toContain('the lockout lets');
  });

  test('asks for a look at a clock that differs', () => {
    const made = running({ profile }, { bolus });
    made.clinician({ type: 'endSession' });
    made.sim.act({ by: 'world', act: { type: 'localTime', by: 7_200_000 } });
    made.clinician({ type: 'interrogate' });
    const warned = 'Check: the patient bolus follows local time, and the clock of the pump differs';
    expect(edited(made, { bolus: { ...bolus, parts: [NIGHT] } }).sim.screen().warnings).toContain(warned);
    expect(edited(made, { bolus }).sim.screen().warnings).not.toContain(warned);
  });

  test('too small for a stroke in any part is refused by the pump', () => {
    const made = running({ profile }, { bolus });
    const little = {
      ...MORNING,
      bolus: MORNING.bolus && { ...MORNING.bolus, dose: null, volume: volume.parse('0.0001 mL') },
    };
    const outcome = made.clinician(prescribe({ bolus: { ...bolus, parts: [little] } }));
    expect(outcome).toMatchObject({ refused: 'bolusTooSmall', by: 'pump' });
  });
});
