import { describe, expect, test } from 'vitest';
import { keepImage, stateFromJson, stateToJson } from '../../firmware-sim/firmware/memory/image.ts';
import { statusOf } from '../../firmware-sim/firmware/status.ts';
import { EventLog, EXECUTOR_NAMES, factoryContext, History, memoryStore, readImage } from '../../firmware-sim/index.ts';
import { instant } from '../../shared/index.ts';
import { profileOf } from '../harness.ts';
import { BarePump, implantedPump, SERIAL } from './bare-pump.ts';
import { runningChart } from './chart-on-bench.ts';
import { periodicOf, prescriptionOf, stagedOf } from './prescriptions.ts';

/** What a pump would say of itself if all it had were its store. */
const fromMemory = (pump: BarePump) => {
  const state = readImage(pump.store, pump.profile);
  if (state === undefined) throw new Error('no image');
  const { accepts, ...status } = statusOf(state, SERIAL, pump.timeline.now, []);
  expect(accepts).toEqual([]);
  return status;
};
const belief = (pump: BarePump) => {
  const { accepts: _, ...status } = pump.status();
  return status;
};

describe.each(EXECUTOR_NAMES)('the memory image, on the %s executor', (executor) => {
  test('is the pump’s belief after every act of a busy life', () => {
    const { pump, clinician } = implantedPump({ lowReservoirPolicy: 'minimumRate' }, executor);
    expect(fromMemory(pump)).toEqual(belief(pump));
    clinician.prescribe(prescriptionOf({ bolus: { lockout: '1h', maxPerDay: 2 } }));
    expect(fromMemory(pump)).toEqual(belief(pump));
    for (let hour = 0; hour < 30; hour++) {
      pump.open('patient').do('requestBolus');
      expect(fromMemory(pump)).toEqual(belief(pump));
      pump.pass('47min');
      expect(fromMemory(pump)).toEqual(belief(pump));
    }
    pump.pass('50d');
    expect(pump.status().infusion).toBe('minimumRate');
    expect(fromMemory(pump)).toEqual(belief(pump));
    const again = pump.open('clinician');
    again.enter('20 mL');
    again.do('stop');
    expect(fromMemory(pump)).toEqual(belief(pump));
  });

  test('keeps nothing of what was staged, nor of what an update interrupted', () => {
    const { pump, clinician } = implantedPump({}, executor);
    clinician.prescribe(prescriptionOf());
    const next = prescriptionOf({ basal: '0.5 mL/day' });
    clinician.stage(next);
    expect(readImage(pump.store, pump.profile)?.context.staged).toBeNull();
    clinician.begin(next);
    const kept = readImage(pump.store, pump.profile);
    expect(kept?.context).toMatchObject({ staged: null, update: null, prescription: prescriptionOf(), rate: 0 });
  });
});

test('a pump restored from a snapshot has its memory back: image, event log and history', () => {
  const { pump, clinician } = implantedPump();
  clinician.prescribe(prescriptionOf());
  pump.open('patient').do('requestBolus');
  pump.pass('3h');
  const again = new BarePump();
  again.timeline.advanceTo(pump.timeline.now);
  again.firmware.load(JSON.parse(JSON.stringify(pump.firmware.save())));
  expect(fromMemory(again)).toEqual(belief(pump));
  const { historyCapacity, logCapacity } = pump.profile;
  expect(History.inStore(again.store, historyCapacity)).toEqual(History.inStore(pump.store, historyCapacity));
  expect(EventLog.inStore(again.store, logCapacity)).toEqual(EventLog.inStore(pump.store, logCapacity));
});

describe('when an image was kept', () => {
  test('is written with it: the time of the last event, to the millisecond', () => {
    const { pump, clinician } = implantedPump();
    clinician.prescribe(prescriptionOf());
    clinician.do('closeSession');
    const at = () => readImage(pump.store, pump.profile)?.at;
    pump.pass('1h 1ms');
    expect(at()).toBe(0);
    pump.open('patient').do('requestBolus');
    expect(at()).toBe(3_600_001);
    // The bolus ends, the session falls silent, the lockout ends.
    pump.pass('2min');
    expect(at()).toBe(3_720_001);
    pump.pass('5h');
    expect(at()).toBe(3_600_001 + 4 * 3_600_000);
  });

  test('is as it was in a pump restored from a snapshot', () => {
    const { pump, clinician } = implantedPump();
    clinician.prescribe(prescriptionOf({ bolus: null }));
    pump.pass('3h');
    const again = new BarePump();
    again.timeline.advanceTo(pump.timeline.now);
    again.firmware.load(JSON.parse(JSON.stringify(pump.firmware.save())));
    expect(readImage(again.store, again.profile)).toEqual(readImage(pump.store, pump.profile));
  });
});

test('a store nothing was ever kept in holds no image', () => {
  expect(readImage(memoryStore(), profileOf('generic-pca'))).toBeUndefined();
});

test('a cell that is no canonical CBOR is no image', () => {
  const store = memoryStore();
  store.write('state', () => new Uint8Array([0x18, 0x01]));
  expect(() => readImage(store, profileOf('generic-pca'))).toThrow();
});

test('keeping an image changes nothing in the state it is kept from', () => {
  const pump = runningChart();
  pump.send({ type: 'SESSION_OPENED', role: 'clinician' });
  pump.send({ type: 'STAGE', staged: stagedOf(prescriptionOf({ basal: '0.5 mL/day' })) });
  const before = structuredClone(pump.state);
  keepImage(memoryStore(), pump.state, pump.now);
  expect(pump.state).toEqual(before);
});

test('a state through JSON is the same state, ledger to the last unit and profile its own', () => {
  const pump = runningChart();
  pump.press();
  pump.passTo(123_456_789);
  pump.enter('19.123456 mL');
  const { state } = pump;
  const again = stateFromJson(JSON.parse(JSON.stringify(stateToJson(state))), state.context.profile);
  expect(again).toEqual(state);
  expect(JSON.stringify(stateToJson(state))).not.toContain('rateMaximum');
});

test('an image holds what doses and programs look back to, and what has been commanded since a session', () => {
  const pump = runningChart({}, prescriptionOf({ program: periodicOf(), doseLimit: { dose: '90 mcg', window: '6h' } }));
  pump.passTo(21_700_000);
  pump.press();
  const { state } = pump;
  expect(state.context).toMatchObject({ periodic: { start: 21_600_000 }, atSession: { at: 0 } });
  expect(state.context.recent.length).toBeGreaterThan(2);
  const store = memoryStore();
  keepImage(store, state, pump.now);
  const { at, ...kept } = readImage(store, state.context.profile) ?? {};
  expect(at).toBe(21_700_000);
  expect(kept).toEqual({ value: { ...state.value, telemetry: 'closed' }, context: state.context });
});

test.each([
  ['running', () => undefined, 'updateInterrupted'],
  ['stopped by a clinician', (pump: ReturnType<typeof runningChart>) => pump.send({ type: 'STOP' }), 'clinician'],
] as const)('power lost in an update of a pump %s: stopped, and why', (_, prepare, why) => {
  const pump = runningChart();
  pump.pass('1h');
  prepare(pump);
  pump.pass('1h');
  pump.beginUpdate(prescriptionOf({ basal: '0.5 mL/day' }));
  const store = memoryStore();
  keepImage(store, pump.state, pump.now);
  const kept = readImage(store, pump.context.profile);
  expect(kept?.value).toMatchObject({ infusion: 'stopped', telemetry: 'closed' });
  expect(kept?.context.stopped).toEqual({ why, since: why === 'clinician' ? 3_600_000 : 7_200_000 });
});

test('a ledger past what a number can hold is kept exactly', () => {
  const context = factoryContext(profileOf('generic-pca'));
  const ledger = { entered: 2n ** 70n + 1n, commanded: 2n ** 69n + 3n, adjusted: -(2n ** 69n) + 2n };
  const store = memoryStore();
  keepImage(store, { value: { service: 'shelf' }, context: { ...context, ledger } }, instant(0));
  expect(readImage(store, context.profile)?.context.ledger).toEqual(ledger);
});
