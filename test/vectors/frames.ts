import {
  ALARM_CODES,
  type Answer,
  answerBytes,
  bytesToHex,
  encodeFrame,
  instant,
  type Json,
  type Key,
  MESSAGE_NAMES,
  MESSAGES,
  type MessageName,
  MOST_PAYLOAD,
  type Prescription,
  parseDuration,
  REFUSAL_CODES,
  type Refusal,
  type ReplyOf,
  type Request,
  ROLES,
  type Role,
  rate,
  requestBytes,
  roleKey,
  sessionKey,
  simulatedPairing,
  span,
  toBytes,
} from '../../shared/index.ts';
import { NONCES, PRESCRIPTION, PROGRAMS, REPLIES, REQUESTS, STATUS } from '../shared/examples.ts';

/** A frame, and all there is to make it from. */
export interface FrameVector {
  readonly what: string;
  readonly message: MessageName;
  readonly kind: 'request' | 'reply' | 'refusal';
  /** Whose key tags it; null where none does, though the role has one. */
  readonly role: Role | null;
  readonly session: number;
  readonly sequence: number;
  readonly type: number;
  readonly payload: Json;
  readonly frame: string;
}

export const SERIAL = STATUS.serial;
export const PAIRING = simulatedPairing(SERIAL);
/** The session all frames of one are in: each role's of the same number and nonces, under its own key. */
export const SESSION = { session: 7, ...NONCES };
const WORD = 0xffff_ffff;

export const keyOf = (role: Role | null): Key | null => {
  const own = role === null ? null : roleKey(PAIRING, role);
  return sessionKey(own, SESSION);
};

interface Place {
  readonly role?: Role | null;
  readonly session?: number;
  readonly sequence?: number;
}

function vector(
  what: string,
  message: MessageName,
  said: { readonly request: Request } | Answer,
  place: Place,
): FrameVector {
  const outside = message === 'openSession' && !('refused' in said);
  const { role = outside ? null : 'clinician', session = outside ? 0 : SESSION.session, sequence = 300 } = place;
  const { type, payload } = 'request' in said ? requestBytes(said.request) : answerBytes(said);
  const kind = 'request' in said ? 'request' : 'reply' in said ? 'reply' : 'refusal';
  const value = 'request' in said ? said.request.payload : 'reply' in said ? said.reply.payload : said.refused;
  const frame = bytesToHex(encodeFrame({ session, sequence, type, payload }, keyOf(role)));
  return { what, message, kind, role, session, sequence, type, payload: value as Json, frame };
}

const request = (what: string, asked: Request, place: Place = {}): FrameVector =>
  vector(what, asked.name, { request: asked }, place);
const refusal = (what: string, message: MessageName, refused: Refusal, place: Place = {}): FrameVector =>
  vector(what, message, { refused }, place);

/** Every message both ways, under the key of every role that may send it. */
const everyMessage = MESSAGE_NAMES.flatMap((name) =>
  MESSAGES[name].roles.flatMap((role) => {
    const place = name === 'openSession' ? {} : { role };
    return [
      request(`${name} by the role ${role}`, asked(name, role), place),
      vector(`the reply to it`, name, { reply: REPLIES[name] }, place),
    ];
  }),
);

function asked(name: MessageName, role: Role): Request {
  return name === 'openSession' ? { name, payload: { role, nonce: NONCES.station } } : REQUESTS[name];
}

const none: Refusal = { code: 'noSession', also: [], until: null, shortest: null };
const everyRefusal = [
  ...REFUSAL_CODES.map((code) => refusal(`refused: ${code}`, 'stop', { ...none, code })),
  refusal('refused for every reason at once, until then, with a bolus that would fit', 'stagePrescription', {
    code: 'bolusTooFast',
    also: [...REFUSAL_CODES],
    until: instant(14_400_000),
    shortest: span(180_000),
  }),
  refusal('untagged: the pump knows no such session', 'stop', none, { role: null }),
  refusal('untagged: the station is not paired', 'authenticate', { ...none, code: 'notPaired' }, { role: null }),
  refusal('in an emergency session: not its right', 'resume', { ...none, code: 'roleTooLow' }, { role: 'emergency' }),
];

const staging = (what: string, prescription: Prescription): FrameVector =>
  request(what, { name: 'stagePrescription', payload: { ...REQUESTS.stagePrescription.payload, prescription } });
const everyProgram = [
  ...Object.values(PROGRAMS).map((program) =>
    staging(`a prescription with a program of type ${program.type}`, { ...PRESCRIPTION, program }),
  ),
  staging('a prescription with patient boluses by part of the day', {
    ...PRESCRIPTION,
    patientBolus: PRESCRIPTION.patientBolus && {
      ...PRESCRIPTION.patientBolus,
      parts: [
        { from: parseDuration('22h'), to: parseDuration('6h'), bolus: null },
        {
          from: parseDuration('6h'),
          to: parseDuration('10h'),
          bolus: { rate: rate.parse('14.4 mL/day'), duration: parseDuration('4min'), lockout: parseDuration('2h') },
        },
      ],
    },
  }),
  staging('a prescription of a diluent', { ...PRESCRIPTION, drugs: [], patientBolus: null, doseLimit: null }),
];

/** Where the head of a CBOR item grows by a byte. */
const EDGES = [0, 23, 24, 255, 256, 65_535, 65_536, WORD, WORD + 1, Number.MAX_SAFE_INTEGER];
const LENGTHS = [0, 1, 23, 24, 255, 256];
const edges = [
  ...EDGES.map((from) => request(`the number ${from}`, { name: 'readLog', payload: { from } })),
  ...LENGTHS.map((length) =>
    request(`a text of ${length} letters`, {
      name: 'implant',
      payload: { ...REQUESTS.implant.payload, serial: 'x'.repeat(length) },
    }),
  ),
  request('a text beyond ASCII', {
    name: 'implant',
    payload: { ...REQUESTS.implant.payload, serial: 'Gerät № 7 — 𝛿 𝄞' },
  }),
  request('the highest session and sequence', REQUESTS.stop, { session: WORD, sequence: WORD }),
  request('the lowest session and sequence', REQUESTS.stop, { session: 1, sequence: 0 }),
];

/** Each kind of value a record of the log may hold; a text as long as the frame has room for. */
function longestLog(): ReplyOf<'readLog'> {
  const data = { text: '', none: null, yes: true, no: false, number: 2 ** 53 - 1, list: [...ALARM_CODES], empty: [] };
  const page = (text: string) => ({
    records: [{ number: 1, at: instant(1000), kind: 'reset' as const, data: { ...data, text } }],
    next: 2,
    dropped: 0,
  });
  // The head of a text that long has two bytes more than that of an empty one.
  return page('x'.repeat(MOST_PAYLOAD - toBytes(page('')).length - 2));
}

const replies = [
  vector('the longest frame there is', 'readLog', { reply: { name: 'readLog', payload: longestLog() } }, {}),
  vector('the reply to a status before any prescription', 'interrogate', { reply: onShelf() }, { role: 'refill' }),
  ...(['neverArrived', 'unknown'] as const).map((became) =>
    vector(`what became of a command: ${became}`, 'recall', recalled(became), {}),
  ),
];

function onShelf() {
  const nothing = { prescription: null, prescribedAt: null, nextBolus: null, wall: null, replaceBy: null };
  const stopped = { why: 'notStarted', since: instant(0) } as const;
  const alarms = ALARM_CODES.map((code) => ({ code, since: instant(5) }));
  const silenced = [{ code: 'lowReservoir' as const, until: instant(9) }];
  const tone = { nextTone: { at: instant(60_000), class: 'critical' as const, sound: 'two-tone' as const } };
  const payload = { ...STATUS, ...nothing, service: 'shelf' as const, stopped, alarms, silenced, ...tone };
  return { name: 'interrogate', payload } as const;
}

function recalled(became: 'neverArrived' | 'unknown'): Answer {
  return { reply: { name: 'recall', payload: { became, answer: null } } };
}

export const FRAMES: readonly FrameVector[] = [...everyMessage, ...everyProgram, ...everyRefusal, ...edges, ...replies];

/** A role's keys, from the pairing key to the tag of an empty frame's worth of bytes. */
export const KEYS = ROLES.map((role) => ({
  what: `the keys of the role ${role}`,
  role,
  pairing: PAIRING.hex,
  ...SESSION,
  roleKey: roleKey(PAIRING, role)?.hex ?? null,
  sessionKey: keyOf(role)?.hex ?? null,
}));
