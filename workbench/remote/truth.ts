import { z } from 'zod';
import type { Truth } from '../../firmware-sim/index.ts';
import { CONDITION_CODES, concentration, DRUGS, type Json, mass, rate, toJson, volume } from '../../shared/index.ts';

const count = z.int().min(0);
const total = z
  .string()
  .regex(/^\d{1,40}$/)
  .transform((digits) => BigInt(digits));

/** What is physically so, as it is told over the control channel; totals over a life are decimal texts. */
export const truthOnWire = z.strictObject({
  reservoir: count.transform((n) => volume.of(n)),
  flow: count.transform((n) => rate.of(n)),
  solution: z
    .array(z.strictObject({ name: z.enum(DRUGS), concentration: count.transform((n) => concentration.of(n)) }))
    .nullable(),
  injected: total,
  aspirated: total,
  delivered: total,
  conditions: z.array(z.enum(CONDITION_CODES)),
  doses: z.partialRecord(
    z.enum(DRUGS),
    count.transform((n) => mass.of(n)),
  ),
});

export function truthToWire({ injected, aspirated, delivered, ...rest }: Truth): Json {
  return toJson({ ...rest, injected: `${injected}`, aspirated: `${aspirated}`, delivered: `${delivered}` });
}
