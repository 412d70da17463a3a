import fc from 'fast-check';
import { MESSAGE_NAMES } from '../../shared/index.ts';
import type { LinkFault } from '../../workbench/link/faults.ts';
import type { NoiseKind } from '../../workbench/link/noise.ts';
import type { Written } from './bed.ts';

/*
 * What can go wrong between the heads, as it is written. A kind of fault that is new does not compile before it has its
 * row.
 */

type Fields = { readonly [key: string]: Written | undefined };

const percent = fc.constantFrom('0 %', '1 %', '10 %', '30 %');
const RATES: Record<NoiseKind, fc.Arbitrary<string>> = {
  drop: percent,
  duplicate: percent,
  corrupt: percent,
  truncate: percent,
  reorder: percent,
};
const noise = fc.oneof({ weight: 1, arbitrary: fc.constant('none') }, { weight: 3, arbitrary: fc.record(RATES) });

const crash = (is: string) => fc.constantFrom('kept', 'lost').map((clock): Fields => ({ is, clock }));
type FrameFault = Extract<LinkFault, { type: 'frameFault' }>['fault'];
const STRIKES: Record<FrameFault['is'], fc.Arbitrary<Fields>> = {
  drop: fc.constant({ is: 'drop' }),
  duplicate: fc.constant({ is: 'duplicate' }),
  reorder: fc.constant({ is: 'reorder' }),
  corrupt: fc.constantFrom(undefined, 0, 20, 100, 215, 60_000).map((bit): Fields => ({ is: 'corrupt', bit })),
  truncate: fc.constantFrom(undefined, 0, 1, 2, 13, 26, 8000).map((to): Fields => ({ is: 'truncate', to })),
  crashBefore: crash('crashBefore'),
  crashAfter: crash('crashAfter'),
};

const ends = fc.constantFrom('request', 'answer');

/** A fault of one frame: which, by its number or by what it says, and what happens to it. */
const frameFault = fc
  .tuple(
    fc.oneof(...Object.values(STRIKES)),
    fc.oneof(fc.integer({ min: 1, max: 12 }), fc.record({ message: fc.constantFrom(...MESSAGE_NAMES), of: ends })),
  )
  .map(([fault, which]): Written => {
    if (typeof which === 'number') return { frame: which, ...fault };
    // The pump crashes over what it is sent.
    return 'clock' in fault ? { message: which.message, ...fault } : { ...which, ...fault };
  });

/** The arguments of each fault; undefined of one that has none. */
export const LINK_FAULTS: Record<LinkFault['type'], fc.Arbitrary<Written | undefined>> = {
  disconnect: fc.option(
    fc.record({
      from: fc.oneof(fc.constantFrom('beginUpdate', 'commitUpdate'), fc.constantFrom(...MESSAGE_NAMES)),
      lose: ends,
    }),
    { nil: undefined, freq: 2 },
  ),
  reconnect: fc.constant(undefined),
  latency: fc.constantFrom('0s', '40ms', '400ms', '1.5s'),
  noise,
  frameFault,
};
