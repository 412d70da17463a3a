import {
  type AlarmCode,
  type BolusEnd,
  type DeviceProfile,
  type Instant,
  instant,
  type Prescription,
  type Rate,
  rate,
  type StopReason,
  type Volume,
  volume,
} from '../../shared/index.ts';
import type { Staged } from './events.ts';

/** A granted patient bolus. */
export interface Bolus {
  readonly start: Instant;
  readonly ends: Instant;
  readonly rate: Rate;
}

/** Why and since when nothing is delivered. */
export interface Stopped {
  readonly why: StopReason;
  readonly since: Instant;
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
export interface Ledger {
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
  readonly atMinimum: boolean;

  readonly bolus: Bolus | null;
  readonly lastBolus: (Bolus & { readonly ended: Instant; readonly why: BolusEnd }) | null;
  /** Starts of the boluses granted in the last 24 h, oldest first. */
  readonly grants: readonly Instant[];
  /** The last grant, however long ago. */
  readonly lastGrant: Bolus | null;
  readonly lockedUntil: Instant | null;
  readonly granted: number;
  readonly denied: number;

  /** The last volume entered, and what the pump had calculated just before. */
  readonly lastEntry: { readonly at: Instant; readonly volume: Volume; readonly expected: Volume } | null;
  readonly lowSince: Instant | null;
  readonly emptySince: Instant | null;

  /** Lost with power: a prescription sent but not in force, and what an update interrupted. */
  readonly staged: Staged | null;
  readonly update: { readonly stopped: StopReason | null; readonly atMinimum: boolean } | null;

  /** Whether the battery has said that it gives out. */
  readonly batteryLow: boolean;
  /** The age limit, worked out at the implant. */
  readonly ageLimit: Instant | null;
  /** When elective replacement is or was due to be indicated, as far as is known. */
  readonly eriAt: Instant | null;
  readonly eriSince: Instant | null;
  readonly endSince: Instant | null;

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
    atMinimum: false,
    bolus: null,
    lastBolus: null,
    grants: [],
    lastGrant: null,
    lockedUntil: null,
    granted: 0,
    denied: 0,
    lastEntry: null,
    lowSince: null,
    emptySince: null,
    staged: null,
    update: null,
    batteryLow: false,
    ageLimit: null,
    eriAt: null,
    eriSince: null,
    endSince: null,
    silences: [],
  };
}
