import { describe, expect, test } from 'vitest';
import {
  bankedStore,
  EventLog,
  EXECUTOR_NAMES,
  type ExecutorName,
  memoryStorage,
  memoryStore,
  type Store,
} from '../../firmware-sim/index.ts';
import { instant, type Json, type Witness } from '../../shared/index.ts';
import { BarePump } from './bare-pump.ts';
import { prescriptionOf } from './prescriptions.ts';

const BROKEN = 'a broken invariant';
const FAILED = 'the firmware has failed';

/** A witness that throws as a kind of log record is told. */
class Saboteur implements Witness {
  readonly cause = 0;
  readonly hears = () => true;
  at: string | undefined;
  tell(_: string, kind: string, data: Json): number {
    const record = kind === 'log' ? JSON.stringify(data) : '';
    if (this.at !== undefined && record.includes(`"kind":"${this.at}"`)) throw new Error(BROKEN);
    return 0;
  }
  because<T>(_: number, work: () => T): T {
    return work();
  }
}

/** A pump that delivers, a clinician in session with it, and what makes it fail. */
function delivering(store: Store, executor: ExecutorName = 'table') {
  const saboteur = new Saboteur();
  const pump = new BarePump({}, executor, store, { at: instant(0), timeLost: false }, saboteur);
  const clinician = pump.open('clinician');
  clinician.enter('20 mL');
  clinician.implant();
  clinician.prescribe(prescriptionOf());
  return { pump, clinician, saboteur };
}

describe.each(EXECUTOR_NAMES)('something in the firmware throws in the middle of an entry (%s)', (executor) => {
  /** A stop that throws as it is logged: the chart has stopped, the log and the image are half written. */
  function broken() {
    const storage = memoryStorage();
    const at = delivering(bankedStore(storage), executor);
    const before = storage.read('A');
    at.saboteur.at = 'deliveryStopped';
    expect(() => at.clinician.do('stop')).toThrow(BROKEN);
    at.saboteur.at = undefined;
    return { ...at, storage, before };
  }

  test('and nothing more can be asked of the pump', () => {
    const { pump, clinician } = broken();
    expect(() => clinician.do('interrogate')).toThrow(FAILED);
    expect(() => pump.pass('1d')).toThrow(FAILED);
    expect(() => pump.firmware.keepTime()).toThrow(FAILED);
    expect(() => pump.status()).toThrow(FAILED);
    expect(() => pump.firmware.save()).toThrow(FAILED);
  });

  test('and the memory never holds what was half done, whatever comes later', () => {
    const { clinician, storage, before } = broken();
    expect(() => clinician.do('interrogate')).toThrow(FAILED);
    expect([storage.read('A'), storage.read('B')]).toEqual([before, before]);
    const again = new BarePump({}, executor, bankedStore(storage));
    expect(again.status()).toMatchObject({ infusion: 'basal', stopped: null });
    expect(again.logged('deliveryStopped')).toEqual([]);
  });

  test.each([true, false])(
    'and a processor that starts anew finds the pump as it was before, time lost: %s',
    (timeLost) => {
      const { pump } = broken();
      pump.reset(timeLost);
      expect(pump.status()).toMatchObject({ infusion: 'basal', stopped: null });
      expect(pump.logged('deliveryStopped')).toEqual([]);
      pump.open('clinician').do('stop');
      expect(pump.logged('deliveryStopped')).toEqual([{ why: 'clinician' }]);
    },
  );

  test('and a whole snapshot of before goes on', () => {
    const at = delivering(memoryStore(), executor);
    const saved = at.pump.firmware.save();
    at.saboteur.at = 'deliveryStopped';
    expect(() => at.clinician.do('stop')).toThrow(BROKEN);
    at.saboteur.at = undefined;
    at.pump.firmware.load(saved);
    expect(at.pump.status().infusion).toBe('basal');
    at.clinician.do('stop');
    expect(at.pump.status().infusion).toBe('stopped');
  });
});

test('a deadline that throws fails the pump as a frame does', () => {
  const { pump, clinician, saboteur } = delivering(memoryStore());
  clinician.do('requestBolus');
  saboteur.at = 'bolusEnded';
  expect(() => pump.pass('1h')).toThrow(BROKEN);
  saboteur.at = undefined;
  expect(() => pump.pass('1h')).toThrow(FAILED);
});

test('a store of the process forgets what was not committed when it is opened, as one of banks does', () => {
  const [store, log] = [memoryStore(), (from: Store) => EventLog.inStore(from, 8)];
  const records = new EventLog(store, 8);
  records.add(instant(0), 'powerOn', {});
  store.commit();
  records.add(instant(1), 'implanted', {});
  expect(log(store)).toHaveLength(2);
  store.clear();
  expect(log(store)).toEqual([]);
  store.open();
  expect(log(store).map(({ kind }) => kind)).toEqual(['powerOn']);
  store.clear();
  store.commit();
  store.open();
  expect(log(store)).toEqual([]);
});
