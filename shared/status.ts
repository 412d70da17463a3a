import { z } from 'zod';
import {
  ALARM_CLASSES,
  ALARM_CODES,
  BOLUS_ENDS,
  CONDITION_CODES,
  LOG_KINDS,
  ROLES,
  SOUNDS,
  STOP_REASON_CODES,
} from './codes.ts';
import { discrepancySchema } from './discrepancy.ts';
import { libraryStampSchema } from './drug-limits.ts';
import { prescriptionSchema } from './prescription.ts';
import { type Volume, volume } from './units/index.ts';
import { shape, wire } from './wire.ts';

/*
 * What a pump says of itself. All of it is belief: what it was told, what it commanded, what it computes.
 * Instants are pump time, in milliseconds since the pump was powered on.
 */

export const SERVICE_STATES = ['shelf', 'inService', 'eri', 'endOfService'] as const;
export const INFUSION_STATES = [
  'stopped',
  'updating',
  'basal',
  'patientBolus',
  'minimumRate',
  'clinicianBolus',
  'prime',
  'bridge',
  'delayed',
  'defaultSchedule',
] as const;
/** The states of delivery that come once, before the program. */
export const OPENINGS = ['prime', 'bridge', 'delayed'] as const satisfies readonly InfusionState[];
export const PATIENT_CONTROL_STATES = ['off', 'ready', 'lockedOut', 'countUsed', 'notThisPartOfDay'] as const;
export const PERIODIC_STATES = ['off', 'waiting', 'running', 'deferred'] as const;
export const RESERVOIR_STATES = ['normal', 'low', 'empty'] as const;
export const MOTOR_STATES = ['turning', 'noRotation', 'stalled'] as const;

export type InfusionState = (typeof INFUSION_STATES)[number];
/** How the pump delivers once a command has been carried out. */
export const MODES = ['basal', 'minimumRate', 'stopped', 'defaultSchedule'] as const satisfies readonly InfusionState[];
export type Mode = (typeof MODES)[number];
/** Modes of less than the program, whatever it asks for. */
export const REDUCED_MODES = ['defaultSchedule', 'minimumRate'] as const satisfies readonly Mode[];
export type ReducedMode = (typeof REDUCED_MODES)[number];
export const isReduced = (state: InfusionState): state is ReducedMode => REDUCED_MODES.some((mode) => mode === state);
/** What a pump does after a clinician's bolus; always said. */
export const AFTER_BOLUS = ['basal', 'stopped'] as const satisfies readonly Mode[];
export type AfterBolus = (typeof AFTER_BOLUS)[number];
export type ReservoirState = (typeof RESERVOIR_STATES)[number];

/** What a pump tells of a commanded volume that is as large as a frame can carry, or larger. */
export const MOST_COMMANDED: Volume = volume.of(Number.MAX_SAFE_INTEGER);

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
  'clinicianBolus',
  'clearAlarm',
  'setAlarmInterval',
  'testAlarm',
  'noteDiscrepancy',
] as const;
export type CommandName = (typeof COMMANDS)[number];

export const statusSchema = z
  .strictObject({
    serial: z.string().describe('Serial number of the pump'),
    profile: z.string().describe('Name of its device profile'),
    now: wire.instant.describe('The pump’s own time'),
    service: z.enum(SERVICE_STATES).describe('Where it is in its life'),
    infusion: z.enum(INFUSION_STATES).describe('What is being delivered'),
    patientControl: z.enum(PATIENT_CONTROL_STATES).describe('What the patient may ask for'),
    reservoir: z.enum(RESERVOIR_STATES).describe('The reservoir as calculated'),
    stopped: z
      .strictObject({
        why: z.enum(STOP_REASON_CODES).describe('Why nothing is delivered'),
        since: wire.instant.describe('Since when'),
      })
      .nullable()
      .describe('Null while the pump is not stopped'),
    rate: wire.rate.describe('The commanded rate'),
    volume: wire.volume.describe('The calculated reservoir volume'),
    prescription: prescriptionSchema.nullable().describe('The prescription in force; null before the first'),
    prescribedAt: wire.instant.nullable().describe('When it came into force'),
    record: wire.count.describe('Number of the prescription in the history; 0 before the first'),
    bolusEnds: wire.instant.nullable().describe('End of the bolus that is running'),
    bolusesGiven: wire.count.describe('Boluses granted in the last 24 h'),
    nextBolus: wire.instant
      .nullable()
      .describe(
        'When the next request could be granted, as far as time alone decides; null without a patient bolus, or where none ever could',
      ),
    granted: wire.count.describe('Requests ever granted'),
    denied: wire.count.describe('Requests ever denied'),
    alarms: z
      .array(
        z.strictObject({
          code: z.enum(ALARM_CODES).describe('The alarm'),
          since: wire.instant.describe('Since when'),
        }),
      )
      .describe('Active alarms'),
    wall: wire.wallClock.nullable().describe('Local time by the pump’s clock; null where it has none'),
    basal: wire.rate.describe(
      'The basal rate the program asks for now; without a local time, what stands in for its schedule',
    ),
    zeroStep: z.boolean().describe('The step of the program now in force delivers nothing'),
    periodicBolus: z.enum(PERIODIC_STATES).describe('The boluses of a periodic program'),
    periodicNext: wire.instant
      .nullable()
      .describe('When the next periodic bolus falls due; null where the program has none'),
    sinceSession: z
      .strictObject({
        from: wire.instant.describe('From when on'),
        commanded: wire.volume.describe('The volume commanded since; 2^53 − 1 also where it is more'),
      })
      .describe('What has been commanded since a clinician’s session last closed, or the primary drug was another'),
    minimumRate: wire.rate.describe('The pump’s minimum rate, for a prescription of it'),
    accepts: z
      .array(z.enum(COMMANDS))
      .describe('Commands the pump takes now, as far as can be told without their fields'),
    replaceBy: wire.instant.nullable().describe('End of service, as far as it is known now; null on the shelf'),
    silenced: z
      .array(
        z.strictObject({
          code: z.enum(ALARM_CODES).describe('The alarm'),
          until: wire.instant.describe('Until when'),
        }),
      )
      .describe('Alarms that are active and quiet for now'),
    nextTone: z
      .strictObject({
        at: wire.instant.describe('When'),
        class: z.enum(ALARM_CLASSES).describe('Of which class'),
        sound: z.enum(SOUNDS).describe('How it sounds'),
      })
      .nullable()
      .describe('The next tone if nothing changes until then'),
    clinicianBolus: z
      .strictObject({
        start: wire.instant.describe('When it began'),
        ends: wire.instant.describe('When it ends'),
        rate: wire.rate.describe('Its rate'),
        volume: wire.volume.describe('What was ordered'),
        left: wire.volume.describe('What of it is still to come'),
        then: z.enum(AFTER_BOLUS).describe('What follows'),
        withBasal: z
          .boolean()
          .describe(
            'Whether the program runs beside it, though it may replace its basal; not where it began on a stopped pump',
          ),
        suspended: z.boolean().describe('Whether a patient bolus has suspended it'),
      })
      .nullable()
      .describe('The bolus of a clinician that is running, or suspended'),
    criticalInterval: wire.duration.describe('From one tone of a critical alarm to the next'),
    motor: z.enum(MOTOR_STATES).describe('The motor as sensed; always turning where the pump cannot see it'),
    conditions: z
      .array(
        z.strictObject({
          code: z.enum(CONDITION_CODES).describe('The condition'),
          since: wire.instant.describe('When it was first sensed'),
          declared: wire.instant.nullable().describe('When it was declared; null within its detection delay'),
          gone: z.boolean().describe('No longer sensed, and not yet cleared'),
        }),
      )
      .describe('Conditions that are sensed, or wait to be cleared'),
    opening: z
      .strictObject({
        type: z.enum(OPENINGS).describe('Which'),
        start: wire.instant.describe('When it began'),
        ends: wire.instant
          .nullable()
          .describe('When the program begins; null where no local time is known to wait for'),
        volume: wire.volume.describe('What a prime or a bridge brings; 0 for a delayed start'),
        left: wire.volume.describe('What of it is still to come'),
      })
      .nullable()
      .describe('What comes once before the program and is under way'),
    openingEnded: z
      .strictObject({
        type: z.enum(OPENINGS).describe('Which'),
        at: wire.instant.describe('When it ended'),
        why: z.enum(BOLUS_ENDS).describe('Why'),
        undelivered: wire.volume.describe('What of a prime or a bridge was never delivered'),
      })
      .nullable()
      .describe('The last such, until another prescription takes effect'),
    sinceFill: z
      .strictObject({
        at: wire.instant.describe('When its volume was entered'),
        commanded: wire.volume.describe('The volume commanded since; 2^53 − 1 also where it is more'),
      })
      .nullable()
      .describe('What has been commanded since the last fill; null before the first'),
    gauge: z
      .strictObject({
        at: wire.instant.describe('When'),
        volume: wire.volume.describe('What it showed'),
      })
      .nullable()
      .describe('The last reading of the fill sensor; null where the volume is only calculated'),
    defaultRate: wire.rate.describe('The rate of the pump’s default schedule'),
    discrepancies: z.array(discrepancySchema).describe('The last six refills at which somebody measured, oldest first'),
  })
  .meta(shape('status'));
export type Status = z.output<typeof statusSchema>;

/** One entry of the prescription history. `digest` covers the entry and, through `previous`, all before it. */
export const historyEntrySchema = z
  .strictObject({
    number: wire.count.describe('Counted from 1'),
    at: wire.instant.describe('When it came into force'),
    by: z.enum(ROLES).describe('Who committed it'),
    prescription: prescriptionSchema.describe('The prescription'),
    library: libraryStampSchema
      .nullable()
      .describe('The drug library the programmer judged it by; null where it had none'),
    changed: z.array(z.string()).describe('Which parts differ from the entry before; all of them in the first'),
    previous: z.string().describe('Digest of the entry before; 32 zeros in the first'),
    digest: z.string().describe('Digest of all the fields above'),
  })
  .meta(shape('history entry'));
export type HistoryEntry = z.output<typeof historyEntrySchema>;

/** The last entry that has left the history, or null where all are there: the chain of digests begins here. */
export const historyAnchorSchema = z
  .strictObject({
    number: wire.count.describe('Its number'),
    digest: z.string().describe('Its digest'),
  })
  .nullable()
  .describe('The last entry that has left the history; null where all are there');
export type HistoryAnchor = z.output<typeof historyAnchorSchema>;

const logValue = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

/** One record of the event log. */
export const logRecordSchema = z
  .strictObject({
    number: wire.count.describe('Counted from 1, without gaps'),
    at: wire.instant.describe('When it happened'),
    kind: z.enum(LOG_KINDS).describe('What happened'),
    data: z
      .record(z.string(), logValue)
      .describe('What there is to know of it: texts, numbers, truth values, nulls and lists of texts by name'),
  })
  .meta(shape('log record'));
export type LogRecord = z.output<typeof logRecordSchema>;
export type LogData = LogRecord['data'];
