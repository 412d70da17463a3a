import type {
  AfterBolus,
  AlarmCode,
  ConditionCode,
  DiscrepancyReason,
  Duration,
  Instant,
  LibraryStamp,
  Prescription,
  Rate,
  Role,
  Volume,
  WallClock,
} from '../../shared/index.ts';
import type { FalseAlarm } from './hardware.ts';
import type { Bank } from './memory/bank.ts';

/** A prescription that was sent, judged and is not yet in force. */
export interface Staged {
  readonly prescription: Prescription;
  readonly digest: string;
  /** Whether delivery shall run afterwards even if a clinician had stopped it. */
  readonly run: boolean;
  /** Whether boluses already given may exceed the dose limit together with the program. */
  readonly override: boolean;
  /** Whether an opening that is under way may end for it. */
  readonly endOpening: boolean;
}

/** Everything that can happen to the firmware. Each carries the pump time it happens at. */
export type PumpEvent =
  | { readonly type: 'POWER_ON'; readonly at: Instant }
  | { readonly type: 'IMPLANT'; readonly at: Instant; readonly wall: WallClock }
  | { readonly type: 'SESSION_OPENED'; readonly at: Instant; readonly role: Role }
  | { readonly type: 'SESSION_CLOSED'; readonly at: Instant; readonly role: Role; readonly lost: boolean }
  | { readonly type: 'STAGE'; readonly at: Instant; readonly staged: Staged }
  | { readonly type: 'UPDATE_BEGIN'; readonly at: Instant; readonly digest: string }
  | {
      readonly type: 'UPDATE_COMMIT';
      readonly at: Instant;
      readonly digest: string;
      readonly role: Role;
      /** What the programmer judged it by; it is only written down. */
      readonly library: LibraryStamp | null;
    }
  /** `by` tells of one that needed no key. */
  | { readonly type: 'STOP'; readonly at: Instant; readonly by?: 'emergency' }
  | { readonly type: 'RESUME'; readonly at: Instant }
  /** `aspirated` is what somebody measured before the fill. */
  | { readonly type: 'ENTER_RESERVOIR'; readonly at: Instant; readonly volume: Volume; readonly aspirated?: Volume }
  | {
      readonly type: 'NOTE_DISCREPANCY';
      readonly at: Instant;
      readonly expected: Volume;
      readonly aspirated: Volume;
      readonly reason: DiscrepancyReason;
      readonly note: string;
    }
  | { readonly type: 'BOLUS_REQUEST'; readonly at: Instant }
  | { readonly type: 'BOLUS_END'; readonly at: Instant }
  | {
      readonly type: 'CLINICIAN_BOLUS';
      readonly at: Instant;
      readonly rate: Rate;
      readonly duration: Duration;
      readonly then: AfterBolus;
    }
  | { readonly type: 'CLINICIAN_BOLUS_END'; readonly at: Instant }
  /** It has come to the dose limit. */
  | { readonly type: 'CLINICIAN_BOLUS_HALT'; readonly at: Instant }
  /** A prime or a bridge is done, or it is time for the program. */
  | { readonly type: 'OPENING_END'; readonly at: Instant }
  | { readonly type: 'LOCKOUT_END'; readonly at: Instant }
  | { readonly type: 'COUNT_RELEASED'; readonly at: Instant }
  | { readonly type: 'RESERVOIR_LOW'; readonly at: Instant }
  | { readonly type: 'RESERVOIR_EMPTY'; readonly at: Instant }
  /** The fill sensor has been read. */
  | { readonly type: 'LEVEL_READ'; readonly at: Instant; readonly volume: Volume }
  /** A session has ended, and an alarm comes by mistake. */
  | { readonly type: 'LEVEL_MISREAD'; readonly at: Instant; readonly alarm: FalseAlarm }
  | { readonly type: 'STOPPED_TOO_LONG'; readonly at: Instant }
  | { readonly type: 'MINIMUM_RATE'; readonly at: Instant }
  | { readonly type: 'SCHEDULE_STEP'; readonly at: Instant }
  | { readonly type: 'PERIODIC_DUE'; readonly at: Instant }
  | { readonly type: 'PERIODIC_END'; readonly at: Instant }
  | { readonly type: 'CLOCK_SET'; readonly at: Instant; readonly wall: WallClock }
  /** The processor started anew. Where the time was lost, `at` is the last time stored. */
  | { readonly type: 'RESET'; readonly at: Instant; readonly timeLost: boolean }
  /** As it started, the processor made one bank of its memory anew from the other. */
  | { readonly type: 'MEMORY_HEALED'; readonly at: Instant; readonly bank: Bank }
  /** The processor started anew and no bank of its memory was whole: it has its factory settings and no more. */
  | { readonly type: 'MEMORY_FAILED'; readonly at: Instant; readonly timeLost: boolean }
  /** The hardware says that its memory takes nothing more that is programmed, or that it does again. */
  | { readonly type: 'MEMORY_LOCKED'; readonly at: Instant }
  | { readonly type: 'MEMORY_UNLOCKED'; readonly at: Instant }
  | { readonly type: 'BATTERY_LOW'; readonly at: Instant }
  /** Nothing is left in the battery. */
  | { readonly type: 'BATTERY_EMPTY'; readonly at: Instant }
  /** The battery faltered: the processor has just started anew, in its safe state or not. */
  | { readonly type: 'BATTERY_RESET'; readonly at: Instant; readonly safeState: boolean }
  | { readonly type: 'ERI'; readonly at: Instant }
  | { readonly type: 'END_OF_SERVICE'; readonly at: Instant }
  | { readonly type: 'SILENCE_ALARM'; readonly at: Instant; readonly alarm: AlarmCode }
  | { readonly type: 'SILENCE_END'; readonly at: Instant }
  /** A sensor begins to see a condition, or no longer sees it. */
  | { readonly type: 'CONDITION_SENSED'; readonly at: Instant; readonly condition: ConditionCode }
  | { readonly type: 'CONDITION_GONE'; readonly at: Instant; readonly condition: ConditionCode }
  /** The detection delay of one or more conditions has passed. */
  | { readonly type: 'CONDITION_DECLARED'; readonly at: Instant }
  | { readonly type: 'CLEAR_ALARM'; readonly at: Instant; readonly alarm: AlarmCode }
  | { readonly type: 'SET_ALARM_INTERVAL'; readonly at: Instant; readonly interval: Duration }
  | { readonly type: 'TEST_ALARM'; readonly at: Instant };

export type EventType = PumpEvent['type'];
export type EventOf<T extends EventType> = Extract<PumpEvent, { type: T }>;
