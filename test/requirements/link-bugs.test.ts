import fc from 'fast-check';
import { expect } from 'vitest';
import {
  encodeFrame,
  prescriptionDigest,
  REFUSALS,
  type Request,
  readRequest,
  requestBytes,
  volume,
} from '../../shared/index.ts';
import { answerIn, type BarePump, SERIAL, type Speaker } from '../firmware/bare-pump.ts';
import { WALL } from '../firmware/prescriptions.ts';
import { rates } from './fixture.ts';
import { onBench, ordersOf, valuesOf } from './on-bench.ts';
import { requirementOfAll } from './requirement.ts';
import { runs } from './runs.ts';
import { therapyOf, treating } from './therapies.ts';

/** Every request that changes something, as it would be taken. */
function commandsOf(profile: string): readonly Request[] {
  const prescription = ordersOf(profile);
  return [
    { name: 'requestBolus', payload: {} },
    { name: 'minimumRate', payload: {} },
    { name: 'resume', payload: {} },
    { name: 'stop', payload: {} },
    { name: 'enterReservoir', payload: { serial: SERIAL, volume: volume.parse('10 mL'), aspirated: null } },
    { name: 'setClock', payload: { wall: WALL } },
    {
      name: 'stagePrescription',
      payload: { serial: SERIAL, prescription, run: true, override: false, endOpening: false },
    },
    { name: 'beginUpdate', payload: { digest: prescriptionDigest(prescription) } },
    { name: 'commitUpdate', payload: { digest: prescriptionDigest(prescription), library: null } },
  ];
}

/** A frame of the session with another payload, its sequence number used up. */
function frameOf(clinician: Speaker, type: number, payload: Uint8Array): Uint8Array {
  clinician.sequence += 1;
  const { session, sequence, key } = clinician;
  return encodeFrame({ session, sequence, type, payload }, key);
}

/** What a pump is, but for its time. */
const stateOf = (pump: BarePump) => ({ ...pump.status(), sinceSession: null });

requirementOfAll('R8', (profile) => {
  const { pump, clinician } = onBench(profile);
  const before = stateOf(pump);
  for (const command of commandsOf(profile)) {
    const { type, payload } = requestBytes(command);
    const longer = new Uint8Array([...payload, 0]);
    const shorter = payload.slice(0, -1);
    for (const wrong of [longer, shorter]) {
      const answer = answerIn(command.name, pump.give(frameOf(clinician, type, wrong)));
      expect(answer).toMatchObject({ refused: { code: 'malformed' } });
      expect(stateOf(pump)).toEqual(before);
    }
    // A frame that is not as long as it says is no frame: not answered, logged.
    const whole = clinician.frame(command);
    for (const cut of [whole.slice(0, -1), new Uint8Array([...whole, 0])]) {
      expect(pump.give(cut)).toBeUndefined();
      expect(stateOf(pump)).toEqual(before);
    }
  }
  expect(pump.firmware.rejected).toMatchObject({ length: 2 * commandsOf(profile).length });
});

requirementOfAll('R9', (profile) => {
  const { pump, clinician } = onBench(profile);
  const commands = commandsOf(profile).map((command) => clinician.frame(command));
  const { granted, record, rate } = pump.status();
  const garbage = fc.uint8Array({ maxLength: 200 });
  const damaged = fc
    .tuple(fc.constantFrom(...commands), fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat())
    .map(([bytes, at, by, cut]) => {
      const changed = Uint8Array.from(bytes, (byte, i) => (i === at % bytes.length ? byte ^ by : byte));
      return cut % 3 === 0 ? changed.slice(0, cut % bytes.length) : changed;
    });
  // Whole frames of the session that no pump can read.
  const sealed = fc
    .tuple(fc.constantFrom(...commandsOf(profile)), fc.uint8Array({ maxLength: 60 }))
    .map(([command, payload]) => ({ type: requestBytes(command).type, payload }))
    .filter(({ type, payload }) => 'error' in readRequest(type, payload))
    .map(({ type, payload }) => frameOf(clinician, type, payload));
  fc.assert(
    fc.property(fc.oneof(garbage, damaged, sealed), (bytes) => {
      pump.give(bytes);
      expect(pump.status()).toMatchObject({ granted, record, rate });
    }),
    {
      numRuns: runs(60, 20_000),
      examples: [[new Uint8Array()], [new Uint8Array([0x7e])], [new Uint8Array([0x7e, 0xc1])]],
    },
  );
  // Alive: it goes on giving, and answers the next who asks.
  pump.pass('1min');
  expect(pump.status().sinceSession.commanded).toBeGreaterThan(0);
  expect(pump.open('clinician').do('stop')).toMatchObject({ reply: {} });
});

requirementOfAll('R16', (profile) => {
  const { pump, clinician } = onBench(profile);
  pump.pass('10min');
  for (const command of commandsOf(profile)) {
    const frame = clinician.frame(command);
    const answer = pump.give(frame);
    expect(answer).toBeDefined();
    const [after, log] = [pump.status(), pump.logged('bolusGranted').length + pump.logged('bolusDenied').length];
    for (let again = 0; again < 3; again++) expect(pump.give(frame)).toEqual(answer);
    expect(pump.status()).toEqual(after);
    expect(pump.logged('bolusGranted').length + pump.logged('bolusDenied').length).toBe(log);
  }
  expect(pump.status()).toMatchObject({ granted: 1, denied: 0, record: 2 });
});

/** The physics and the firmware's own story of a life in which somebody reads so often within two sessions. */
function lifeRead(profile: string, times: number) {
  const pump = treating(profile);
  const readings = ['interrogate', 'readHistory', 'readLog', 'readUsage'] as const;
  pump.advance('1h');
  pump.clinician('interrogate');
  for (let i = 0; i < times; i++) pump.clinician(readings[i % readings.length] ?? 'interrogate');
  pump.press();
  pump.advance('10s');
  for (let i = 0; i < times; i++) pump.clinician(readings[i % readings.length] ?? 'interrogate');
  pump.clinician('endSession');
  pump.advance(`${therapyOf(profile).tenth * 12}ms`);
  const { belief, truth } = pump;
  const story = pump.trace.filter(({ layer }) => layer === 'firmware' || layer === 'plant');
  return { story: story.map(({ t, kind, data }) => ({ t, kind, data })), belief, truth, rates: rates(pump) };
}

requirementOfAll('R13', (profile) => {
  expect(lifeRead(profile, runs(8, 1000))).toEqual(lifeRead(profile, 0));
});

/** So much is in the reservoir and typed; a pump that measures it reads as much. */
function holds(pump: ReturnType<typeof treating>, amount: string): void {
  pump.hands('drain');
  if (volume.parse(amount) > 0) pump.hands({ inject: amount });
  pump.clinician({ refill: { volume: amount } });
}

requirementOfAll('R17', (profile) => {
  const told = new Map<string, string>();
  const press = (cause: string, pump: ReturnType<typeof treating>) => {
    const answer = pump.press();
    told.set(cause, 'refused' in answer ? answer.refused : 'granted');
  };
  const { patientBolus } = therapyOf(profile).prescribe;
  if (patientBolus === undefined || patientBolus === 'none') throw new Error(`${profile}: no patient bolus`);
  const little = volume.of(valuesOf(profile).emptyAt + volume.parse('0.01 mL'));
  const made = (prepare: (pump: ReturnType<typeof treating>) => void, changes = {}) => {
    const pump = treating(profile, changes);
    prepare(pump);
    return pump;
  };
  press(
    'none',
    made(() => undefined),
  );
  press(
    'noBolus',
    made(() => undefined, { patientBolus: 'none' }),
  );
  press(
    'stopped',
    made((pump) => pump.clinician('stop')),
  );
  press(
    'minimumRate',
    made((pump) => pump.clinician('minimumRate')),
  );
  press(
    'running',
    made((pump) => pump.press()),
  );
  press(
    'tooSoon',
    made((pump) => {
      pump.press();
      pump.advance('5min');
    }),
  );
  press(
    'count',
    made(
      (pump) => {
        pump.press();
        pump.advance('2h');
      },
      { patientBolus: { ...patientBolus, maxPerDay: 1 } },
    ),
  );
  press(
    'limit',
    made((pump) => pump.advance('1min'), {
      doseLimit: { ...therapyOf(profile).limit, dose: therapyOf(profile).tight },
    }),
  );
  press(
    'empty',
    made((pump) => holds(pump, '0 mL')),
  );
  press(
    'little',
    made((pump) => holds(pump, volume.format(little))),
  );
  expect(Object.fromEntries(told)).toEqual({
    none: 'granted',
    noBolus: 'notEnabled',
    stopped: 'stopped',
    minimumRate: 'minimumRate',
    running: 'bolusRunning',
    tooSoon: 'lockedOut',
    count: 'countUsed',
    limit: 'doseLimit',
    // Where an empty reservoir stops the pump, that is the cause.
    empty: valuesOf(profile).emptyPolicy === 'stop' ? 'stopped' : 'emptyReservoir',
    little: 'tooLittleLeft',
  });
  expect(new Set(Object.values(REFUSALS)).size).toBe(Object.keys(REFUSALS).length);
});
