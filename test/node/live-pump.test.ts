import { describe, expect, onTestFinished, test } from 'vitest';
import { EventLog, memoryStore, readImage } from '../../firmware-sim/index.ts';
import { instant, parseDuration, rate, simulatedPairing, span, volume } from '../../shared/index.ts';
import { LivePump, type LivePumpOptions, type World, WorldError } from '../../workbench/node/live-pump.ts';
import { readAct } from '../../workbench/scenario/written.ts';
import { implantedPump } from '../firmware/bare-pump.ts';
import { prescriptionOf } from '../firmware/prescriptions.ts';
import { HandStation } from '../firmware/station.ts';
import { profileOf } from '../harness.ts';

/** A pump whose time is held. */
function held(options: Partial<LivePumpOptions> = {}): LivePump {
  const pump = new LivePump({
    profile: profileOf('synchromed-ii-like-20'),
    serial: 'KEPT-1',
    pairing: simulatedPairing('KEPT-1'),
    executor: 'table',
    wallClock: span(0),
    speed: 1,
    store: memoryStore(),
    failed: (error) => {
      throw error;
    },
    ...options,
  });
  onTestFinished(() => pump.stop());
  pump.hold();
  return pump;
}

/** A clinician's programmer in an open session with it. */
function stationAt(pump: LivePump): HandStation {
  const station = new HandStation((bytes) => pump.take(bytes), 'clinician', 'KEPT-1');
  station.open();
  return station;
}

/** As a file keeps it. */
const kept = (world: World): World => JSON.parse(JSON.stringify(world));

describe('a world that is gone on from', () => {
  test('has its reservoir, its faults, its clocks and its time', () => {
    const earlier = held();
    earlier.act(readAct({ hands: { inject: { volume: '12 mL', morphine: '25 mg/mL' } } }));
    earlier.act(readAct({ world: { syringeError: '+5 %' } }));
    earlier.act(readAct({ world: { localTime: '+2h' } }));
    earlier.advanceTo(instant(earlier.now + parseDuration('3h')));
    const pump = held({ world: kept(earlier.world()) });
    expect(pump.truth().reservoir).toBe(volume.parse('12 mL'));
    expect(pump.now).toBeGreaterThanOrEqual(earlier.now);
    expect(pump.now - earlier.now).toBeLessThan(5000);
    expect(pump.localTime - pump.now).toBe(parseDuration('2h'));
    expect(pump.act(readAct({ hands: 'drain' }))).toEqual({ done: true, reading: volume.parse('12.6 mL') });
  });

  test('does not lie before what the memory has stored: what flowed in between has flowed', () => {
    const store = memoryStore();
    const earlier = held({ store });
    earlier.act(readAct({ hands: { inject: { volume: '12 mL', morphine: '25 mg/mL' } } }));
    const world = kept(earlier.world());
    // The world was last kept while fluid flowed; a day later the memory was written, and then the power failed.
    const flowing = JSON.parse(JSON.stringify(world));
    flowing.plant.path.reservoir.flow = rate.parse('1 mL/day');
    earlier.advanceTo(instant(earlier.now + parseDuration('1d')));
    earlier.act(readAct({ world: 'batteryLow' }));
    const pump = held({ store, world: flowing });
    expect(pump.now).toBeGreaterThanOrEqual(earlier.now);
    const { reservoir } = pump.truth();
    expect(volume.format(reservoir, 2)).toBe('11 mL');
  });

  test('is kept before each answer: no restart shows an earlier time, or more fluid, than was told', () => {
    const store = memoryStore();
    const worlds: World[] = [];
    const earlier = held({ store, keepWorld: (world) => worlds.push(kept(world)) });
    const clinician = stationAt(earlier);
    clinician.ask({
      name: 'enterReservoir',
      payload: { serial: 'KEPT-1', volume: volume.parse('10 mL'), aspirated: null },
    });
    clinician.ask({ name: 'implant', payload: { serial: 'KEPT-1', wall: span(0) } });
    earlier.advanceTo(instant(earlier.now + parseDuration('40min')));
    clinician.ask({ name: 'interrogate', payload: {} });
    const told = earlier.belief();
    // Nothing happened since the implant: only the answer told the time.
    expect(worlds.at(-1)?.now).toBe(told.now);
    const pump = held({ store, world: worlds.at(-1) });
    expect(pump.belief().now).toBeGreaterThanOrEqual(told.now);
    expect(pump.belief().volume).toBeLessThanOrEqual(told.volume);
  });

  test('holds a stroke that a stop completed, whether it was kept before the stop or after it', () => {
    const store = memoryStore();
    const bench = implantedPump({}, 'table', store);
    bench.clinician.prescribe(prescriptionOf({}), true);
    const filled = held();
    filled.act(readAct({ hands: { inject: { volume: '12 mL', baclofen: '500 mcg/mL' } } }));
    const world: World = { ...kept(filled.world()), now: bench.pump.timeline.now };
    const worlds: World[] = [];
    const { serial } = bench.pump.status();
    const pairing = simulatedPairing(serial);
    const earlier = held({ store, world, pairing, keepWorld: (each) => worlds.push(kept(each)) });
    const clinician = new HandStation((bytes) => earlier.take(bytes), 'clinician', serial);
    earlier.advanceTo(instant(earlier.now + parseDuration('41min')));
    clinician.open();
    clinician.ask({ name: 'stop', payload: {} });
    const [before, after] = worlds.slice(-2);
    const { delivered } = earlier.truth();
    const stop = EventLog.inStore(store, earlier.profile.logCapacity).at(-1);
    expect(stop).toMatchObject({ kind: 'deliveryStopped', data: { stroke: expect.any(Number) } });
    for (const each of [before, after]) expect(held({ store, world: each }).truth().delivered).toBe(delivered);
    expect(before).not.toEqual(after);
  });

  test('is there before its memory is written for the first time', () => {
    const store = memoryStore();
    const order: string[] = [];
    const commit = () => {
      order.push('memory');
      store.commit();
    };
    held({ store: { ...store, commit }, keepWorld: () => order.push('world') });
    expect(order.slice(0, 3)).toEqual(['world', 'memory', 'world']);
  });

  test('is gone on from at the instant it was left at, however long the start takes and however fast it runs', () => {
    const store = memoryStore();
    const bench = implantedPump({}, 'table', store);
    bench.clinician.prescribe(prescriptionOf({ bolus: { lockout: '1h' } }), true);
    bench.pump.open('patient').do('requestBolus');
    bench.pump.pass('59min');
    const { lockedUntil } = readImage(store, bench.pump.profile)?.context ?? {};
    const world: World = { ...kept(held().world()), now: bench.pump.timeline.now };
    const logged = () => EventLog.inStore(store, bench.pump.profile.logCapacity);
    const slow = () => {
      const until = performance.now() + 5;
      while (performance.now() < until);
    };
    held({ store, world, speed: 100_000, keepWorld: slow });
    expect(lockedUntil).toBeGreaterThan(world.now);
    expect(logged().find(({ kind }) => kind === 'reset')?.at).toBe(world.now);
  });

  test('is refused where it is none', () => {
    const world = { now: 5, clock: 0, localTime: null, plant: { reservoir: {} }, last: 0 };
    expect(() => held({ world })).toThrow(WorldError);
  });
});

test('only hands and the world reach it, and no fault of the link', () => {
  const pump = held();
  expect(pump.act(readAct({ clinician: 'stop' }))).toBeUndefined();
  expect(pump.act(readAct({ patient: 'requestBolus' }))).toBeUndefined();
  expect(pump.act(readAct({ world: 'disconnect' }))).toBeUndefined();
  expect(pump.act(readAct({ world: 'batteryLow' }))).toEqual({ done: true });
});

test('bytes that are no frame get no answer', () => {
  expect(held().take(Uint8Array.of(1, 2, 3))).toBeUndefined();
});

test('held time does not go back', () => {
  const pump = held();
  pump.advanceTo(instant(100_000));
  expect(() => pump.advanceTo(instant(99_999))).toThrow(RangeError);
});
