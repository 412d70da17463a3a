import type { Proportion } from '../../shared/index.ts';

/** What can go wrong with the world. Each stays until it is set again; 0 is "as it should be". */
export type Fault =
  /** The motor moves more (+) or less (−) than it is asked to. */
  | { readonly type: 'flowBias'; readonly by: Proportion }
  /** A syringe shows more (+) or less (−) than it holds. */
  | { readonly type: 'syringeError'; readonly by: Proportion };

export const FAULTS = {
  flowBias: 'the motor moves more (+) or less (−) than it is asked to',
  syringeError: 'a syringe shows more (+) or less (−) than it holds',
} as const satisfies Record<Fault['type'], string>;
