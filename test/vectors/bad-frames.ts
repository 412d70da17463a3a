import { Radio } from '../../firmware-sim/firmware/radio.ts';
import { memoryStore } from '../../firmware-sim/index.ts';
import {
  bytesToHex,
  crc32,
  encodeFrame,
  type FrameError,
  hexToBytes,
  instant,
  type Json,
  type Key,
  MESSAGES,
  MOST_PAYLOAD,
  type Request,
  requestBytes,
  silent,
  simulatedPairing,
  span,
  toBytes,
} from '../../shared/index.ts';
import { HandStation } from '../firmware/station.ts';
import { PRESCRIPTION, REQUESTS, STATUS } from '../shared/examples.ts';

/** A frame that a pump in a known state does not carry out: the code it is counted under, and its answer. */
export interface BadVector {
  readonly what: string;
  readonly code: FrameError | null;
  readonly frame: string;
  readonly answer: string | null;
}

const { serial, profile } = STATUS;
const STOP = requestBytes(REQUESTS.stop);
const CRC = 4;
const TAG = 8;

/** A pump that a patient has left, with a clinician and somebody in an emergency in session, and a challenge open. */
export function pumpAtHand() {
  const rejected: FrameError[] = [];
  const executed: string[] = [];
  const behind = {
    random: () => '1',
    identity: () => ({ serial, profile, pairing: simulatedPairing(serial) }),
    opened: () => ({ alarms: [], now: instant(1000) }),
    closed: () => undefined,
    execute: ({ name }: Request) => {
      executed.push(name);
      return { reply: REPLY };
    },
    rejected: (error: FrameError) => void rejected.push(error),
    refused: () => undefined,
  };
  const radio = new Radio(behind, span(900_000), silent, memoryStore());
  const give = (bytes: Uint8Array) => radio.take(bytes, instant(1000));
  const station = (role: 'patient' | 'clinician' | 'emergency' | 'refill', sequence: number) => {
    const made = new HandStation(give, role, serial);
    made.sequence = sequence;
    return made;
  };
  const patient = station('patient', 30);
  patient.open();
  patient.ask({ name: 'closeSession', payload: {} });
  const clinician = station('clinician', 300);
  clinician.open();
  clinician.ask(REQUESTS.stop);
  const emergency = station('emergency', 0);
  emergency.open();
  const refill = station('refill', 70);
  refill.greet();
  executed.length = 0;
  return { give, rejected, executed, patient, clinician, emergency, refill };
}
const REPLY = { name: 'stop', payload: {} } as const;

const at = pumpAtHand();
const { clinician, emergency, patient, refill } = at;
const PAYLOAD_AT = 14;

interface Parts {
  readonly session?: number;
  readonly sequence?: number;
  readonly type?: number;
  readonly payload?: Uint8Array;
}

/** The next frame of the clinician's session, with some of its parts others. */
const next = (parts: Parts = {}, key: Key | null = clinician.key): Uint8Array =>
  encodeFrame({ session: clinician.session, sequence: clinician.sequence + 1, ...STOP, ...parts }, key);

/** Bytes overwritten from a place on, counted from the end where it is negative, and the CRC made right again. */
const patched = (frame: Uint8Array, place: number, ...bytes: readonly number[]): Uint8Array => {
  const changed = Uint8Array.from(frame);
  changed.set(bytes, place < 0 ? changed.length + place : place);
  const end = changed.length - CRC;
  new DataView(changed.buffer).setUint32(end, crc32(changed.subarray(0, end)));
  return changed;
};
const reading = (hex: string): Uint8Array => next({ type: MESSAGES.readLog.opcode, payload: hexToBytes(hex) });
const request = (name: keyof typeof MESSAGES, payload: Json): Uint8Array =>
  next({ type: MESSAGES[name].opcode, payload: toBytes(payload) });
const staged = (change: { readonly [part: string]: Json }): Uint8Array =>
  request('stagePrescription', {
    ...REQUESTS.stagePrescription.payload,
    prescription: { ...PRESCRIPTION, ...change },
  } as Json);
const tooLong = (): Uint8Array => {
  const bytes = new Uint8Array(PAYLOAD_AT + MOST_PAYLOAD + 1 + TAG + CRC);
  bytes.set(next().subarray(0, PAYLOAD_AT));
  return patched(bytes, 3, (MOST_PAYLOAD + 1) >> 8, (MOST_PAYLOAD + 1) & 0xff);
};

/** `from` is one text, a head of two bytes: what follows it stands at 6 in the map. */
const FROM = '6466726f6d';
const CASES: readonly (readonly [what: string, code: FrameError | null, frame: Uint8Array])[] = [
  ['no bytes', 'start', new Uint8Array()],
  ['one byte', 'start', next().subarray(0, 1)],
  ['another first byte', 'start', patched(next(), 0, 0x7f)],
  ['another second byte', 'start', patched(next(), 1, 0xc0)],
  ['two bytes', 'version', next().subarray(0, 2)],
  ['version 0', 'version', patched(next(), 2, 0)],
  ['version 2, and another length', 'version', patched(next(), 2, 2, 9, 9)],
  ['three bytes', 'length', next().subarray(0, 3)],
  ['a head alone', 'length', next().subarray(0, PAYLOAD_AT)],
  ['the last byte missing', 'length', next().subarray(0, -1)],
  ['a byte too many', 'length', Uint8Array.from([...next(), 0])],
  ['a length of one more', 'length', patched(next(), 4, 2)],
  ['a payload longer than may be', 'length', tooLong()],
  ['a bit of the type another', 'crc', next().map((byte, i) => (i === 13 ? byte ^ 1 : byte))],
  ['a bit of the CRC another', 'crc', next().map((byte, i, all) => (i === all.length - 1 ? byte ^ 1 : byte))],
  ['a CRC of little-endian', 'crc', reversedCrc(next())],
  ['no tag', 'tag', next({}, null)],
  ['the last bit of the tag another', 'tag', patched(next(), -CRC - 1, (next().at(-CRC - 1) ?? 0) ^ 1)],
  ['the tag of another type', 'tag', patched(next(), 13, 0x16)],
  ['the tag of the pairing key', 'tag', next({}, clinician.pairing)],
  ['the tag of another session’s key', 'tag', next({}, patient.key)],
  ['a tag in session 0', 'tag', next({ session: 0 })],
  ['a tag in an emergency session', 'tag', next({ session: emergency.session, sequence: 90 })],
  ['a low sequence number, and no tag', 'tag', next({ sequence: 1 }, null)],
  ['a challenge answered with another key', 'tag', proof(clinician.key)],
  ['a challenge answered with no tag', 'tag', proof(null)],
  ['a command instead of the answer to a challenge, untagged', 'tag', next({ session: refill.session }, null)],
  ['a session nobody was given', 'session', next({ session: 99 })],
  ['the same, with a type nobody knows, and no tag', 'session', next({ session: 99, type: 0x7f }, null)],
  ['the highest session there can be', 'session', next({ session: 0xffff_ffff })],
  [
    'more in a session its station has closed',
    'session',
    next({ session: patient.session, sequence: 99 }, patient.key),
  ],
  ['a sequence number of before', 'sequence', next({ sequence: 1 })],
  ['the one just before the last', 'sequence', next({ sequence: clinician.sequence - 1, type: 0x7f })],
  ['one of before, in a session just closed', 'session', next({ session: patient.session, sequence: 1 }, patient.key)],
  ['a type nobody knows', 'type', next({ type: 0x7f })],
  ['type 0', 'type', next({ type: 0 })],
  ['a reply', 'type', next({ type: 0x95 })],
  ['a refusal', 'type', next({ type: 0xff })],
  ['an opening in a session', 'type', next(requestBytes(REQUESTS.openSession))],
  ['an answer to a challenge in a session', 'type', next(requestBytes(REQUESTS.authenticate))],
  ['a type nobody knows in session 0', 'type', next({ session: 0, type: 0x7f }, null)],
  ['a type nobody knows to a challenge', 'type', next({ session: refill.session, type: 0x7f }, refill.key)],
  ['a type nobody knows in an emergency', 'type', next({ session: emergency.session, sequence: 90, type: 0x7f }, null)],
  ['no payload', 'payload', next({ payload: new Uint8Array() })],
  ['a payload for a command that has none', 'payload', request('stop', { now: true })],
  ['a list', 'payload', request('stop', [])],
  ['null', 'payload', request('stop', null)],
  ['a byte after the payload', 'payload', next({ payload: hexToBytes('a000') })],
  ['a break', 'payload', next({ payload: hexToBytes('ff') })],
  ['half a map', 'payload', reading(`a1${FROM}`)],
  ['lists in lists as deep as a frame is long', 'payload', next({ payload: new Uint8Array(MOST_PAYLOAD).fill(0x81) })],
  ['a map of indefinite length', 'payload', reading(`bf${FROM}01ff`)],
  ['a text of indefinite length', 'payload', reading(`a17f${FROM}ff01`)],
  ['a map whose length is longer than it need be', 'payload', reading(`b801${FROM}01`)],
  ['a number longer than it need be', 'payload', reading(`a1${FROM}1801`)],
  ['a number in eight bytes that fits four', 'payload', reading(`a1${FROM}1b0000000000000001`)],
  ['a whole number as a fraction', 'payload', reading(`a1${FROM}f93c00`)],
  ['half a number', 'payload', reading(`a1${FROM}f93800`)],
  ['a number below 0', 'payload', reading(`a1${FROM}20`)],
  ['a number of 2^53', 'payload', reading(`a1${FROM}1b0020000000000000`)],
  ['a bignum', 'payload', reading(`a1${FROM}c24101`)],
  ['a tagged number', 'payload', reading(`a1${FROM}c101`)],
  ['a byte string', 'payload', reading(`a1${FROM}4101`)],
  ['undefined', 'payload', reading(`a1${FROM}f7`)],
  ['not a number', 'payload', reading(`a1${FROM}f97e00`)],
  ['an infinity', 'payload', reading(`a1${FROM}f97c00`)],
  ['a simple value', 'payload', reading(`a1${FROM}e0`)],
  ['a field twice', 'payload', reading(`a2${FROM}01${FROM}01`)],
  ['a field whose name is a number', 'payload', reading('a10101')],
  ['a text that is no UTF-8', 'payload', reading('a164ff726f6d01')],
  ['fields in another order', 'payload', next({ type: MESSAGES.recall.opcode, payload: unordered() })],
  ['a field too many', 'payload', request('readLog', { from: 1, to: 2 })],
  ['a field missing', 'payload', request('recall', { session: 1 })],
  ['a text for a number', 'payload', request('readLog', { from: '1' })],
  ['a digest a digit short', 'payload', request('beginUpdate', { digest: 'a'.repeat(31) })],
  ['a digest in upper case', 'payload', request('beginUpdate', { digest: 'A'.repeat(32) })],
  ['a local time after 100 000 000 days', 'payload', request('setClock', { wall: 8_640_000_000_000_001 })],
  ['an alarm nobody knows', 'payload', request('silenceAlarm', { alarm: 'fire' })],
  ['four drugs', 'payload', staged({ drugs: [0, 1, 2, 3].map(() => ({ name: 'morphine', concentration: 1 })) })],
  ['a program nobody knows', 'payload', staged({ program: { type: 'hourly', rate: 1 } })],
  ['an eighth day of the week', 'payload', staged({ program: { type: 'daily', groups: [{ days: [7], steps: [] }] } })],
  ['a bolus without a lockout', 'payload', staged({ patientBolus: { rate: 1, duration: 1, maxPerDay: 1 } })],
  ['a window too long to count', 'payload', staged({ doseLimit: { dose: 1, window: 8_640_000_000_001 } })],
  ['a role nobody has, in session 0', 'payload', greeting({ role: 'surgeon', nonce: '0'.repeat(32) })],
  ['a nonce in upper case, in session 0', 'payload', greeting({ role: 'patient', nonce: 'A'.repeat(32) })],
  // Nothing is wrong with these frames: they come at the wrong time.
  ['a command in session 0', null, next({ session: 0 }, null)],
  ['a command instead of the answer to a challenge', null, next({ session: refill.session }, refill.key)],
];

function greeting(payload: Json): Uint8Array {
  const { opcode: type } = MESSAGES.openSession;
  return encodeFrame({ session: 0, sequence: 1, type, payload: toBytes(payload) });
}
function proof(key: Key | null): Uint8Array {
  return next({ session: refill.session, ...requestBytes(REQUESTS.authenticate) }, key);
}
function unordered(): Uint8Array {
  return hexToBytes(`a2${'6873657175656e6365'}03${'6773657373696f6e'}01`);
}
function reversedCrc(frame: Uint8Array): Uint8Array {
  return Uint8Array.from([...frame.subarray(0, -CRC), ...frame.subarray(-CRC).toReversed()]);
}

export const BAD: readonly BadVector[] = CASES.map(([what, code, frame]) => {
  const answer = pumpAtHand().give(frame);
  return { what, code, frame: bytesToHex(frame), answer: answer === undefined ? null : bytesToHex(answer) };
});

const told = ({ session, sequence, key }: HandStation, role: string, state: 'open' | 'closed' | 'challenged') => ({
  session,
  role,
  state,
  sequence,
  key: key?.hex ?? null,
});

/** Who that pump knows: the number of the last frame answered, where there was one. */
export const KNOWN = [
  told(patient, 'patient', 'closed'),
  told(clinician, 'clinician', 'open'),
  told(emergency, 'emergency', 'open'),
  told(refill, 'refill', 'challenged'),
];
