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

/** What the numbers and texts of a payload are, by the name docs/protocol.md calls them. */
export const WIRE_KINDS = {
  count: 'how many, or a number of something',
  volume: '1/86 400 000 nL: a rate in nL/day times a time in ms; 1 mL is 86 400 000 000 000',
  rate: 'nL per day',
  concentration: 'ng per mL',
  doseRate: 'ng per day, of the primary drug',
  mass: 'ng, of the primary drug',
  duration: 'ms; at most 100 000 days',
  instant: 'ms of the pump’s own time, counted since it was powered on',
  wallClock: 'ms of local time since 1970-01-01 00:00, without time zone or leap seconds; at most 100 000 000 days',
  nonce: '16 bytes used once, as 32 hexadecimal digits in lower case',
  digest: '16 bytes of a digest, as 32 hexadecimal digits in lower case',
  hex: 'bytes, as hexadecimal digits in lower case',
} as const;
type WireKind = keyof typeof WIRE_KINDS;
/** A mark by which a schema is told to be of a kind; what is described later keeps it. */
const kind = (name: WireKind) => ({ kind: name });

/** Branded units as they travel: whole numbers of the smallest unit, never negative. */
const count = z.int().min(0);
/** 100 000 days, as long as may be written: added to any pump time it is still a whole number of milliseconds. */
const duration = count.max(8_640_000_000_000);
const digits = z.string().regex(/^[0-9a-f]{32}$/);
export const wire = {
  volume: count.transform((n): Volume => volume.of(n)).meta(kind('volume')),
  rate: count.transform((n): Rate => rate.of(n)).meta(kind('rate')),
  concentration: count.transform((n): Concentration => concentration.of(n)).meta(kind('concentration')),
  doseRate: count.transform((n): DoseRate => doseRate.of(n)).meta(kind('doseRate')),
  duration: duration.transform((n): Duration => span(n)).meta(kind('duration')),
  mass: count.transform((n): Mass => mass.of(n)).meta(kind('mass')),
  instant: count.transform((n): Instant => instant(n)).meta(kind('instant')),
  /** A wall clock; so far below 2^53 that a pump's age limit after it is still exact. */
  wallClock: count
    .max(8_640_000_000_000_000)
    .transform((n): WallClock => span(n))
    .meta(kind('wallClock')),
  count: count.meta(kind('count')),
  nonce: digits.meta(kind('nonce')),
  digest: digits.meta(kind('digest')),
  hex: z
    .string()
    .regex(/^([0-9a-f]{2})*$/)
    .meta(kind('hex')),
};

/** A mark for a schema that docs/protocol.md describes once, under a name. */
export const shape = (name: string) => ({ shape: name });
