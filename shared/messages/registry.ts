import { z } from 'zod';
import { ALARM_CODES, REFUSAL_CODES, ROLES, type Role, STOP_REASON_CODES } from '../codes.ts';
import { prescriptionSchema } from '../prescription.ts';
import { historyAnchorSchema, historyEntrySchema, logRecordSchema, MODES, statusSchema } from '../status.ts';
import { wire } from '../wire.ts';

/** One exchange: what is asked, what is answered, who may ask it, and whether it may change delivery. */
export interface MessageSpec {
  readonly opcode: number;
  readonly request: z.ZodType;
  readonly reply: z.ZodType;
  readonly roles: readonly Role[];
  /** Whether it needs an open session; without one the session field of the frame is 0. */
  readonly inSession: boolean;
  readonly changesDelivery: boolean;
}

const nothing = z.strictObject({});
const digest = z.string().regex(/^[0-9a-f]{32}$/);
const hex = z.string().regex(/^([0-9a-f]{2})*$/);
const nonce = z.string().regex(/^[0-9a-f]{32}$/);
const CLINIC: readonly Role[] = ['clinician'];
const REFILL: readonly Role[] = ['refill', 'clinician'];
const message = <S extends MessageSpec>(spec: S): S => spec;

/** Everything that can be said over the link. A reply's opcode is the request's with the top bit set. */
export const MESSAGES = {
  openSession: message({
    opcode: 0x01,
    request: z.strictObject({ role: z.enum(ROLES), nonce }),
    reply: z.strictObject({ session: wire.count, serial: z.string(), profile: z.string(), nonce }),
    roles: ROLES,
    inSession: false,
    changesDelivery: false,
  }),
  authenticate: message({
    opcode: 0x02,
    request: nothing,
    // The alarms tell a patient's handset, whatever it asks for next.
    reply: z.strictObject({
      alarms: z.array(z.enum(ALARM_CODES)),
      /** The pump's own time, in which it tells every other. */
      now: wire.instant,
    }),
    roles: ROLES,
    inSession: true,
    changesDelivery: false,
  }),
  closeSession: message({
    opcode: 0x03,
    request: nothing,
    reply: nothing,
    roles: ROLES,
    inSession: true,
    changesDelivery: false,
  }),
  recall: message({
    opcode: 0x04,
    request: z.strictObject({ session: wire.count, sequence: wire.count }),
    reply: z.strictObject({
      became: z.enum(['answered', 'neverArrived', 'unknown']),
      answer: z.strictObject({ type: wire.count, payload: hex }).nullable(),
    }),
    roles: ['patient', 'refill', 'clinician'],
    inSession: true,
    changesDelivery: false,
  }),
  interrogate: message({
    opcode: 0x05,
    request: nothing,
    reply: statusSchema,
    roles: ROLES,
    inSession: true,
    changesDelivery: false,
  }),
  implant: message({
    opcode: 0x10,
    request: z.strictObject({ serial: z.string(), wall: wire.wallClock }),
    reply: nothing,
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
  enterReservoir: message({
    opcode: 0x11,
    request: z.strictObject({ serial: z.string(), volume: wire.volume }),
    reply: z.strictObject({
      expected: wire.volume,
      /** What has been commanded since the fill before; null where there was none. */
      commanded: wire.volume.nullable(),
    }),
    roles: REFILL,
    inSession: true,
    changesDelivery: true,
  }),
  stagePrescription: message({
    opcode: 0x12,
    request: z.strictObject({
      serial: z.string(),
      prescription: prescriptionSchema,
      run: z.boolean(),
      /** Accepts that boluses already given exceed the dose limit together with the program. */
      override: z.boolean(),
    }),
    reply: z.strictObject({
      digest,
      /** When a patient's request could be granted if it took effect now, as far as time alone decides. */
      nextBolus: wire.instant.nullable(),
      /** What delivery would be if it took effect now, and why it would be none. */
      delivery: z.strictObject({ mode: z.enum(MODES), why: z.enum(STOP_REASON_CODES).nullable() }),
    }),
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
  beginUpdate: message({
    opcode: 0x13,
    request: z.strictObject({ digest }),
    reply: nothing,
    roles: CLINIC,
    inSession: true,
    changesDelivery: true,
  }),
  commitUpdate: message({
    opcode: 0x14,
    request: z.strictObject({ digest }),
    reply: z.strictObject({ record: wire.count }),
    roles: CLINIC,
    inSession: true,
    changesDelivery: true,
  }),
  stop: message({
    opcode: 0x15,
    request: nothing,
    reply: nothing,
    roles: [...CLINIC, 'emergency'],
    inSession: true,
    changesDelivery: true,
  }),
  resume: message({
    opcode: 0x16,
    request: nothing,
    reply: nothing,
    roles: CLINIC,
    inSession: true,
    changesDelivery: true,
  }),
  minimumRate: message({
    opcode: 0x17,
    request: nothing,
    reply: nothing,
    roles: CLINIC,
    inSession: true,
    changesDelivery: true,
  }),
  setClock: message({
    opcode: 0x18,
    request: z.strictObject({ wall: wire.wallClock }),
    reply: nothing,
    roles: CLINIC,
    inSession: true,
    changesDelivery: true,
  }),
  readHistory: message({
    opcode: 0x20,
    request: z.strictObject({ from: wire.count }),
    reply: z.strictObject({ entries: z.array(historyEntrySchema), total: wire.count, anchor: historyAnchorSchema }),
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
  readLog: message({
    opcode: 0x21,
    request: z.strictObject({ from: wire.count }),
    reply: z.strictObject({ records: z.array(logRecordSchema), next: wire.count, dropped: wire.count }),
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
  requestBolus: message({
    opcode: 0x30,
    request: nothing,
    reply: z.strictObject({
      ends: wire.instant,
      volume: wire.volume,
      /** When the next request could be granted, as far as time alone decides; null where none ever could. */
      nextBolus: wire.instant.nullable(),
    }),
    roles: ['patient', 'clinician'],
    inSession: true,
    changesDelivery: true,
  }),
  silenceAlarm: message({
    opcode: 0x40,
    request: z.strictObject({ alarm: z.enum(ALARM_CODES) }),
    reply: z.strictObject({ until: wire.instant }),
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
} as const;

export type MessageName = keyof typeof MESSAGES;
export const MESSAGE_NAMES = Object.keys(MESSAGES) as MessageName[];

/** Whether a role has the right to a message. */
export function mayAsk(role: Role, name: MessageName): boolean {
  const roles: readonly Role[] = MESSAGES[name].roles;
  return roles.includes(role);
}

/** The other answer any request may get: one reason, and all that applied. */
export const refusalSchema = z.strictObject({
  code: z.enum(REFUSAL_CODES),
  also: z.array(z.enum(REFUSAL_CODES)),
  /** When the reason ends by itself, where that is known. */
  until: wire.instant.nullable(),
  /** The shortest duration of a bolus that would fit, where it is too fast. */
  shortest: wire.duration.nullable(),
});
export type Refusal = z.output<typeof refusalSchema>;

export const REPLY_BIT = 0x80;
export const REFUSAL_OPCODE = 0xff;

type RequestOf<N extends MessageName> = z.output<(typeof MESSAGES)[N]['request']>;
export type ReplyOf<N extends MessageName> = z.output<(typeof MESSAGES)[N]['reply']>;

export type Request = { [N in MessageName]: { readonly name: N; readonly payload: RequestOf<N> } }[MessageName];
export type ReplyTo<N extends MessageName> = { readonly name: N; readonly payload: ReplyOf<N> };
export type Reply = { [N in MessageName]: ReplyTo<N> }[MessageName];
export type Answer = { readonly reply: Reply } | { readonly refused: Refusal };
