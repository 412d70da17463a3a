import { type Duration, type Instant, instant, MS_PER_DAY, span } from '../../shared/index.ts';
import type { RefillBy } from './visit.ts';

/** No appointment is sooner after a visit. */
const SOONEST = span(MS_PER_DAY / 2);

/** Most that an appointment lies before the refill-by date: half of what the fill lasts for. */
export const mostMargin = (now: Instant, { at }: RefillBy): Duration =>
  span(Math.max(0, at - now - Math.max(SOONEST, Math.floor((at - now) / 2))));

/** When to come for a refill: the margin before its date, or half way there where the margin would take up more. */
export const appointmentFor = (now: Instant, refillBy: RefillBy, margin: Duration): Instant =>
  instant(Math.max(now + SOONEST, refillBy.at - Math.min(margin, mostMargin(now, refillBy))));
