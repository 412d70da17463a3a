import { z } from 'zod';
import type { WallClock } from './calendar.ts';
import {
  type Concentration,
  concentration,
  type DoseRate,
  type Duration,
  doseRate,
  type Instant,
  instant,
  type Mass,
  mass,
  type Rate,
  rate,
  span,
  type Volume,
  volume,
} from './units/index.ts';

/** Branded units as they travel: whole numbers of the smallest unit, never negative. */
const count = z.int().min(0);
/** 100 000 days, as long as may be written: added to any pump time it is still a whole number of milliseconds. */
const duration = count.max(8_640_000_000_000);
export const wire = {
  volume: count.transform((n): Volume => volume.of(n)),
  rate: count.transform((n): Rate => rate.of(n)),
  concentration: count.transform((n): Concentration => concentration.of(n)),
  doseRate: count.transform((n): DoseRate => doseRate.of(n)),
  duration: duration.transform((n): Duration => span(n)),
  mass: count.transform((n): Mass => mass.of(n)),
  instant: count.transform((n): Instant => instant(n)),
  /** A wall clock; so far below 2^53 that a pump's age limit after it is still exact. */
  wallClock: count.max(8_640_000_000_000_000).transform((n): WallClock => span(n)),
  count,
};
