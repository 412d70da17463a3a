import {
  type AfterBolus,
  type AlarmCode,
  type BolusEnd,
  type ConditionCode,
  type DeviceProfile,
  type Discrepancy,
  type DiscrepancyReason,
  type Duration,
  type Instant,
  instant,
  type Opening,
  type Prescription,
  type Rate,
  type ReducedMode,
  rate,
  type StopReason,
  type Volume,
  volume,
  type WallClock,
} from '../../shared/index.ts';
import type { Staged } from './events.ts';

/** A bolus: of the patient, or a periodic one. */
export interface Bolus {
  readonly start: Instant;
  readonly ends: Instant;
  readonly rate: Rate;
}

/** A bolus that has ended, as planned or before its time. */
export interface EndedBolus extends Bolus {
  readonly ended: Instant;
  readonly why: BolusEnd;
}

/** A single bolus that a clinician ordered. While a patient bolus runs it is suspended, and `ends` tells of that. */
export interface ClinicianBolus extends Bolus {
  /** How long it takes by itself. */
  readonly duration: Duration;
  readonly then: AfterBolus;
  /** Begun on a stopped pump: no basal beside it. */
  readonly alone: boolean;
}

/** One that has ended, and how much of its duration was left. */
export interface EndedClinicianBolus extends ClinicianBolus {
  readonly left: Duration;
  readonly why: BolusEnd;
}

/** What comes once before the program, under way since an instant. */
export interface RunningOpening {
  readonly setting: Opening;
  readonly start: Instant;
}

/** One that has ended. */
export interface EndedOpening extends RunningOpening {
  readonly ended: Instant;
  readonly why: BolusEnd;
}

/** A commanded rate from an instant on, and the drugs it was of; what fills dead space is left out. */
export interface Commanded {
  readonly from: Instant;
  readonly rate: Rate;
  /** The part of it that is boluses. */
  readonly boluses: Rate;
  readonly drugs: Prescription['drugs'];
}

/** Why and since when nothing is delivered. */
export interface Stopped {
  readonly why: StopReason;
  readonly since: Instant;
}

/** A condition a sensor sees, or that was declared and waits to be cleared. */
export interface Sensed {
  readonly code: ConditionCode;
  readonly since: Instant;
  /** When it was declared; null within its detection delay. */
  readonly declared: Instant | null;
  readonly gone: boolean;
}

/** A silence set for one raise of an alarm: its tone comes again at `until`. */
export interface Silence {
  readonly code: AlarmCode;
  /** Since when the alarm it was set for has been active. */
  readonly raised: Instant;
  readonly until: Instant;
  readonly over: boolean;
}

/** Volumes since the pump was made, exact: what was entered, less what was commanded, plus corrections. */
interface Ledger {
  readonly entered: bigint;
  readonly commanded: bigint;
  readonly adjusted: bigint;
}

/**
 * What the rules decide by. What a chart region shows is repeated here as the fact behind it (`stopped`,
 * `update`, `bolus`, …), because a guard sees no states; a test holds the two together.
 */
export interface PumpContext {
  readonly profile: DeviceProfile;
  /** Whether it has been implanted. */
  readonly inService: boolean;
  readonly prescription: Prescription | null;
  /** Number of the prescription in the history; 0 before the first. */
  readonly record: number;

  /** The commanded rate since `since`, and the calculated volume then. */
  readonly rate: Rate;
  readonly since: Instant;
  readonly volume: Volume;
  readonly ledger: Ledger;

  readonly stopped: Stopped | null;
  /** Since when the commanded rate has been 0; null while anything is delivered. */
  readonly idleSince: Instant | null;
  /** When the stopped-pump deadline passed. */
  readonly stoppedTooLong: Instant | null;
  /** To what delivery has been reduced, until a clinician or a prescription says otherwise. */
  readonly reduced: ReducedMode | null;

  readonly bolus: Bolus | null;
  readonly lastBolus: EndedBolus | null;
  readonly clinician: ClinicianBolus | null;
  /** The last that ended; none since a patient bolus began. */
  readonly lastClinician: EndedClinicianBolus | null;
  readonly opening: RunningOpening | null;
  /** The last that ended under the prescription in force. */
  readonly lastOpening: EndedOpening | null;
  /** Starts of the boluses granted in the last 24 h, oldest first. */
  readonly grants: readonly Instant[];
  /** The last grant, however long ago. */
  readonly lastGrant: Bolus | null;
  readonly lockedUntil: Instant | null;
  readonly granted: number;
  readonly denied: number;

  /** When the prescription came into force. */
  readonly prescribedAt: Instant | null;

  /** The last volume entered, what the pump had calculated just before, and what had been commanded in all. */
  readonly lastEntry: {
    readonly at: Instant;
    readonly volume: Volume;
    readonly expected: Volume;
    readonly commanded: bigint;
  } | null;
  /** Refills at which somebody measured, oldest first, as many as are kept. */
  readonly discrepancies: readonly Discrepancy[];
  /** The reason stated for what was aspirated, until a volume is entered. */
  readonly statedReason: { readonly reason: DiscrepancyReason; readonly aspirated: Volume } | null;
  /** What the fill sensor showed last; null before that, and where there is none. */
  readonly gauge: { readonly at: Instant; readonly volume: Volume } | null;
  readonly lowSince: Instant | null;
  readonly emptySince: Instant | null;
  /** The same of alarms that came by mistake, while the level calls for none. */
  readonly falseLow: Instant | null;
  readonly falseEmpty: Instant | null;

  /** Local time less pump time; null while the pump does not know the local time. */
  readonly wallOffset: number | null;
  /** The last local time stored before it was lost. */
  readonly lastWall: WallClock | null;
  /** When the clock was last set or lost, what it showed before, and how many steps were jumped over. */
  readonly clockMoved: { readonly at: Instant; readonly from: WallClock | null; readonly skipped: number };
  /** When the program was last looked at for its basal rate. */
  readonly stepAt: Instant;

  /** The periodic bolus that is running, the last that ended, and when the next falls due. */
  readonly periodic: Bolus | null;
  readonly lastPeriodic: EndedBolus | null;
  readonly periodicNext: Instant | null;
  readonly periodicDeferred: boolean;

  /** What was commanded in the longest window of a dose limit, oldest first. */
  readonly recent: readonly Commanded[];
  /** Commanded in all when the last clinician's session closed. */
  readonly atSession: { readonly at: Instant; readonly commanded: bigint };

  /** Lost with power: a prescription sent but not in force, and what an update interrupted. */
  readonly staged: Staged | null;
  readonly update: {
    readonly stopped: StopReason | null;
    readonly reduced: ReducedMode | null;
    /** The dose limit it overrides, and when that would have cleared. */
    readonly overridden: { readonly clearsAt: Instant | null } | null;
  } | null;

  /** When the processor started and could read nothing of its memory; it lasts as long as the pump. */
  readonly memoryFailed: Instant | null;
  /** Since when an error has locked its memory; null once a laboratory has reset it. */
  readonly memoryLocked: Instant | null;
  /** Until when a processor that started anew tests itself; null before it first did. */
  readonly selfTestEnds: Instant | null;
  /** What the last commanded stop completed of a stroke. */
  readonly lastStroke: Volume;

  /** When the battery last made the processor start anew; null once a prescription or a resume has followed. */
  readonly batteryReset: Instant | null;
  /** Whether the battery has said that it gives out. */
  readonly batteryLow: boolean;
  /** Since when there is nothing left in it. */
  readonly batteryEmpty: Instant | null;
  /** The age limit, worked out at the implant. */
  readonly ageLimit: Instant | null;
  /** When elective replacement is or was due to be indicated, as far as is known. */
  readonly eriAt: Instant | null;
  readonly eriSince: Instant | null;
  readonly endSince: Instant | null;

  /** Conditions in the order they were sensed, and those that were declared last, together. */
  readonly conditions: readonly Sensed[];
  readonly lastDeclared: readonly ConditionCode[];

  /** From one tone of a critical alarm to the next, and what it was before; null where it is the profile's. */
  readonly criticalInterval: Duration | null;
  readonly criticalIntervalBefore: Duration | null;

  /** Silences of the session that is open, and those whose alarms are still active; lost with power. */
  readonly silences: readonly Silence[];
}

/** What an update may write: fields are replaced, nested values never changed in place. */
export type Draft = { -readonly [K in keyof PumpContext]: PumpContext[K] };

/** A pump as it leaves the factory: nothing entered, nothing prescribed, nothing delivered. */
export function factoryContext(profile: DeviceProfile): PumpContext {
  const start = instant(0);
  return {
    profile,
    inService: false,
    prescription: null,
    record: 0,
    rate: rate.of(0),
    since: start,
    volume: volume.of(0),
    ledger: { entered: 0n, commanded: 0n, adjusted: 0n },
    stopped: { why: 'notStarted', since: start },
    idleSince: start,
    stoppedTooLong: null,
    reduced: null,
    bolus: null,
    lastBolus: null,
    clinician: null,
    lastClinician: null,
    opening: null,
    lastOpening: null,
    grants: [],
    lastGrant: null,
    lockedUntil: null,
    granted: 0,
    denied: 0,
    lastEntry: null,
    discrepancies: [],
    statedReason: null,
    gauge: null,
    prescribedAt: null,
    lowSince: null,
    emptySince: null,
    falseLow: null,
    falseEmpty: null,
    wallOffset: null,
    lastWall: null,
    clockMoved: { at: start, from: null, skipped: 0 },
    stepAt: start,
    periodic: null,
    lastPeriodic: null,
    periodicNext: null,
    periodicDeferred: false,
    recent: [],
    atSession: { at: start, commanded: 0n },
    staged: null,
    update: null,
    memoryFailed: null,
    memoryLocked: null,
    selfTestEnds: null,
    lastStroke: volume.of(0),
    batteryReset: null,
    batteryLow: false,
    batteryEmpty: null,
    ageLimit: null,
    eriAt: null,
    eriSince: null,
    endSince: null,
    conditions: [],
    lastDeclared: [],
    criticalInterval: null,
    criticalIntervalBefore: null,
    silences: [],
  };
}
