import { expect, test } from 'vitest';
import { parseDuration, span } from '../../shared/index.ts';
import { mL, prescribe, running } from '../harness.ts';

const BOLUS = { dose: '10 mcg', duration: '2min', lockout: '1h', maxPerDay: 24 };

test('a fork goes its own way: what happens to one does not happen to the other', () => {
  const { sim, records, clinician } = running({}, { bolus: BOLUS });
  sim.advance(parseDuration('1d'));
  const before = { told: records.length, snapshot: sim.snapshot() };
  const other = sim.fork();
  other.act({ by: 'clinician', act: { type: 'stop' } });
  other.advance(parseDuration('3d'));
  expect(other.belief().stopped).toMatchObject({ why: 'clinician' });
  expect(other.belief().alarms).toMatchObject([{ code: 'stoppedPump' }]);
  expect({ told: records.length, snapshot: sim.snapshot() }).toEqual(before);

  sim.advance(parseDuration('1d'));
  clinician({ type: 'interrogate' });
  expect(sim.belief()).toMatchObject({ stopped: null, alarms: [], infusion: 'basal' });
  expect(other.belief().stopped).toMatchObject({ why: 'clinician' });
});

test('a fork that is left alone lives the same life, jitter of the patient’s habits included', () => {
  const { sim, records } = running({ seed: 11 }, { bolus: BOLUS });
  const hour = parseDuration('1h');
  sim.habit({ act: { type: 'requestBolus' }, every: span(2 * hour), jitter: hour, for: span(100 * hour) });
  sim.advance(span(25 * hour));
  const from = records.length;
  const other = sim.fork();
  const others: unknown[] = [];
  other.onTrace((record) => others.push(record));
  sim.advance(span(100 * hour));
  other.advance(span(100 * hour));
  expect(others.length).toBeGreaterThan(100);
  expect(others).toEqual(records.slice(from));
  expect(other.snapshot()).toEqual(sim.snapshot());
});

test('a snapshot stays what it was while the simulation goes on', () => {
  const { sim, clinician, press } = running({}, { bolus: BOLUS });
  const snapshot = sim.snapshot();
  const copy = JSON.parse(JSON.stringify(snapshot));
  press();
  clinician(prescribe({ basal: '190 mcg/day' }));
  clinician({ type: 'refill', aspirated: null, volume: mL('10') });
  sim.advance(parseDuration('60d'));
  expect(snapshot).toEqual(copy);
});

test('forks of forks, taken again and again, arrive where one life does', () => {
  const life = () => running({}, { bolus: BOLUS }).sim;
  const whole = life();
  whole.advance(parseDuration('60d'));
  let each = life();
  for (let i = 0; i < 60; i++) {
    each = each.fork();
    each.advance(parseDuration('1d'));
  }
  expect(each.snapshot()).toEqual(whole.snapshot());
});
