import { z } from 'zod';
import { ALARM_CLASSES, ALARM_CODES, LOG_KINDS, ROLES, STOP_REASON_CODES } from './codes.ts';
import { prescriptionSchema } from './prescription.ts';
import { wire } from './wire.ts';

/*
 * What a pump says of itself. All of it is belief: what it was told, what it commanded, what it computes.
 * Instants are pump time, in milliseconds since the pump was powered on.
 */

export const SERVICE_STATES = ['shelf', 'inService', 'eri', 'endOfService'] as const;
export const INFUSION_STATES = ['stopped', 'updating', 'basal', 'patientBolus', 'minimumRate'] as const;
export const PATIENT_CONTROL_STATES = ['off', 'ready', 'lockedOut', 'countUsed'] as const;
export const PERIODIC_STATES = ['off', 'waiting', 'running', 'deferred'] as const;
export const RESERVOIR_STATES = ['normal', 'low', 'empty'] as const;

export type InfusionState = (typeof INFUSION_STATES)[number];
/** How the pump delivers once a command has been carried out. */
export const MODES = ['basal', 'minimumRate', 'stopped'] as const satisfies readonly InfusionState[];
export type Mode = (typeof MODES)[number];
export type ReservoirState = (typeof RESERVOIR_STATES)[number];

/** Commands a status offers, by the name of their message. */
export const COMMANDS = [
  'implant',
  'enterReservoir',
  'stagePrescription',
  'beginUpdate',
  'commitUpdate',
  'stop',
  'resume',
  'requestBolus',
  'minimumRate',
  'setClock',
  'silenceAlarm',
] as const;
export type CommandName = (typeof COMMANDS)[number];

export const statusSchema = z.strictObject({
  serial: z.string(),
  profile: z.string(),
  now: wire.instant,
  service: z.enum(SERVICE_STATES),
  infusion: z.enum(INFUSION_STATES),
  patientControl: z.enum(PATIENT_CONTROL_STATES),
  reservoir: z.enum(RESERVOIR_STATES),
  stopped: z.strictObject({ why: z.enum(STOP_REASON_CODES), since: wire.instant }).nullable(),
  /** The commanded rate. */
  rate: wire.rate,
  /** The calculated reservoir volume. */
  volume: wire.volume,
  prescription: prescriptionSchema.nullable(),
  /** When it came into force. */
  prescribedAt: wire.instant.nullable(),
  /** Number of the prescription in the history; 0 before the first. */
  record: wire.count,
  /** End of the bolus that is running. */
  bolusEnds: wire.instant.nullable(),
  /** Boluses granted in the last 24 h. */
  bolusesGiven: wire.count,
  /** When the next request could be granted, as far as time alone decides; null without a patient bolus, or where none ever could. */
  nextBolus: wire.instant.nullable(),
  granted: wire.count,
  denied: wire.count,
  alarms: z.array(z.strictObject({ code: z.enum(ALARM_CODES), since: wire.instant })),
  /** Local time by the pump's clock; null where it has none. */
  wall: wire.wallClock.nullable(),
  /** The basal rate the program asks for now; without a local time, what stands in for its schedule. */
  basal: wire.rate,
  /** The step of the program now in force delivers nothing. */
  zeroStep: z.boolean(),
  periodicBolus: z.enum(PERIODIC_STATES),
  /** When the next periodic bolus falls due; null where the program has none. */
  periodicNext: wire.instant.nullable(),
  /** What has been commanded since a clinician's session last closed, or the primary drug was another. */
  sinceSession: z.strictObject({ from: wire.instant, commanded: wire.volume }),
  /** The pump's minimum rate, for a prescription of it. */
  minimumRate: wire.rate,
  accepts: z.array(z.enum(COMMANDS)),
  /** End of service, as far as it is known now; null on the shelf. */
  replaceBy: wire.instant.nullable(),
  /** Alarms that are active and quiet for now. */
  silenced: z.array(z.strictObject({ code: z.enum(ALARM_CODES), until: wire.instant })),
  /** The next tone if nothing changes until then. */
  nextTone: z.strictObject({ at: wire.instant, class: z.enum(ALARM_CLASSES) }).nullable(),
});
export type Status = z.output<typeof statusSchema>;

/** One entry of the prescription history. `digest` covers the entry and, through `previous`, all before it. */
export const historyEntrySchema = z.strictObject({
  number: wire.count,
  at: wire.instant,
  by: z.enum(ROLES),
  prescription: prescriptionSchema,
  /** Which parts differ from the entry before. */
  changed: z.array(z.string()),
  previous: z.string(),
  digest: z.string(),
});
export type HistoryEntry = z.output<typeof historyEntrySchema>;

/** The last entry that has left the history, or null where all are there: the chain of digests begins here. */
export const historyAnchorSchema = z.strictObject({ number: wire.count, digest: z.string() }).nullable();
export type HistoryAnchor = z.output<typeof historyAnchorSchema>;

const logValue = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

/** One record of the event log. */
export const logRecordSchema = z.strictObject({
  number: wire.count,
  at: wire.instant,
  kind: z.enum(LOG_KINDS),
  data: z.record(z.string(), logValue),
});
export type LogRecord = z.output<typeof logRecordSchema>;
export type LogData = LogRecord['data'];
