import type { ConditionCode, Proportion, Volume } from '../../shared/index.ts';

/** What can go wrong with the pump. An error stays until it is set again; 0 is "as it should be". */
export type Fault =
  /** The motor moves more (+) or less (−) than it is asked to. */
  | { readonly type: 'flowBias'; readonly by: Proportion }
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
  /** Banks of the memory are spoiled; it shows when the processor next starts. */
  | { readonly type: 'memoryFault'; readonly banks: SpoiledBanks }
  /** A strong field, as of a scanner, opens the valves of a valve-gated pump. */
  | { readonly type: 'valvesOpen' }
  /** Something gets in the way of the fluid, or is gone again. */
  | { readonly type: 'begins' | 'ends'; readonly condition: ConditionCode };

export const SPOILED_BANKS = ['oneBank', 'bothBanks'] as const;
export type SpoiledBanks = (typeof SPOILED_BANKS)[number];

export const FAULTS = {
  flowBias: 'the motor moves more (+) or less (−) than it is asked to',
  syringeError: 'a syringe shows more (+) or less (−) than it holds',
  fillSensor: 'the fill sensor shows more (+) or less (−) than there is, by a share of it or by a volume',
  reset: 'the processor of the pump starts anew, with or without the time',
  batteryReset: 'the battery falters and the processor starts anew, in the safe state of the pump or not',
  batteryLow: 'the battery is low',
  memoryFault: 'one bank of the memory is spoiled, or both: seen when the processor next starts',
  valvesOpen: 'a strong field opens the valves of a valve-gated pump, both at once',
  begins:
    'a condition begins: the motor stalls, the catheter is occluded, the pump gets too warm, too much or too little flows',
  ends: 'such a condition ends',
} as const satisfies Record<Fault['type'], string>;
