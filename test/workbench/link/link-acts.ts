import fc from 'fast-check';
import { MESSAGE_NAMES, type Proportion, proportion, span } from '../../../shared/index.ts';
import type { Act, WorldAct } from '../../../workbench/act.ts';
import type { FrameFault, WhichFrame } from '../../../workbench/link/faults.ts';
import { acts } from '../lives.ts';

const rates: fc.Arbitrary<Proportion> = fc.constantFrom('0 %', '1 %', '10 %', '30 %').map(proportion.parse);

const faults: fc.Arbitrary<FrameFault> = fc.oneof(
  fc.constantFrom('drop' as const, 'duplicate' as const, 'reorder' as const).map((is): FrameFault => ({ is })),
  fc.constantFrom(null, 0, 20, 100, 215, 60_000).map((bit): FrameFault => ({ is: 'corrupt', bit })),
  fc.constantFrom(null, 0, 1, 2, 13, 26, 8000).map((to): FrameFault => ({ is: 'truncate', to })),
);
const crashes: fc.Arbitrary<FrameFault> = fc
  .tuple(fc.constantFrom('crashBefore' as const, 'crashAfter' as const), fc.boolean())
  .map(([is, timeLost]): FrameFault => ({ is, timeLost }));
const byNumber: fc.Arbitrary<WhichFrame> = fc.integer({ min: 1, max: 12 }).map((frame) => ({ frame }));
const requests = fc
  .constantFrom(...MESSAGE_NAMES)
  .map((message) => ({ message, of: 'request' as const }) satisfies WhichFrame);
const answers = fc
  .constantFrom(...MESSAGE_NAMES)
  .map((message) => ({ message, of: 'answer' as const }) satisfies WhichFrame);

/** Anything that can go wrong with the link. */
export const linkActs: fc.Arbitrary<Act> = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc
        .record({ drop: rates, duplicate: rates, corrupt: rates, truncate: rates, reorder: rates })
        .map((each): WorldAct => ({ type: 'noise', rates: each })),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(0, 0, 40, 700).map((ms): WorldAct => ({ type: 'latency', oneWay: span(ms) })),
    },
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.oneof(byNumber, requests, answers), faults)
        .map(([on, fault]): WorldAct => ({ type: 'frameFault', on, fault })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.oneof(byNumber, requests), crashes)
        .map(([on, fault]): WorldAct => ({ type: 'frameFault', on, fault })),
    },
  )
  .map((act): Act => ({ by: 'world', act }));

/** Anything anybody may do, a third of it to the link. */
export const noisyActs = fc.oneof({ weight: 2, arbitrary: acts }, { weight: 1, arbitrary: linkActs });
