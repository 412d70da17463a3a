import { earliest, type Instant, instant, type OverBasal, type Status } from '../shared/index.ts';
import { lowReservoirAt } from './forecast.ts';
import type { DrugLibrary } from './library/library.ts';

/** What decides when the pump must be filled next, in words. */
export const REFILL_DECIDERS = {
  lowReservoir: 'the reservoir is low, with all allotted boluses',
  stability: 'a drug is stable no longer',
  interval: 'the clinic’s longest interval',
  replaceBy: 'the pump must be replaced',
} as const;
export type RefillDecider = keyof typeof REFILL_DECIDERS;

export interface RefillBy {
  readonly at: Instant;
  readonly by: RefillDecider;
}

/**
 * When a pump that was filled at `filled` must be filled next: the earliest of all that limits it, of two at one
 * instant the one told first above. Undefined where nothing is known to.
 */
export function refillBy(
  status: Status,
  filled: Instant,
  { library, dayRules }: { readonly library: DrugLibrary | null; readonly dayRules: OverBasal },
): RefillBy | undefined {
  const stable = (status.prescription?.drugs ?? []).flatMap(({ name }) => {
    const stability = library?.drugs[name]?.stability;
    return stability === undefined ? [] : [instant(filled + stability.amount)];
  });
  const interval = library?.refillInterval;
  const dues: Readonly<Record<RefillDecider, Instant | undefined>> = {
    lowReservoir: isLow(status) ? status.now : lowReservoirAt(status, 'all', dayRules),
    stability: earliest(stable),
    interval: interval === undefined ? undefined : instant(filled + interval.amount),
    replaceBy: status.replaceBy ?? undefined,
  };
  const at = earliest(Object.values(dues));
  const by = DECIDERS.find((name) => dues[name] === at);
  return at === undefined || by === undefined ? undefined : { at, by };
}

/** At the threshold or below: it is due at once. */
const isLow = ({ prescription, volume }: Status): boolean =>
  prescription !== null && volume <= prescription.lowReservoir;

const DECIDERS = Object.keys(REFILL_DECIDERS) as RefillDecider[];
