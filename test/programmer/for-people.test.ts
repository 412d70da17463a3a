import { expect, test } from 'vitest';
import { forPeople } from '../../programmer/index.ts';
import { length, parseDuration } from '../../shared/index.ts';
import { running } from '../harness.ts';
import { edit, REVIEW, texts } from './reviewing.ts';

const BRIDGE = { type: 'bridge', catheter: { length: length.parse('80 cm') }, dose: null } as const;
const BOLUS = { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 };

test('estimates are read in four digits and times to the minute; what is recorded keeps every digit', () => {
  const made = running({}, { basal: '198 mcg/day' });
  made.clinician(edit({ drug: 'baclofen', concentration: '2000 mcg/mL', basal: '198 mcg/day', opening: BRIDGE }));
  expect(made.clinician(REVIEW)).toEqual({ done: true });
  const read = forPeople(made.sim.screen());
  const shown = Object.fromEntries(read.fields.map(({ name, text }) => [name, text]));
  expect(texts(made)).toMatchObject({ mixedConcentration: '1901.869 mcg/mL', mixedDose: '188.285 mcg/day' });
  expect(shown).toMatchObject({ mixedConcentration: '1902 mcg/mL', mixedDose: '188.3 mcg/day' });
  expect(texts(made)['openingDuration']).toMatch(/min \d+(\.\d+)?s$/);
  expect(shown['openingDuration']).toMatch(/^\d+h \d+min$/);
  expect(read.warnings.join()).toContain('make baclofen 1902 mcg/mL, unless');
  // What a catheter and the tubing hold can be held against the record of the implant.
  expect(shown['openingParts']).toMatch(/^0\.\d+ mL in the catheter and 0\.\d+ mL in the pump tubing$/);
});

test('less than a day since the last session is told as what was commanded, not as what a day would bring', () => {
  const made = running({}, { bolus: BOLUS, ceiling: '300 mcg/day' });
  made.clinician({ type: 'endSession' });
  made.press();
  made.advance('12h');
  made.clinician({ type: 'interrogate' });
  const read = () => forPeople(made.sim.screen()).fields.map(({ name }) => name);
  expect(texts(made)).toMatchObject({ commandedSince: '110 mcg in 12h' });
  expect(read()).not.toContain('meanDose');
  expect(made.sim.report()).toContain('Commanded since the last session        110 mcg in 12h');
  made.clinician({ type: 'endSession' });
  made.advance('1d');
  made.clinician({ type: 'interrogate' });
  expect(texts(made)).toMatchObject({ meanDose: '200 mcg/day' });
  expect(texts(made)).not.toHaveProperty('commandedSince');
});

test('the report says from when on a bolus is possible, and the card what the patient may have', () => {
  const made = running({}, { bolus: BOLUS, ceiling: '300 mcg/day' });
  expect(texts(made)).toMatchObject({ nextBolusFrom: 'now' });
  made.press();
  made.clinician({ type: 'interrogate' });
  expect(made.sim.report()).toMatch(/Next bolus possible +from 2026-01-05 12:0\d/);
  expect(made.sim.card()).toMatch(
    /Patient bolus +10 mcg\n.*Bolus duration +2min\n.*Lockout +4h\n.*Boluses in 24 h +4\n/,
  );
});

test('what was prescribed is read as it was prescribed, and nobody is told to come before the time', () => {
  const made = running({}, { bolus: { ...BOLUS, lockout: '4h 20min 30s' }, ceiling: '300 mcg/day' });
  made.press();
  made.clinician({ type: 'interrogate' });
  made.advance('10s');
  made.clinician({ type: 'interrogate' });
  const shown = Object.fromEntries(forPeople(made.sim.screen()).fields.map(({ name, text }) => [name, text]));
  expect(shown['lockout']).toBe('4h 20min 30s');
  const [left = '', read = ''] = [texts(made)['nextBolus'], shown['nextBolus']];
  expect(left).toMatch(/s$/);
  expect(parseDuration(read) % 60_000).toBe(0);
  expect(parseDuration(read)).toBeGreaterThan(parseDuration(left));
});
