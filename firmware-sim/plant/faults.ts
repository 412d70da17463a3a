import type { Proportion } from '../../shared/index.ts';

/** What can go wrong with the world. Each stays until it is set again, 0 being "as it should be"; a battery stays low. */
export type Fault =
  /** The motor moves more (+) or less (−) than it is asked to. */
  | { readonly type: 'flowBias'; readonly by: Proportion }
  /** A syringe shows more (+) or less (−) than it holds. */
  | { readonly type: 'syringeError'; readonly by: Proportion }
  /** The battery gives out before its time. */
  | { readonly type: 'batteryLow' };

export const FAULTS = {
  flowBias: 'the motor moves more (+) or less (−) than it is asked to',
  syringeError: 'a syringe shows more (+) or less (−) than it holds',
  batteryLow: 'the battery is low',
} as const satisfies Record<Fault['type'], string>;
