import { z } from 'zod';
import { digestOf } from './canonical.ts';
import { DRUGS } from './drugs.ts';
import { patientBolusSchema } from './patient-bolus.ts';
import { programSchema } from './program.ts';
import type { Concentration } from './units/index.ts';
import { concentration } from './units/index.ts';
import { shape, wire } from './wire.ts';

/** What comes once, right after a prescription is put in force, before its program. */
const opening = z
  .discriminatedUnion('type', [
    z
      .strictObject({
        type: z.literal('prime'),
        rate: wire.rate.describe('The rate, in place of basal and all boluses'),
        duration: wire.duration.describe('For how long'),
      })
      .describe('Fills the dead space of a pump or a catheter with the fluid prescribed'),
    z
      .strictObject({
        type: z.literal('bridge'),
        rate: wire.rate.describe('The rate, in place of basal and all boluses'),
        duration: wire.duration.describe('For how long'),
      })
      .describe('Moves the fluid prescribed before out of tubing and catheter, at its own dose'),
    z
      .strictObject({
        type: z.literal('delayed'),
        until: wire.wallClock.describe('When the program begins, in local time'),
      })
      .describe('The minimum rate until then'),
  ])
  .meta(shape('opening'));
export type Opening = Readonly<z.output<typeof opening>>;
/** An opening that fills dead space: a volume at a rate. Neither dose limit nor ceiling counts it. */
export type Filling = Exclude<Opening, { type: 'delayed' }>;

/** Most drugs of one mixture. */
export const MOST_DRUGS = 3;

/** What a pump is told to do, whole: it is never changed in part. */
export const prescriptionSchema = z
  .strictObject({
    drugs: z
      .array(
        z.strictObject({
          name: z.enum(DRUGS).describe('The drug'),
          concentration: wire.concentration.describe('How strong it is'),
        }),
      )
      .max(MOST_DRUGS)
      .describe('What the fluid holds, the primary drug first: doses are of it. None is a diluent, such as saline'),
    program: programSchema.describe('The basal rate, and boluses that come by themselves'),
    patientBolus: patientBolusSchema.nullable().describe('What the patient may ask for; null is nothing'),
    doseLimit: z
      .strictObject({
        dose: wire.mass.describe('The most, of the primary drug'),
        window: wire.duration.describe('The length of the window, at most a day'),
      })
      .nullable()
      .describe('What all boluses and the program may bring in any window of time; null is no limit'),
    ceiling: wire.doseRate.describe(
      'The highest daily dose of the primary drug this prescription may ever command, all allotted boluses included',
    ),
    lowReservoir: wire.volume.describe('Calculated volume at or below which the reservoir counts as low'),
    opening: opening.nullable().describe('What comes once before the program; null is nothing'),
  })
  .meta(shape('prescription'));
export type Prescription = Readonly<z.output<typeof prescriptionSchema>>;

/** A drug in a fluid, and how strong. */
export type Drug = Prescription['drugs'][number];

/** The primary drug's concentration; 0 for a diluent, whose doses are all 0. */
export const strengthOf = ({ drugs }: Pick<Prescription, 'drugs'>): Concentration =>
  drugs[0]?.concentration ?? concentration.of(0);

/** What programmer and pump compare before an update: the same digest means the same prescription. */
export const prescriptionDigest = (prescription: Prescription): string => digestOf(prescription);
