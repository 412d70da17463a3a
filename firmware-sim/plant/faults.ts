import type { ConditionCode, Duration, Proportion, Volume } from '../../shared/index.ts';
import type { Film } from './battery.ts';
import type { LeakPlace, Tip } from './catheter.ts';
import type { Rhythm } from './intermittent.ts';

/** A leak: which share of the flow is lost, where, and when, if not all the time. */
export interface Leak {
  readonly share: Proportion;
  readonly at: LeakPlace;
  readonly rhythm: Rhythm | null;
}

/** What can go wrong with pump, catheter and syringe. An error stays until it is set again; 0 is "as it should be". */
export type Fault =
  /** The motor moves more (+) or less (−) than it is asked to. */
  | { readonly type: 'flowBias'; readonly by: Proportion }
  /** That error grows by so much each time such a span has passed; null: no longer. */
  | { readonly type: 'flowDrift'; readonly drift: { readonly by: Proportion; readonly every: Duration } | null }
  /** Flow falls off below a volume of the reservoir. */
  | { readonly type: 'nearlyEmpty'; readonly below: Volume; readonly by: Proportion }
  /** The motor stands still again and again. */
  | { readonly type: 'intermittentStall'; readonly rhythm: Rhythm | null }
  /** Once out of the field of a scanner, the rotor stands still for so much longer. */
  | { readonly type: 'slowRecovery'; readonly by: Duration }
  /** A field in which an alarm sounds leaves the pump in telemetry mode: nothing turns until it is interrogated. */
  | { readonly type: 'telemetryLatch'; readonly latches: boolean }
  /** After a field the pump notices only at the second session that its rotor turns again. */
  | { readonly type: 'staleRecord'; readonly stale: boolean }
  /** The battery falters once the motor is asked for more than a rate; null: it no longer does. */
  | { readonly type: 'resistiveFilm'; readonly film: Film | null }
  /** A syringe shows more (+) or less (−) than it holds. */
  | { readonly type: 'syringeError'; readonly by: Proportion }
  /** The fill sensor shows so many parts per million more (+) or less (−), and so much besides. */
  | { readonly type: 'fillSensor'; readonly gain: Proportion; readonly offset: Volume }
  /** The processor starts anew, and may have lost the time. */
  | { readonly type: 'reset'; readonly timeLost: boolean }
  /** The battery falters: the processor starts anew with the time, some devices then in their safe state. */
  | { readonly type: 'batteryReset'; readonly safeState: boolean }
  /** The battery gives out before its time. */
  | { readonly type: 'batteryLow' }
  /** The battery is empty, whatever it has said before. */
  | { readonly type: 'batteryEmpty' }
  /** Banks of the memory are spoiled, which shows when the processor next starts; or an error locks it, which shows at once. */
  | { readonly type: 'memoryFault'; readonly banks: MemoryFault }
  /** An alarm of the reservoir comes by mistake with each clinician's session that ends; null: it no longer does. */
  | { readonly type: 'falseAlarm'; readonly alarm: FalseAlarm | null }
  /** A strong field, as of a scanner, opens the valves of a valve-gated pump. */
  | { readonly type: 'valvesOpen' }
  /** The catheter leaks; null: it is tight. */
  | { readonly type: 'leak'; readonly leak: Leak | null }
  /** The tip of the catheter lies somewhere else. */
  | { readonly type: 'tip'; readonly lies: Tip }
  /** A granuloma keeps a share of the drug from the CSF. */
  | { readonly type: 'granuloma'; readonly share: Proportion }
  /** Nothing goes in or out at the access port, or a clot lets in what it does not let out. */
  | { readonly type: 'accessPort'; readonly port: AccessPort }
  /** The pump has turned over in its pocket. */
  | { readonly type: 'pumpFlipped'; readonly flipped: boolean }
  /** Something gets in the way of the fluid, or is gone again. */
  | { readonly type: 'begins' | 'ends'; readonly condition: ConditionCode };

export const ACCESS_PORTS = ['blocked', 'oneWay', 'open'] as const;
export type AccessPort = (typeof ACCESS_PORTS)[number];

export const FALSE_ALARMS = ['lowReservoir', 'emptyReservoir'] as const;
export type FalseAlarm = (typeof FALSE_ALARMS)[number];

export const MEMORY_FAULTS = ['oneBank', 'bothBanks', 'locked'] as const;
export type MemoryFault = (typeof MEMORY_FAULTS)[number];
export type SpoiledBanks = Exclude<MemoryFault, 'locked'>;

export const FAULTS = {
  flowBias: 'the motor moves more (+) or less (−) than it is asked to',
  flowDrift: 'the error of the flow grows with time',
  nearlyEmpty: 'flow falls off when little is left in the reservoir',
  intermittentStall: 'the motor stands still again and again, and turns in between',
  slowRecovery: 'out of the field of a scanner the rotor takes long to turn again',
  telemetryLatch:
    'a scanner in which an alarm sounds leaves the pump in telemetry mode: nothing flows until it is interrogated',
  staleRecord: 'after a scanner the pump notices only at its second interrogation that the rotor turns again',
  resistiveFilm:
    'a film in the battery: it falters and the processor starts anew once the motor is asked for more than a rate',
  syringeError: 'a syringe shows more (+) or less (−) than it holds',
  fillSensor: 'the fill sensor shows more (+) or less (−) than there is, by a share of it or by a volume',
  reset: 'the processor of the pump starts anew, with or without the time',
  batteryReset: 'the battery falters and the processor starts anew, in the safe state of the pump or not',
  batteryLow: 'the battery is low',
  batteryEmpty: 'the battery is empty',
  memoryFault:
    'one bank of the memory is spoiled, or both: seen when the processor next starts; or an error locks it, seen at once',
  falseAlarm: 'an alarm of the reservoir comes by mistake whenever a session of a clinician ends',
  valvesOpen: 'a strong field opens the valves of a valve-gated pump, both at once',
  leak: 'a share of the flow leaks out under the skin, at the connector or half way along, always or now and then',
  tip: 'the tip of the catheter lies outside or under the dura, or has come out',
  granuloma: 'a granuloma around the tip keeps a share of the drug from the CSF',
  accessPort: 'nothing goes in or out at the access port, or what goes in does not come out again',
  pumpFlipped: 'the pump has turned over in its pocket: no needle finds its port',
  begins:
    'a condition begins: the motor stalls, the catheter is occluded, as by a kink, the pump gets too warm, too much or too little flows',
  ends: 'such a condition ends',
} as const satisfies Record<Fault['type'], string>;
