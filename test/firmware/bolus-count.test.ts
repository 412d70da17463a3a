import { describe, expect, test } from 'vitest';
import { runningChart } from './chart-on-bench.ts';
import { DAY, HOUR, prescriptionOf } from './prescriptions.ts';

const often = (maxPerDay: number) => prescriptionOf({ bolus: { lockout: '10min', maxPerDay } });

describe('boluses per day, counted over the last 24 h', () => {
  test('a grant counts up to, but not including, the same time a day later', () => {
    const pump = runningChart({}, often(2));
    pump.passTo(HOUR);
    expect(pump.press()).toBe('granted');
    pump.passTo(5 * HOUR);
    expect(pump.press()).toBe('granted');
    pump.pass('10min');
    expect(pump.at('patientControl')).toBe('countUsed');
    pump.passTo(DAY + HOUR - 1);
    expect(pump.press()).toBe('denied');
    pump.pass('1ms');
    expect(pump.at('patientControl')).toBe('ready');
    expect(pump.press()).toBe('granted');
    pump.pass('10min');
    expect(pump.at('patientControl')).toBe('countUsed');
    pump.passTo(DAY + 5 * HOUR - 1);
    expect(pump.press()).toBe('denied');
    pump.pass('1ms');
    expect(pump.press()).toBe('granted');
  });

  test('the lockout may outlast the count: a press is then granted when it ends', () => {
    const pump = runningChart({}, prescriptionOf({ bolus: { lockout: '30h', maxPerDay: 1 } }));
    pump.press();
    pump.passTo(30 * HOUR - 1);
    expect(pump.at('patientControl')).toBe('lockedOut');
    pump.pass('1ms');
    expect(pump.press()).toBe('granted');
  });

  test('a lockout of exactly 24 h with one bolus a day frees both at one instant', () => {
    const pump = runningChart({}, prescriptionOf({ bolus: { lockout: '24h', maxPerDay: 1 } }));
    pump.press();
    pump.passTo(DAY - 1);
    expect(pump.press()).toBe('denied');
    pump.pass('1ms');
    expect(pump.press()).toBe('granted');
  });

  test('a bolus cut short by a stop counts', () => {
    const pump = runningChart({}, often(1));
    pump.press();
    pump.pass('1s');
    pump.send({ type: 'STOP' });
    pump.send({ type: 'RESUME' });
    pump.pass('10min');
    expect(pump.at('patientControl')).toBe('countUsed');
    expect(pump.press()).toBe('denied');
  });

  test('a denied press does not count', () => {
    const pump = runningChart({}, often(2));
    pump.press();
    for (let i = 0; i < 5; i++) expect(pump.press()).toBe('denied');
    pump.pass('10min');
    expect(pump.press()).toBe('granted');
  });
});

describe('the count outlives', () => {
  test('a stop and a resume', () => {
    const pump = runningChart({}, often(1));
    pump.press();
    pump.pass('1h');
    pump.send({ type: 'STOP' });
    pump.send({ type: 'RESUME' });
    expect(pump.press()).toBe('denied');
  });

  test('a new prescription, judged by its own number from then on', () => {
    const pump = runningChart({}, often(3));
    for (const hour of [0, 1, 2]) {
      pump.passTo(hour * HOUR);
      expect(pump.press()).toBe('granted');
    }
    pump.passTo(3 * HOUR);
    pump.commit(often(4));
    expect(pump.at('patientControl')).toBe('ready');
    pump.commit(often(2));
    expect(pump.at('patientControl')).toBe('countUsed');
    // Three count, two are allowed: two grants have to leave the window before the next.
    pump.passTo(DAY + HOUR - 1);
    expect(pump.press()).toBe('denied');
    pump.pass('1ms');
    expect(pump.press()).toBe('granted');
  });

  test('a prescription of another drug', () => {
    const pump = runningChart({}, often(1));
    pump.press();
    pump.pass('1h');
    const baclofen = often(1);
    pump.commit({ ...baclofen, drugs: baclofen.drugs.map((drug) => ({ ...drug, name: 'morphine' })) });
    expect(pump.at('patientControl')).toBe('countUsed');
  });
});
