import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  crc32,
  encodeFrame,
  FRAME_ERRORS,
  type FrameError,
  type Key,
  MESSAGES,
  type Request,
  rate,
  span,
  toBytes,
} from '../../shared/index.ts';
import { answerIn, type BarePump, implantedPump, refusalOf, type Speaker } from './bare-pump.ts';
import { bolusOf, prescriptionOf } from './prescriptions.ts';

const STOP: Request = { name: 'stop', payload: {} };

/** Some bytes of a frame overwritten, its CRC made to fit again, and its tag as well where there is a key. */
const rewritten = (frame: Uint8Array, key: Key | null, at: number, ...bytes: number[]): Uint8Array => {
  const changed = Uint8Array.from(frame);
  changed.set(bytes, at);
  const end = changed.length - 4;
  if (key !== null) changed.set(key.tag(changed.subarray(0, end - 8)), end - 8);
  new DataView(changed.buffer).setUint32(end, crc32(changed.subarray(0, end)));
  return changed;
};
const typed = ({ session, sequence, key }: Speaker, type: number, payload: Uint8Array): Uint8Array =>
  encodeFrame({ session, sequence: sequence + 1, type, payload }, key);
/** The place of the authentication tag in a frame of STOP. */
const TAG_AT = 15;

/** Each fault of a frame, in the order of the checks: the frame, and the fault it is rejected for. */
const FAULTS: Record<FrameError, (speaker: Speaker) => Uint8Array> = {
  start: (speaker) => rewritten(speaker.frame(STOP), null, 0, 0x7f),
  version: (speaker) => rewritten(speaker.frame(STOP), null, 2, 2),
  length: (speaker) => rewritten(speaker.frame(STOP), null, 3, 0, 2),
  crc: (speaker) => speaker.frame(STOP).map((byte, i) => (i === 13 ? byte ^ 1 : byte)),
  tag: (speaker) => rewritten(speaker.frame(STOP), null, TAG_AT, 1, 2),
  session: (speaker) => rewritten(speaker.frame(STOP), speaker.key, 5, 0, 0, 0, 99),
  sequence: (speaker) => {
    speaker.do('interrogate');
    return rewritten(speaker.frame(STOP), speaker.key, 9, 0, 0, 0, 1);
  },
  type: (speaker) => typed(speaker, 0x7f, toBytes({})),
  payload: (speaker) => typed(speaker, MESSAGES.stop.opcode, toBytes({ now: true })),
};

const running = () => {
  const made = implantedPump();
  made.clinician.prescribe(prescriptionOf());
  return made;
};
/** All a pump is, but for its log and what its radio remembers. */
const belief = (pump: BarePump) => {
  const { accepts: _, ...status } = pump.status();
  return status;
};

test.each(FRAME_ERRORS)('a frame with a wrong %s is logged as that and stops nothing', (error) => {
  const { pump, clinician } = running();
  const bytes = FAULTS[error](clinician);
  const before = belief(pump);
  pump.give(bytes);
  expect(pump.logged('frameRejected')).toEqual([{ error }]);
  expect(belief(pump)).toEqual(before);
});

test('only a frame in an open session whose type or payload cannot be read is answered, as malformed', () => {
  for (const error of FRAME_ERRORS) {
    const { pump, clinician } = running();
    const answer = answerIn('stop', pump.give(FAULTS[error](clinician)));
    const code = answer === undefined ? undefined : refusalOf(answer)?.code;
    const expected = { session: 'noSession', type: 'malformed', payload: 'malformed' } as const;
    expect(code).toBe(error in expected ? expected[error as keyof typeof expected] : undefined);
  }
});

describe('of two faults in one frame the earlier check gives the answer', () => {
  const both = (first: FrameError, second: FrameError, frame: (speaker: Speaker) => Uint8Array) =>
    ({ first, second, frame }) as const;
  const cases = [
    both('start', 'version', (s) => rewritten(s.frame(STOP), null, 0, 0, 0, 9)),
    both('version', 'length', (s) => rewritten(s.frame(STOP), null, 2, 9, 9, 9)),
    both('length', 'crc', (s) => s.frame(STOP).subarray(0, 20)),
    both('crc', 'tag', (s) => s.frame(STOP).map((byte, i) => (i === 16 ? 1 : byte))),
    // Without a session there is no key to judge a tag by.
    both('session', 'tag', (s) => rewritten(rewritten(s.frame(STOP), null, 5, 0, 0, 0, 99), null, TAG_AT, 1, 2)),
    both('tag', 'sequence', (s) => rewritten(rewritten(s.frame(STOP), null, 9, 0, 0, 0, 1), null, TAG_AT, 1, 2)),
    both('session', 'sequence', (s) => rewritten(s.frame(STOP), s.key, 5, 0, 0, 0, 99, 0, 0, 0, 1)),
    both('sequence', 'type', (s) => rewritten(s.frame(STOP), s.key, 9, 0, 0, 0, 1, 0x7f)),
    both('type', 'payload', (s) => typed(s, 0x7f, new Uint8Array([0xff]))),
  ];
  test.each(cases)('$first before $second', ({ first, frame }) => {
    const { pump, clinician } = running();
    pump.give(frame(clinician));
    expect(pump.logged('frameRejected')).toEqual([{ error: first }]);
  });
});

describe('whatever arrives, the radio does not throw', () => {
  test('an opening inside an open session', () => {
    const { pump, clinician } = running();
    const before = belief(pump);
    expect(clinician.refused({ name: 'openSession', payload: { role: 'clinician', nonce: 'ab'.repeat(16) } })).toBe(
      'malformed',
    );
    expect(belief(pump)).toEqual(before);
  });

  test.each([
    ['a lockout no clock can count to', { lockout: span(Number.MAX_SAFE_INTEGER) }],
    ['a bolus no clock can count to', { duration: span(2 ** 52), lockout: span(2 ** 52), rate: rate.of(1) }],
    ['a bolus no reservoir can hold', { duration: span(5 * 86_400_000), lockout: span(5 * 86_400_000) }],
  ])('%s', (_, changes) => {
    const { pump, clinician } = running();
    pump.pass('1min');
    const asked = { ...prescriptionOf({ ceiling: '10000 mg/day' }), patientBolus: { ...bolusOf(), ...changes } };
    expect(clinician.stage(asked)).toHaveProperty('refused');
    clinician.begin(asked);
    clinician.commit(asked);
    pump.open('patient').do('requestBolus');
    pump.pass('1h');
    expect(pump.status().prescription).toEqual(prescriptionOf());
  });

  const rejectedBy = ({ firmware }: BarePump) => Object.values(firmware.rejected).reduce((sum, n) => sum + n, 0);
  const changedNothing = (pump: BarePump, bytes: Uint8Array) => {
    const before = belief(pump);
    const rejected = rejectedBy(pump);
    pump.give(bytes);
    expect(belief(pump)).toEqual(before);
    return rejectedBy(pump) - rejected;
  };

  test('garbage changes nothing but the log', () => {
    const { pump } = running();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(changedNothing(pump, bytes)).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  test('nor does a real frame with bytes changed on the way', () => {
    const { pump, clinician } = running();
    const flip = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(flip, ([place, bits]) => {
        const frame = clinician.frame(STOP);
        const bytes = frame.map((byte, i) => (i === place % frame.length ? byte ^ bits : byte));
        expect(changedNothing(pump, bytes)).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  test('nor does a sound frame of any type around any payload', () => {
    const known = new Set<number>(Object.values(MESSAGES).map(({ opcode }) => opcode));
    const { pump, clinician } = running();
    const type = fc.integer({ min: 0, max: 255 }).filter((opcode) => !known.has(opcode));
    const junk = fc.record({ type, payload: fc.uint8Array({ maxLength: 64 }) });
    fc.assert(
      fc.property(junk, ({ type, payload }) => {
        clinician.sequence += 1;
        const { session, sequence, key } = clinician;
        expect(changedNothing(pump, encodeFrame({ session, sequence, type, payload }, key))).toBe(1);
      }),
      { numRuns: 200 },
    );
  });

  test('a payload of another shape under a known type is refused as malformed, whatever it holds', () => {
    const { pump, clinician } = running();
    const shapes = fc.dictionary(fc.constantFrom('serial', 'volume', 'digest', 'role', 'x'), fc.jsonValue(), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(shapes, (payload) => {
        clinician.sequence += 1;
        const { session, sequence, key } = clinician;
        const wrong = toBytes(JSON.parse(JSON.stringify(payload)));
        const bytes = encodeFrame({ session, sequence, type: MESSAGES.stop.opcode, payload: wrong }, key);
        expect(changedNothing(pump, bytes)).toBe(1);
      }),
      { numRuns: 200 },
    );
    expect(pump.status().infusion).toBe('basal');
  });
});

test('a log full of refusals for every reason at once can still be read to its end', () => {
  const { pump } = implantedPump({ bolusRateBelowBasal: 'refuse' });
  // Late in its life, so that times are as long as they get.
  pump.pass('90000d');
  const clinician = pump.open('clinician');
  const worst = {
    ...prescriptionOf({ basal: '9000 mL/day', lowReservoir: '100 mL', ceiling: '1 ng/day' }),
    patientBolus: { rate: rate.of(0), duration: span(60_000), lockout: span(0), maxPerDay: 0, parts: [] },
  };
  for (let i = 0; i < 100; i++) clinician.stage(worst);
  const read: number[] = [];
  for (let from = 1; read.length < 100; ) {
    const answer = clinician.ask({ name: 'readLog', payload: { from } });
    if (!('reply' in answer) || answer.reply.name !== 'readLog') throw new Error(`refused from record ${from}`);
    const { records, next } = answer.reply.payload;
    read.push(...records.filter(({ kind }) => kind === 'commandRefused').map(({ number }) => number));
    from = next;
  }
  expect(new Set(read).size).toBe(100);
});
