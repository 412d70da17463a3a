import type { Proportion } from '../../shared/index.ts';

/** What can go wrong with the pump. An error stays until it is set again; 0 is "as it should be". */
export type Fault =
  /** The motor moves more (+) or less (−) than it is asked to. */
  | { readonly type: 'flowBias'; readonly by: Proportion }
  /** A syringe shows more (+) or less (−) than it holds. */
  | { readonly type: 'syringeError'; readonly by: Proportion }
  /** The processor starts anew, and may have lost the time. */
  | { readonly type: 'reset'; readonly timeLost: boolean }
  /** The battery gives out before its time. */
  | { readonly type: 'batteryLow' };

export const FAULTS = {
  flowBias: 'the motor moves more (+) or less (−) than it is asked to',
  syringeError: 'a syringe shows more (+) or less (−) than it holds',
  reset: 'the processor of the pump starts anew, with or without the time',
  batteryLow: 'the battery is low',
} as const satisfies Record<Fault['type'], string>;
