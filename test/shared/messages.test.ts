import { describe, expect, test } from 'vitest';
import { type EventType, plainChart, transitionsOf } from '../../firmware-sim/index.ts';
import {
  answerBytes,
  COMMANDS,
  type CommandName,
  instant,
  type Json,
  MESSAGE_NAMES,
  MESSAGES,
  type MessageName,
  parseDuration,
  prescriptionSchema,
  REFUSAL_CODES,
  REFUSAL_OPCODE,
  REFUSALS,
  REPLY_BIT,
  readAnswer,
  readRequest,
  requestBytes,
  toBytes,
  typeName,
} from '../../shared/index.ts';
import { PRESCRIPTION, PROGRAMS, REPLIES, REQUESTS } from './examples.ts';

test('every message has its own opcode, above 0 and below the bit that marks a reply', () => {
  const opcodes = MESSAGE_NAMES.map((name) => MESSAGES[name].opcode);
  expect(new Set(opcodes).size).toBe(opcodes.length);
  for (const opcode of opcodes) {
    expect(opcode).toBeGreaterThan(0);
    expect(opcode).toBeLessThan(REPLY_BIT);
    expect(opcode | REPLY_BIT).not.toBe(REFUSAL_OPCODE);
  }
});

test('every message has an example of its request and of its reply', () => {
  expect(Object.keys(REQUESTS)).toEqual(MESSAGE_NAMES);
  expect(Object.keys(REPLIES)).toEqual(MESSAGE_NAMES);
});

describe.each(MESSAGE_NAMES)('%s', (name) => {
  test('its request arrives as it was sent', () => {
    const { type, payload } = requestBytes(REQUESTS[name]);
    expect(type).toBe(MESSAGES[name].opcode);
    expect(typeName(type)).toBe(name);
    expect(readRequest(type, payload)).toEqual(REQUESTS[name]);
  });

  test('its reply arrives as it was sent, and only as the reply to it', () => {
    const { type, payload } = answerBytes({ reply: REPLIES[name] });
    expect(type).toBe(MESSAGES[name].opcode + REPLY_BIT);
    expect(typeName(type)).toBe(name);
    expect(readAnswer(name, type, payload)).toEqual({ reply: REPLIES[name] });
    for (const other of MESSAGE_NAMES.filter((each) => each !== name)) {
      expect(readAnswer(other, type, payload)).toEqual({ error: 'type' });
    }
  });

  test('a reply is no request, a request no reply', () => {
    const request = requestBytes(REQUESTS[name]);
    const reply = answerBytes({ reply: REPLIES[name] });
    expect(readRequest(reply.type, reply.payload)).toEqual({ error: 'type' });
    expect(readAnswer(name, request.type, request.payload)).toEqual({ error: 'type' });
  });

  test('a payload with a part too many, a part missing or no payload at all is not read', () => {
    const { type } = requestBytes(REQUESTS[name]);
    const answer = MESSAGES[name].opcode + REPLY_BIT;
    const more = (payload: object) => toBytes({ ...payload, extra: 1 });
    expect(readRequest(type, more(REQUESTS[name].payload))).toEqual({ error: 'payload' });
    expect(readAnswer(name, answer, more(REPLIES[name].payload))).toEqual({ error: 'payload' });
    for (const less of withoutOne(REQUESTS[name].payload)) {
      expect(readRequest(type, toBytes(less))).toEqual({ error: 'payload' });
    }
    for (const less of withoutOne(REPLIES[name].payload)) {
      expect(readAnswer(name, answer, toBytes(less))).toEqual({ error: 'payload' });
    }
    expect(readRequest(type, new Uint8Array())).toEqual({ error: 'payload' });
    expect(readAnswer(name, answer, new Uint8Array())).toEqual({ error: 'payload' });
  });
});

test.each(REFUSAL_CODES)('the refusal %s arrives as it was sent, as the answer to anything', (code) => {
  const refused = { code, also: [...REFUSAL_CODES], until: instant(5), shortest: parseDuration('3min') };
  const { type, payload } = answerBytes({ refused });
  expect(type).toBe(REFUSAL_OPCODE);
  expect(typeName(type)).toBe('refusal');
  for (const name of MESSAGE_NAMES) expect(readAnswer(name, type, payload)).toEqual({ refused });
  expect(readRequest(type, payload)).toEqual({ error: 'type' });
});

test('every refusal reads differently', () => {
  expect(new Set(Object.values(REFUSALS)).size).toBe(REFUSAL_CODES.length);
});

describe('what no station would send is not read', () => {
  test.each<[string, MessageName, Json]>([
    ['a role nobody has', 'openSession', { role: 'surgeon' }],
    ['a volume below 0', 'enterReservoir', { serial: 'X', volume: -1, aspirated: null }],
    ['half a unit of volume', 'enterReservoir', { serial: 'X', volume: 0.5, aspirated: null }],
    ['a digest too short', 'beginUpdate', { digest: 'abc' }],
    ['a list for a record', 'stop', []],
    ['nothing for a record', 'stop', null],
    ['a local time before 1970', 'setClock', { wall: -1 }],
    ['a local time after 100 000 000 days', 'setClock', { wall: 8_640_000_000_000_001 }],
    ['half a millisecond', 'implant', { serial: 'X', wall: 0.5 }],
    ['a rate with the command for the minimum rate', 'minimumRate', { rate: 6000 }],
  ])('%s', (_, name, payload) => {
    expect(readRequest(MESSAGES[name].opcode, toBytes(payload))).toEqual({ error: 'payload' });
  });

  test('a type nobody knows', () => {
    expect(readRequest(0x7f, toBytes({}))).toEqual({ error: 'type' });
    expect(typeName(0x7f)).toBe('unknown 127');
  });

  test('lists in lists as deep as a frame is long', () => {
    const payload = new Uint8Array(8192).fill(0x81);
    expect(readRequest(MESSAGES.stop.opcode, payload)).toEqual({ error: 'payload' });
  });
});

describe('a prescription travels whole', () => {
  const staging = (prescription: object): Uint8Array =>
    toBytes({ ...REQUESTS.stagePrescription.payload, prescription } as Json);
  const sent = (prescription: object) => readRequest(MESSAGES.stagePrescription.opcode, staging(prescription));

  test.each(Object.values(PROGRAMS))('with a program of type $type', (program) => {
    const prescription = { ...PRESCRIPTION, program };
    const { payload } = REQUESTS.stagePrescription;
    expect(sent(prescription)).toEqual({ name: 'stagePrescription', payload: { ...payload, prescription } });
  });

  test.each(Object.values(PROGRAMS))('$type: without any one part of its program it is not read', (program) => {
    for (const less of withoutOne(program))
      expect(sent({ ...PRESCRIPTION, program: less })).toEqual({ error: 'payload' });
  });

  const [morphine, bupivacaine] = PRESCRIPTION.drugs;
  const daily = (days: readonly number[]) => ({ type: 'daily', groups: [{ days, steps: [] }] });
  test.each<[string, object]>([
    ['four drugs', { drugs: [morphine, bupivacaine, morphine, bupivacaine] }],
    ['a drug nobody knows', { drugs: [{ ...morphine, name: 'water' }] }],
    ['one drug outside a list', { drugs: morphine ?? {} }],
    ['a program of a type nobody knows', { program: { type: 'hourly', rate: 1 } }],
    ['a rate below 0', { program: { type: 'constant', rate: -1 } }],
    ['an eighth day of the week', { program: daily([7]) }],
    ['half a day', { program: daily([0.5]) }],
    ['a dose limit of no window', { doseLimit: { dose: 1 } }],
    ['a dose limit below 0', { doseLimit: { dose: -1, window: 1 } }],
    ['a bolus of no lockout', { patientBolus: { rate: 1, duration: 1, maxPerDay: 1 } }],
  ])('not with %s', (_, part) => {
    expect(sent({ ...PRESCRIPTION, ...part })).toEqual({ error: 'payload' });
    expect(prescriptionSchema.safeParse({ ...PRESCRIPTION, ...part }).success).toBe(false);
  });

  test('of a diluent: no drug, no bolus, no dose limit', () => {
    const saline = { ...PRESCRIPTION, drugs: [], patientBolus: null, doseLimit: null };
    expect(sent(saline)).toMatchObject({ payload: { prescription: saline } });
  });
});

describe('who may ask what', () => {
  test('only opening a session needs none', () => {
    expect(MESSAGE_NAMES.filter((name) => !MESSAGES[name].inSession)).toEqual(['openSession']);
  });

  test('what may change delivery is what the chart of the pump drives its motor on', () => {
    const EVENTS: Readonly<Record<CommandName, EventType>> = {
      implant: 'IMPLANT',
      enterReservoir: 'ENTER_RESERVOIR',
      stagePrescription: 'STAGE',
      beginUpdate: 'UPDATE_BEGIN',
      commitUpdate: 'UPDATE_COMMIT',
      stop: 'STOP',
      resume: 'RESUME',
      requestBolus: 'BOLUS_REQUEST',
      minimumRate: 'MINIMUM_RATE',
      setClock: 'CLOCK_SET',
      silenceAlarm: 'SILENCE_ALARM',
      clinicianBolus: 'CLINICIAN_BOLUS',
      clearAlarm: 'CLEAR_ALARM',
      setAlarmInterval: 'SET_ALARM_INTERVAL',
      testAlarm: 'TEST_ALARM',
      noteDiscrepancy: 'NOTE_DISCREPANCY',
    };
    const drives = (event: EventType): boolean =>
      Object.values(plainChart.regions).some((region) =>
        Object.keys(region.states).some((state) =>
          transitionsOf(region, state, event).some(({ effects = [] }) => effects.includes('drive')),
        ),
      );
    const changing = MESSAGE_NAMES.filter((name) => MESSAGES[name].changesDelivery);
    expect(changing.toSorted()).toEqual(COMMANDS.filter((name) => drives(EVENTS[name])).toSorted());
  });
});

/** A payload without each of its parts in turn. */
function withoutOne(payload: object): { readonly [key: string]: Json }[] {
  const parts = Object.entries(payload);
  return parts.map((_, i) => Object.fromEntries(parts.filter((_, k) => k !== i)));
}

test('a refusal of no known reason is not read', () => {
  const payload = toBytes({ code: 'tired', also: [], until: null, shortest: null });
  expect(readAnswer('stop', REFUSAL_OPCODE, payload)).toEqual({ error: 'payload' });
});
