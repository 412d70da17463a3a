import { z } from 'zod';
import { FAULTS, type Fault, type HandsAct, type Solution } from '../../firmware-sim/index.ts';
import type { BolusEntry, PatientAct, PrescribeEntry } from '../../programmer/index.ts';
import {
  ALARM_CODES,
  type Concentration,
  concentration,
  DRUGS,
  type DrugName,
  doseRate,
  mass,
  proportion,
  rate,
  UnitError,
  volume,
} from '../../shared/index.ts';
import type { TypedClinicianAct } from '../act.ts';
import { keys, quantity, span } from './text.ts';

/*
 * Acts as they are written in a scenario. An act without arguments is its bare name; one with arguments is
 * a single key.
 */

/** One optional key a drug: its concentration. */
const drugKeys = Object.fromEntries(DRUGS.map((drug) => [drug, quantity(concentration).optional()])) as Record<
  DrugName,
  z.ZodOptional<ReturnType<typeof quantity<Concentration>>>
>;

function solutionIn(value: { readonly [D in DrugName]?: Concentration | undefined }): Solution | null {
  for (const drug of DRUGS) {
    const strength = value[drug];
    if (strength !== undefined) return { drug, concentration: strength };
  }
  return null;
}

/** Refuses what a solution of this version cannot hold: two drugs. */
function atMostOneDrug(value: object, context: z.core.$RefinementCtx): void {
  const named = DRUGS.filter((drug) => drug in value);
  if (named[1] === undefined) return;
  context.addIssue({
    code: 'custom',
    path: [named[1]],
    message: 'one drug a solution: mixtures are not simulated yet',
  });
}

/** A quantity that may be written in one of two kinds, such as a dose or a volume. */
function either<A, B>(a: (text: string) => A, b: (text: string) => B, expected: string) {
  return z.string({ error: () => `expected ${expected}` }).transform((value, context): A | B => {
    for (const parse of [a, b]) {
      try {
        return parse(value);
      } catch (error) {
        if (!(error instanceof UnitError)) throw error;
      }
    }
    context.issues.push({ code: 'custom', message: `"${value}": expected ${expected}`, input: value });
    return z.NEVER;
  });
}

const basal = either(
  (text) => ({ dose: doseRate.parse(text) }),
  (text) => ({ rate: rate.parse(text) }),
  'a dose or a volume per day such as "200 mcg/day" or "0.4 mL/day"',
);

const bolus = keys({
  dose: either(
    (text) => ({ dose: mass.parse(text), volume: null }),
    (text) => ({ dose: null, volume: volume.parse(text) }),
    'a mass or a volume such as "0.75 mg" or "0.03 mL"',
  ),
  duration: span,
  lockout: span,
  maxPerDay: z.int().min(0),
}).transform(({ dose, ...rest }): BolusEntry => ({ ...dose, ...rest }));

export const prescribe = keys({
  primary: z.enum(DRUGS).optional(),
  ...drugKeys,
  constant: basal.optional(),
  patientBolus: z
    .union([z.literal('none'), bolus], { error: () => 'expected none or { dose, duration, lockout, maxPerDay }' })
    .optional(),
  ceiling: quantity(doseRate).optional(),
  lowReservoir: quantity(volume).optional(),
  run: z.boolean().optional().describe('Start a pump that a clinician has stopped'),
})
  .superRefine(atMostOneDrug)
  .superRefine(({ primary, ...value }, context) => {
    const solution = solutionIn(value);
    if (primary === undefined || solution === null || solution.drug === primary) return;
    context.addIssue({
      code: 'custom',
      path: ['primary'],
      message: `the concentration is of ${solution.drug}: expected the same drug`,
    });
  })
  .transform((value): PrescribeEntry => {
    const solution = solutionIn(value);
    return {
      type: 'prescribe',
      drug: value.primary ?? solution?.drug ?? null,
      concentration: solution?.concentration ?? null,
      basal: value.constant ?? null,
      patientBolus: value.patientBolus ?? null,
      ceiling: value.ceiling ?? null,
      lowReservoir: value.lowReservoir ?? null,
      run: value.run ?? false,
    };
  });

const refill = keys({
  aspirated: z
    .union([z.literal('measured'), quantity(volume)])
    .optional()
    .describe('What the syringe showed'),
  volume: quantity(volume).describe('What the reservoir holds now, as typed'),
}).transform(
  (value): TypedClinicianAct => ({ type: 'refill', aspirated: value.aspirated ?? null, volume: value.volume }),
);

/** Exactly one of several keys, each an act. */
function oneOf(value: object, context: z.core.$RefinementCtx): void {
  const given = Object.keys(value);
  if (given.length === 1) return;
  const message = given.length === 0 ? 'expected an act' : `one act a step, not ${given.join(' and ')}`;
  context.addIssue({ code: 'custom', message, path: given.slice(1, 2) });
}

const BARE = ['interrogate', 'implant', 'stop', 'resume', 'readHistory', 'readLog', 'endSession'] as const;

const NO_ACT: TypedClinicianAct = { type: 'interrogate' };

export const clinicianAct = z.union(
  [
    z.enum(BARE).transform((type): TypedClinicianAct => ({ type })),
    keys({
      refill: refill.optional(),
      prescribe: prescribe.optional(),
      silence: z.enum(ALARM_CODES).optional().describe('Quiets the tone of an alarm for a while'),
    })
      .superRefine(oneOf)
      .transform((value): TypedClinicianAct => {
        if (value.silence !== undefined) return { type: 'silence', alarm: value.silence };
        return value.refill ?? value.prescribe ?? NO_ACT;
      }),
  ],
  { error: () => `expected one of ${BARE.join(', ')}, { refill: … }, { prescribe: … } or { silence: … }` },
);

export const patientAct = z.enum(['requestBolus']).transform((type): PatientAct => ({ type }));

/** An amount of a solution; without a drug, of the one that was there. */
export const fluid = keys({ volume: quantity(volume), ...drugKeys })
  .superRefine(atMostOneDrug)
  .transform((value) => ({ volume: value.volume, solution: solutionIn(value) }));

export const handsAct = z.union(
  [
    z.enum(['drain']).transform((type): HandsAct => ({ type })),
    keys({
      aspirate: quantity(volume).optional(),
      inject: z
        .union([quantity(volume).transform((amount) => ({ volume: amount, solution: null })), fluid], {
          error: () => 'expected a volume such as "20 mL", or { volume: 20 mL, baclofen: 500 mcg/mL }',
        })
        .optional(),
    })
      .superRefine(oneOf)
      .transform((value): HandsAct => {
        if (value.inject !== undefined) return { type: 'inject', ...value.inject };
        return value.aspirate === undefined ? { type: 'drain' } : { type: 'aspirate', volume: value.aspirate };
      }),
  ],
  { error: () => 'expected drain, { aspirate: … } or { inject: … }' },
);

/** An error of a physical quantity: nothing can move or show less than nothing. */
const error = quantity(proportion).refine((by) => by >= -1_000_000, 'expected at least "-100 %"');

const worldFault = keys({
  flowBias: error.optional().describe(FAULTS.flowBias),
  syringeError: error.optional().describe(FAULTS.syringeError),
})
  .superRefine(oneOf)
  .transform(({ flowBias, syringeError }): Fault => {
    if (flowBias !== undefined) return { type: 'flowBias', by: flowBias };
    return { type: 'syringeError', by: syringeError ?? proportion.of(0) };
  });

export const worldAct = z.union([z.enum(['batteryLow']).transform((type): Fault => ({ type })), worldFault], {
  error: () => 'expected batteryLow, { flowBias: … } or { syringeError: … }',
});
