import fc from 'fast-check';
import type { RunningPump } from '../../workbench/index.ts';
import { orderOf, therapyOf } from './therapies.ts';

/** Something that somebody does to a pump in a life made up at random. */
export type Deed =
  | { readonly do: 'wait'; readonly tenths: number }
  | { readonly do: 'press' | 'stop' | 'resume' | 'minimumRate' | 'prescribe' | 'endSession' | 'drain' }
  | { readonly do: 'refill'; readonly share: number }
  | { readonly do: 'reset'; readonly clock: 'kept' | 'lost' };

type Plain = Exclude<Deed['do'], 'wait' | 'refill' | 'reset'>;
const plain = (...acts: readonly Plain[]) => fc.constantFrom(...acts).map((act): Deed => ({ do: act }));
const waits = (longest: number) =>
  fc.double({ min: 0, max: longest, noNaN: true }).map((tenths): Deed => ({ do: 'wait', tenths }));

const WAIT = fc.oneof({ arbitrary: waits(0.05), weight: 3 }, { arbitrary: waits(6), weight: 1 });
const REFILL = fc.double({ min: 0, max: 1.03, noNaN: true }).map((share): Deed => ({ do: 'refill', share }));
const RESET = fc.constantFrom('kept' as const, 'lost' as const).map((clock): Deed => ({ do: 'reset', clock }));
const REST = fc.oneof(plain('stop', 'resume', 'minimumRate', 'prescribe', 'endSession', 'drain'), REFILL, RESET);

const list = (deed: fc.Arbitrary<Deed>) => fc.array(deed, { minLength: 4, maxLength: 16 });

/** Lives of no more than a few reservoirs. */
export const lives = list(
  fc.oneof({ arbitrary: WAIT, weight: 3 }, { arbitrary: plain('press'), weight: 2 }, { arbitrary: REST, weight: 2 }),
);
export const livesWithoutPress = list(fc.oneof(WAIT, REST));

/** Does one deed. What is refused is a part of life. */
export function live(pump: RunningPump, deed: Deed): void {
  const { profile } = pump.belief;
  const { full, solution, tenth } = therapyOf(profile);
  switch (deed.do) {
    case 'wait':
      pump.advance(`${Math.round(deed.tenths * tenth)}ms`);
      return;
    case 'press':
      pump.press();
      return;
    case 'prescribe':
      pump.clinician({ prescribe: orderOf(profile) });
      return;
    case 'drain':
      pump.hands('drain');
      return;
    case 'refill': {
      // A little more than fits is tried too, and refused by hands and pump alike.
      const volume = `${(deed.share * full).toFixed(3)} mL`;
      pump.hands('drain');
      // Of nothing nothing is injected.
      if (Number.parseFloat(volume) > 0) pump.hands({ inject: { volume, ...solution } });
      pump.clinician({ refill: { volume } });
      return;
    }
    case 'reset':
      pump.world({ reset: { clock: deed.clock } });
      return;
    default:
      pump.clinician(deed.do);
  }
}
