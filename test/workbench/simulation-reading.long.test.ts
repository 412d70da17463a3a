import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES, type ExecutorName } from '../../firmware-sim/index.ts';
import { type Json, parseDuration, span } from '../../shared/index.ts';
import type { TypedClinicianAct } from '../../workbench/act.ts';
import type { TraceRecord } from '../../workbench/trace.ts';
import { running } from '../harness.ts';

const READINGS: readonly TypedClinicianAct[] = [{ type: 'interrogate' }, { type: 'readHistory' }, { type: 'readLog' }];

/** What pump and plant told, without the numbers of records: those count the readings too. */
function ofThePump(records: readonly TraceRecord[]): Json[] {
  return records
    .filter(({ layer }) => layer === 'firmware' || layer === 'plant')
    .map(({ t, layer, kind, data }) => ({ t, layer, kind, data }));
}

/**
 * A session of nine minutes, read every so often, with two boluses, a refused press and the reservoir getting
 * low in it; then 60 days without one.
 */
function session(executor: ExecutorName, readings: number) {
  const bolus = { dose: '10 mcg', duration: '2min', lockout: '5min', maxPerDay: 2 };
  const made = running({ executor }, { bolus, lowReservoir: '19.97 mL' });
  const { sim, records, clinician, logged } = made;
  sim.habit({
    act: { type: 'requestBolus' },
    every: parseDuration('150s'),
    jitter: span(0),
    for: parseDuration('8min'),
  });
  const nine = parseDuration('9min');
  for (let i = 1; i <= readings; i++) {
    sim.advance(span(Math.floor((i * nine) / readings) - Math.floor(((i - 1) * nine) / readings)));
    const act = READINGS[i % READINGS.length];
    if (act !== undefined) expect(clinician(act)).toEqual({ done: true });
  }
  sim.advance(span(nine - sim.now));
  clinician({ type: 'endSession' });
  sim.advance(parseDuration('60d'));
  expect(logged('bolusGranted')).toHaveLength(2);
  expect(logged('bolusDenied')).toHaveLength(1);
  expect(logged('alarmRaised')).toMatchObject([{ code: 'lowReservoir' }, { code: 'emptyReservoir' }]);
  return { told: ofThePump(records), belief: sim.belief(), truth: sim.truth(), events: sim.events };
}

describe.each(EXECUTOR_NAMES)('on the %s executor', (executor) => {
  test('a pump read a thousand times in a session lives the same life as one that was not', () => {
    expect(session(executor, 1000)).toEqual(session(executor, 0));
  });
});
