import { z } from 'zod';
import { SIGN_CODES, type Truth } from '../../firmware-sim/index.ts';
import {
  CONDITION_CODES,
  concentration,
  DRUGS,
  type Json,
  level,
  mass,
  rate,
  toJson,
  volume,
} from '../../shared/index.ts';

const count = z.int().min(0);
const total = z
  .string()
  .regex(/^\d{1,40}$/)
  .transform((digits) => BigInt(digits));

/** A total that may be below nothing: CSF that was drawn out. */
const sum = z
  .string()
  .regex(/^-?\d{1,40}$/)
  .transform((digits) => BigInt(digits));
const massOnWire = count.transform((n) => mass.of(n));
const levelOnWire = count.transform((n) => level.of(n));
const drugInBody = z.strictObject({
  csf: levelOnWire,
  usual: levelOnWire,
  reached: massOnWire,
  pocket: massOnWire,
  blood: massOnWire,
  line: massOnWire,
});

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
  doses: z.partialRecord(z.enum(DRUGS), massOnWire),
  places: z.strictObject({ patient: sum, pocket: sum, outside: sum }),
  drugs: z.partialRecord(z.enum(DRUGS), drugInBody),
  signs: z.array(z.enum(SIGN_CODES)),
});

export function truthToWire({ injected, aspirated, delivered, places, ...rest }: Truth): Json {
  const { patient, pocket, outside } = places;
  return toJson({
    ...rest,
    injected: `${injected}`,
    aspirated: `${aspirated}`,
    delivered: `${delivered}`,
    places: { patient: `${patient}`, pocket: `${pocket}`, outside: `${outside}` },
  });
}
