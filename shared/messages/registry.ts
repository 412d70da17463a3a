import { z } from 'zod';
import { ALARM_CODES, REFUSAL_CODES, type RefusalCode, ROLES, type Role, STOP_REASON_CODES } from '../codes.ts';
import { DISCREPANCY_REASON_CODES, noteSchema } from '../discrepancy.ts';
import { LIMIT_ANSWERS, LIMIT_NAMES, libraryStampSchema } from '../drug-limits.ts';
import { DRUGS } from '../drugs.ts';
import { namesOf } from '../names.ts';
import { prescriptionSchema } from '../prescription.ts';
import {
  AFTER_BOLUS,
  COMMANDS,
  historyAnchorSchema,
  historyEntrySchema,
  logRecordSchema,
  MODES,
  statusSchema,
} from '../status.ts';
import { shape, wire } from '../wire.ts';

/** One exchange: what is asked, what is answered, who may ask it, and whether it may change delivery. */
interface MessageSpec {
  /** What it is for, as docs/protocol.md says it. */
  readonly about: string;
  readonly opcode: number;
  readonly request: z.ZodType;
  readonly reply: z.ZodType;
  readonly roles: readonly Role[];
  /** Whether it needs an open session; without one the session field of the frame is 0. */
  readonly inSession: boolean;
  readonly changesDelivery: boolean;
}

const nothing = z.strictObject({});
const serial = z.string().describe('Serial number of the pump it is for');
const CLINIC: readonly Role[] = ['clinician'];
const REFILL: readonly Role[] = ['refill', 'clinician'];
const message = <S extends MessageSpec>(spec: S): S => spec;

/** Everything that can be said over the link. A reply's opcode is the request's with the top bit set. */
export const MESSAGES = {
  openSession: message({
    about: 'Asks for a session. The pump puts a challenge; nothing is open yet.',
    opcode: 0x01,
    request: z.strictObject({
      role: z.enum(ROLES).describe('Who asks'),
      nonce: wire.nonce.describe('The station’s, never used before'),
    }),
    reply: z.strictObject({
      session: wire.count.describe('Number of the session to come'),
      serial: z.string().describe('Serial number of the pump'),
      profile: z.string().describe('Name of its device profile'),
      nonce: wire.nonce.describe('The pump’s: the challenge'),
    }),
    roles: ROLES,
    inSession: false,
    changesDelivery: false,
  }),
  authenticate: message({
    about:
      'Answers the challenge by its tag and opens the session; a session of the same role that was open is lost. The alarms tell a patient’s handset, whatever it asks for next.',
    opcode: 0x02,
    request: nothing,
    reply: z.strictObject({
      alarms: z.array(z.enum(ALARM_CODES)).describe('Active alarms'),
      now: wire.instant.describe('The pump’s own time, in which it tells every other'),
    }),
    roles: ROLES,
    inSession: true,
    changesDelivery: false,
  }),
  closeSession: message({
    about: 'Ends the session.',
    opcode: 0x03,
    request: nothing,
    reply: nothing,
    roles: ROLES,
    inSession: true,
    changesDelivery: false,
  }),
  recall: message({
    about: 'Asks what became of a command that was never answered, of this session or an earlier one of the role.',
    opcode: 0x04,
    request: z.strictObject({
      session: wire.count.describe('Session of the frame the command went in'),
      sequence: wire.count.describe('Its sequence number'),
    }),
    reply: z.strictObject({
      became: z
        .enum(['answered', 'neverArrived', 'unknown'])
        .describe('What became of it; unknown where a later command of the role has taken its place'),
      answer: z
        .strictObject({
          type: wire.count.describe('Type of the frame that answered it'),
          payload: wire.hex.describe('Payload of that frame'),
        })
        .nullable()
        .describe('Its answer, where it was answered'),
    }),
    roles: ['patient', 'refill', 'clinician'],
    inSession: true,
    changesDelivery: false,
  }),
  interrogate: message({
    about: 'Reads the status.',
    opcode: 0x05,
    request: nothing,
    reply: statusSchema,
    roles: ROLES,
    inSession: true,
    changesDelivery: false,
  }),
  implant: message({
    about: 'Puts the pump in service and sets its clock.',
    opcode: 0x10,
    request: z.strictObject({ serial, wall: wire.wallClock.describe('The local time') }),
    reply: nothing,
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
  enterReservoir: message({
    about: 'Tells the pump what its reservoir holds after a refill. It moves no fluid.',
    opcode: 0x11,
    request: z.strictObject({
      serial,
      volume: wire.volume.describe('What the reservoir holds now'),
      aspirated: wire.volume.nullable().describe('What was aspirated before the fill; null where nobody says'),
    }),
    reply: z.strictObject({
      expected: wire.volume.describe('What the pump calculated just before'),
      commanded: wire.volume
        .nullable()
        .describe('What has been commanded since the fill before; null where there was none'),
    }),
    roles: REFILL,
    inSession: true,
    changesDelivery: true,
  }),
  stagePrescription: message({
    about: 'Sends a prescription to be looked at. Nothing changes but what is staged; a later one takes its place.',
    opcode: 0x12,
    request: z.strictObject({
      serial,
      prescription: prescriptionSchema.describe('The prescription, whole'),
      run: z.boolean().describe('Whether a pump that a clinician stopped starts with it'),
      override: z
        .boolean()
        .describe('Accepts that boluses already given exceed the dose limit together with the program'),
      endOpening: z.boolean().describe('Accepts that a prime, a bridge or a delayed start that is under way ends'),
    }),
    reply: z.strictObject({
      digest: wire.digest.describe('Digest of the prescription as the pump holds it'),
      nextBolus: wire.instant
        .nullable()
        .describe('When a patient’s request could be granted if it took effect now, as far as time alone decides'),
      delivery: z
        .strictObject({
          mode: z.enum(MODES).describe('How it would be delivered'),
          why: z.enum(STOP_REASON_CODES).nullable().describe('Why it would not be'),
        })
        .describe('What delivery would be if it took effect now'),
    }),
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
  beginUpdate: message({
    about: 'Begins the transfer of the staged prescription: delivery stops, a running bolus ends.',
    opcode: 0x13,
    request: z.strictObject({ digest: wire.digest.describe('Digest of the staged prescription') }),
    reply: nothing,
    roles: CLINIC,
    inSession: true,
    changesDelivery: true,
  }),
  commitUpdate: message({
    about: 'Puts the staged prescription in force: delivery is what it asks for.',
    opcode: 0x14,
    request: z.strictObject({
      digest: wire.digest.describe('Digest of the staged prescription'),
      library: libraryStampSchema
        .nullable()
        .describe('The drug library the programmer judged it by; null where it had none'),
    }),
    reply: z.strictObject({ record: wire.count.describe('Number of the prescription in the history') }),
    roles: CLINIC,
    inSession: true,
    changesDelivery: true,
  }),
  stop: message({
    about: 'Stops delivery.',
    opcode: 0x15,
    request: nothing,
    reply: nothing,
    roles: [...CLINIC, 'emergency'],
    inSession: true,
    changesDelivery: true,
  }),
  resume: message({
    about: 'Starts delivery again by the prescription in force.',
    opcode: 0x16,
    request: nothing,
    reply: nothing,
    roles: CLINIC,
    inSession: true,
    changesDelivery: true,
  }),
  minimumRate: message({
    about: 'Delivers at the pump’s minimum rate until another command.',
    opcode: 0x17,
    request: nothing,
    reply: nothing,
    roles: CLINIC,
    inSession: true,
    changesDelivery: true,
  }),
  setClock: message({
    about: 'Sets the pump’s local time; its own count of time goes on as it was.',
    opcode: 0x18,
    request: z.strictObject({ wall: wire.wallClock.describe('The local time') }),
    reply: nothing,
    roles: CLINIC,
    inSession: true,
    changesDelivery: true,
  }),
  clinicianBolus: message({
    about: 'Gives a single bolus, once, beside the basal rate, or alone on a stopped pump.',
    opcode: 0x19,
    request: z.strictObject({
      serial,
      rate: wire.rate.describe('Its rate, beside the basal rate'),
      duration: wire.duration.describe('How long it takes'),
      then: z.enum(AFTER_BOLUS).describe('What follows, always said'),
    }),
    reply: z.strictObject({
      ends: wire.instant.describe('When the bolus ends'),
      volume: wire.volume.describe('What it brings'),
    }),
    roles: CLINIC,
    inSession: true,
    changesDelivery: true,
  }),
  readHistory: message({
    about: 'Reads the prescription history from an entry on.',
    opcode: 0x20,
    request: z.strictObject({ from: wire.count.describe('Number of the first entry wanted') }),
    reply: z.strictObject({
      entries: z.array(historyEntrySchema).describe('Entries in their order, as many as fit'),
      total: wire.count.describe('Prescriptions ever committed: the number of the last entry'),
      anchor: historyAnchorSchema,
    }),
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
  readLog: message({
    about: 'Reads the event log from a record on.',
    opcode: 0x21,
    request: z.strictObject({ from: wire.count.describe('Number of the first record wanted') }),
    reply: z.strictObject({
      records: z.array(logRecordSchema).describe('Records in their order, as many as fit'),
      next: wire.count.describe('The number to go on with'),
      dropped: wire.count.describe('Records that have left the log'),
    }),
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
  requestBolus: message({
    about: 'Asks for a patient bolus.',
    opcode: 0x30,
    request: nothing,
    reply: z.strictObject({
      ends: wire.instant.describe('When the bolus ends'),
      volume: wire.volume.describe('What it brings'),
      nextBolus: wire.instant
        .nullable()
        .describe('When the next request could be granted, as far as time alone decides; null where none ever could'),
    }),
    roles: ['patient', 'clinician'],
    inSession: true,
    changesDelivery: true,
  }),
  silenceAlarm: message({
    about: 'Silences the tone of an active alarm for a while.',
    opcode: 0x40,
    request: z.strictObject({ alarm: z.enum(ALARM_CODES).describe('The alarm') }),
    reply: z.strictObject({ until: wire.instant.describe('Until when it is quiet') }),
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
  noteLimit: message({
    about:
      'Has the pump write down, a record for each, that limits of the programmer’s drug library would be exceeded, and what was answered. It judges nothing by them.',
    opcode: 0x50,
    request: z.strictObject({
      serial,
      answer: z
        .enum(LIMIT_ANSWERS)
        .describe('Whether it was asked about, confirmed or declined, or refused by the programmer itself'),
      library: libraryStampSchema.describe('The library'),
      limits: z
        .array(
          z.strictObject({
            drug: z.enum(DRUGS).describe('The drug'),
            limit: z.enum(LIMIT_NAMES).describe('What is limited'),
            value: wire.count.describe('What it would be, in the unit of the limit'),
            bound: wire.count.nullable().describe('The most there may be; null where none is given'),
          }),
        )
        .describe('The limits exceeded'),
    }),
    reply: nothing,
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
  noteDiscrepancy: message({
    about:
      'States the reason of a difference found at a refill, before a volume is entered. The pump writes it down, and judges nothing by it.',
    opcode: 0x51,
    request: z.strictObject({
      serial,
      expected: wire.volume.describe('What the pump was read to hold'),
      aspirated: wire.volume.describe('What was aspirated'),
      reason: z.enum(DISCREPANCY_REASON_CODES).describe('The reason'),
      note: noteSchema.describe('What else there is to say: at most 120 characters on one line'),
    }),
    reply: nothing,
    roles: REFILL,
    inSession: true,
    changesDelivery: false,
  }),
  clearAlarm: message({
    about: 'Clears one alarm of a condition that is gone. It starts nothing.',
    opcode: 0x41,
    request: z.strictObject({ serial, alarm: z.enum(ALARM_CODES).describe('The alarm') }),
    reply: nothing,
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
  setAlarmInterval: message({
    about: 'Sets how often critical alarms sound.',
    opcode: 0x42,
    request: z.strictObject({ serial, interval: wire.duration.describe('From one tone to the next') }),
    reply: nothing,
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
  testAlarm: message({
    about: 'Sounds both tones once, the critical first, so that a patient learns them. No alarm is raised.',
    opcode: 0x43,
    request: nothing,
    reply: z.strictObject({
      critical: wire.duration.describe('How long the critical tone lasts'),
      nonCritical: wire.duration.describe('How long the non-critical tone lasts'),
    }),
    roles: CLINIC,
    inSession: true,
    changesDelivery: false,
  }),
} as const;

export type MessageName = keyof typeof MESSAGES;
export const MESSAGE_NAMES = namesOf(MESSAGES);

/** Whether a role has the right to a message. */
export function mayAsk(role: Role, name: MessageName): boolean {
  const roles: readonly Role[] = MESSAGES[name].roles;
  return roles.includes(role);
}

/** The other answer any request may get: one reason, and all that applied. */
export const refusalSchema = z
  .strictObject({
    code: z.enum(REFUSAL_CODES).describe('The reason'),
    also: z.array(z.enum(REFUSAL_CODES)).describe('Other reasons that applied too'),
    until: wire.instant.nullable().describe('When the reason ends by itself, where that is known'),
    shortest: wire.duration
      .nullable()
      .describe('The shortest duration of a bolus that would fit, where it is too fast'),
  })
  .meta(shape('refusal'));
export type Refusal = z.output<typeof refusalSchema>;

export const REPLY_BIT = 0x80;
export const REFUSAL_OPCODE = 0xff;

export type RequestOf<N extends MessageName> = z.output<(typeof MESSAGES)[N]['request']>;
export type ReplyOf<N extends MessageName> = z.output<(typeof MESSAGES)[N]['reply']>;

export type Request = { [N in MessageName]: { readonly name: N; readonly payload: RequestOf<N> } }[MessageName];
export type ReplyTo<N extends MessageName> = { readonly name: N; readonly payload: ReplyOf<N> };
export type Reply = { [N in MessageName]: ReplyTo<N> }[MessageName];
export type Answer = { readonly reply: Reply } | { readonly refused: Refusal };

/** A refusal for one reason alone, which does not end by itself. */
export const refusal = (code: RefusalCode): Extract<Answer, { refused: unknown }> => ({
  refused: { code, also: [], until: null, shortest: null },
});

/** Whether a message is carried out once: a command, which the chart of the pump takes, or one that is written down. */
export const isCommand = (name: MessageName): boolean =>
  COMMANDS.some((command) => command === name) || name === 'noteLimit';
