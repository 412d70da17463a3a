import { describe, expect, test } from 'vitest';
import { patientControlUnder } from '../../firmware-sim/firmware/rules/patient-bolus.ts';
import { type DeviceProfile, instant } from '../../shared/index.ts';
import { running } from '../harness.ts';
import { runningChart } from './chart-on-bench.ts';
import { HOUR, prescriptionOf } from './prescriptions.ts';

const bolus = { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 };

test('a press inside the lockout is refused and says when the next one may be granted', () => {
  const { press, advance, sim } = running({}, { bolus });
  expect(press()).toEqual({ done: true });
  advance('3h');
  expect(press()).toMatchObject({ refused: 'lockedOut', until: 4 * HOUR });
  advance('59min 59.999s');
  expect(press()).toMatchObject({ refused: 'lockedOut' });
  advance('1ms');
  expect(press()).toEqual({ done: true });
  expect(sim.belief().granted).toBe(2);
});

describe('the lockout runs from the end of the bolus that the profile names', () => {
  const cases: readonly [DeviceProfile['lockoutOrigin'], number][] = [
    ['start', 4 * HOUR],
    ['end', 4 * HOUR + 120_000],
  ];
  test.each(cases)('from its %s', (lockoutOrigin, free) => {
    const early = runningChart({ lockoutOrigin });
    early.press();
    early.passTo(free - 1);
    expect(early.at('patientControl')).toBe('lockedOut');
    expect(early.press()).toBe('denied');
    early.passTo(free);
    expect(early.at('patientControl')).toBe('ready');
    expect(early.press()).toBe('granted');
  });
});

test('a bolus cut short by a stop is locked out for as long as one delivered whole', () => {
  const pump = runningChart({ lockoutOrigin: 'end' });
  pump.press();
  pump.pass('30s');
  pump.send({ type: 'STOP' });
  pump.send({ type: 'RESUME' });
  pump.passTo(4 * HOUR + 119_999);
  expect(pump.press()).toBe('denied');
  pump.pass('1ms');
  expect(pump.press()).toBe('granted');
});

test('a denied press neither extends the lockout nor counts', () => {
  const pump = runningChart();
  pump.press();
  pump.passTo(4 * HOUR - 1);
  expect(pump.press()).toBe('denied');
  expect(pump.context).toMatchObject({ lockedUntil: 4 * HOUR, granted: 1, denied: 1, grants: [0] });
});

describe('what never shortens a running lockout', () => {
  const same = prescriptionOf();
  const acts: Record<string, (pump: ReturnType<typeof runningChart>) => void> = {
    'a stop and a resume': (pump) => {
      pump.send({ type: 'STOP' });
      pump.pass('10min');
      pump.send({ type: 'RESUME' });
    },
    'the same prescription again': (pump) => pump.commit(same),
    'an update begun and abandoned': (pump) => {
      pump.beginUpdate(same);
      pump.closeSession(true);
      pump.send({ type: 'RESUME' });
    },
    'a refill': (pump) => pump.enter('20 mL'),
  };
  for (const [what, act] of Object.entries(acts)) {
    test.each(['longer', 'new'] as const)(`${what}, with lockoutOnReprogram %s`, (lockoutOnReprogram) => {
      const pump = runningChart({ lockoutOnReprogram }, same);
      pump.press();
      pump.pass('1h');
      act(pump);
      expect(pump.at('infusion')).toBe('basal');
      pump.passTo(4 * HOUR - 1);
      expect(pump.press()).toBe('denied');
      pump.passTo(4 * HOUR);
      expect(pump.press()).toBe('granted');
    });
  }
});

describe('a new lockout interval, prescribed one hour after a bolus with a lockout of 4 h', () => {
  const cases: readonly [DeviceProfile['lockoutOnReprogram'], string, number][] = [
    ['longer', '2h', 4 * HOUR],
    ['longer', '6h', 6 * HOUR],
    ['new', '2h', 2 * HOUR],
    ['new', '6h', 6 * HOUR],
  ];
  test.each(cases)('with lockoutOnReprogram %s, %s: free after %i ms', (lockoutOnReprogram, lockout, free) => {
    const pump = runningChart({ lockoutOnReprogram });
    pump.press();
    pump.pass('1h');
    pump.commit(prescriptionOf({ bolus: { lockout } }));
    pump.passTo(free - 1);
    expect(pump.press()).toBe('denied');
    pump.pass('1ms');
    expect(pump.at('patientControl')).toBe('ready');
    expect(pump.press()).toBe('granted');
  });

  test('a shorter one that has already passed frees the button at once, where the profile lets it', () => {
    const pump = runningChart({ lockoutOnReprogram: 'new' });
    pump.press();
    pump.pass('1h');
    pump.commit(prescriptionOf({ bolus: { lockout: '1h' } }));
    expect(pump.at('patientControl')).toBe('ready');
  });
});

test('a prescription without a bolus in between does not let a shorter lockout take its place', () => {
  const pump = runningChart({ lockoutOnReprogram: 'longer' });
  pump.press();
  pump.pass('1h');
  pump.commit(prescriptionOf({ bolus: null }));
  pump.commit(prescriptionOf({ bolus: { lockout: '2h' } }));
  pump.passTo(4 * HOUR - 1);
  expect(pump.press()).toBe('denied');
  pump.pass('1ms');
  expect(pump.press()).toBe('granted');
});

test('a prescription without a bolus in between does not wipe out the lockout of the last grant', () => {
  const pump = runningChart();
  pump.press();
  pump.pass('1h');
  pump.commit(prescriptionOf({ bolus: null }));
  expect(pump.at('patientControl')).toBe('off');
  pump.pass('1h');
  pump.commit(prescriptionOf());
  expect(pump.at('patientControl')).toBe('lockedOut');
  pump.passTo(4 * HOUR);
  expect(pump.at('patientControl')).toBe('ready');
});

test('patient control under the prescription in force goes by the lockout that runs, however it came to run', () => {
  // By this profile another prescription would count a lockout of its own from the last grant.
  const pump = runningChart({ lockoutOnReprogram: 'new' });
  expect(pump.press()).toBe('granted');
  const context = { ...pump.context, lockedUntil: instant(10 * HOUR) };
  expect(patientControlUnder(context, context.prescription, instant(9 * HOUR))).toBe('lockedOut');
  expect(patientControlUnder(context, prescriptionOf(), instant(9 * HOUR))).toBe('ready');
});
