import { z } from 'zod';
import { digestOf } from './canonical.ts';
import { DRUGS } from './drugs.ts';
import { wire } from './wire.ts';

/** What a patient may give himself: a fixed rate for a fixed time, so that the volume is their product. */
const patientBolus = z.strictObject({
  rate: wire.rate,
  duration: wire.duration,
  lockout: wire.duration,
  /** Most grants in any 24 h. */
  maxPerDay: wire.count,
});
export type PatientBolus = Readonly<z.output<typeof patientBolus>>;

/** What a pump is told to do, whole: it is never changed in part. */
export const prescriptionSchema = z.strictObject({
  drug: z.strictObject({ name: z.enum(DRUGS), concentration: wire.concentration }),
  basal: wire.rate,
  patientBolus: patientBolus.nullable(),
  /** The highest daily dose this prescription may ever command: basal and all allotted boluses. */
  ceiling: wire.doseRate,
  /** Calculated volume at or below which the reservoir counts as low. */
  lowReservoir: wire.volume,
});
export type Prescription = Readonly<z.output<typeof prescriptionSchema>>;

/** What programmer and pump compare before an update: the same digest means the same prescription. */
export const prescriptionDigest = (prescription: Prescription): string => digestOf(prescription);
