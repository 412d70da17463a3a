import { z } from 'zod';
import { digestOf } from './canonical.ts';
import { DRUGS } from './drugs.ts';
import { programSchema } from './program.ts';
import type { Concentration } from './units/index.ts';
import { concentration } from './units/index.ts';
import { wire } from './wire.ts';

/** What a patient may give himself: a fixed rate for a fixed time, so that the volume is their product. */
const patientBolus = z.strictObject({
  rate: wire.rate,
  duration: wire.duration,
  lockout: wire.duration,
  /** Most grants in any 24 h, or in a local day: the profile's `countWindow`. */
  maxPerDay: wire.count,
});
export type PatientBolus = Readonly<z.output<typeof patientBolus>>;

/** Most drugs of one mixture. */
export const MOST_DRUGS = 3;

/** What a pump is told to do, whole: it is never changed in part. */
export const prescriptionSchema = z.strictObject({
  /** What the fluid holds, the primary drug first: doses are of it. None is a diluent, such as saline. */
  drugs: z.array(z.strictObject({ name: z.enum(DRUGS), concentration: wire.concentration })).max(MOST_DRUGS),
  program: programSchema,
  patientBolus: patientBolus.nullable(),
  /** Most of the primary drug in any window of time: all boluses and the program. */
  doseLimit: z.strictObject({ dose: wire.mass, window: wire.duration }).nullable(),
  /** The highest daily dose of the primary drug this prescription may ever command, all allotted boluses included. */
  ceiling: wire.doseRate,
  /** Calculated volume at or below which the reservoir counts as low. */
  lowReservoir: wire.volume,
});
export type Prescription = Readonly<z.output<typeof prescriptionSchema>>;

/** A drug in a fluid, and how strong. */
export type Drug = Prescription['drugs'][number];

/** The primary drug's concentration; 0 for a diluent, whose doses are all 0. */
export const strengthOf = ({ drugs }: Pick<Prescription, 'drugs'>): Concentration =>
  drugs[0]?.concentration ?? concentration.of(0);

/** What programmer and pump compare before an update: the same digest means the same prescription. */
export const prescriptionDigest = (prescription: Prescription): string => digestOf(prescription);
