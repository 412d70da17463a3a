import { z } from 'zod';
import {
  type BolusEntry,
  CATHETER_PRIMES,
  type CatheterEntry,
  type DayPartEntry,
  type EditEntry,
  type OpeningEntry,
  type PrescribeEntry,
  UNDERWAY,
} from '../../programmer/index.ts';
import { DRUGS, type DrugName, doseRate, length, mass, volume } from '../../shared/index.ts';
import { fluidKeys, oneFluid, solutionIn } from './fluids.ts';
import { amount, oneProgram, programIn, programKeys } from './programs.ts';
import { either, keys, quantity, span, timeOfDay, wallClock } from './text.ts';

/* What is entered of a prescription, as it is written in a scenario: what is left out is not entered. */

const within = { from: timeOfDay, to: timeOfDay };
const dayPart = z
  .union(
    [
      keys({ ...within, none: z.literal(true) }).transform(({ from, to }): DayPartEntry => ({ from, to, bolus: null })),
      keys({ ...within, dose: amount, duration: span, lockout: span }).transform(
        ({ from, to, dose, ...rest }): DayPartEntry => ({ from, to, bolus: { ...dose, ...rest } }),
      ),
    ],
    { error: () => 'expected { from, to, none: true } or { from, to, dose, duration, lockout }' },
  )
  .meta({ written: [{ from: '22:00', to: '06:00', none: true }] });

const bolus = keys({
  dose: amount,
  duration: span,
  lockout: span,
  maxPerDay: z.int().min(0),
  parts: z.array(dayPart).exactOptional().describe('Parts of the local day with a bolus of their own, or none'),
}).transform(({ dose, parts, ...rest }): BolusEntry => ({ ...dose, ...rest, parts: parts ?? [] }));

export const aboveLimits = z
  .enum(['accept'])
  .exactOptional()
  .describe('Accept beforehand that limits of the drug library are exceeded');

const catheter = either(
  (text): CatheterEntry => ({ length: length.parse(text) }),
  (text): CatheterEntry => ({ volume: volume.parse(text) }),
  'the length or the volume of the catheter',
  ['60 cm', '0.132 mL'],
);
const prime = z.union(
  [
    z.literal('pumpOnly').transform((fill): OpeningEntry => ({ type: 'prime', fill })),
    keys({ fill: z.enum(CATHETER_PRIMES), catheter }).transform((entry): OpeningEntry => ({ type: 'prime', ...entry })),
  ],
  { error: () => 'expected pumpOnly or { fill: pumpAndCatheter, catheter: 60 cm }' },
);
const bridge = keys({
  catheter,
  dose: quantity(doseRate).exactOptional().describe('The daily dose of the old drug, if not the one in the pump'),
}).transform(({ catheter, dose }): OpeningEntry => ({ type: 'bridge', catheter, dose: dose ?? null }));

const entryShape = {
  primary: z.enum(DRUGS).exactOptional().describe('The drug of a mixture that doses are of'),
  ...fluidKeys,
  ...programKeys,
  patientBolus: z
    .union([z.literal('none'), bolus], { error: () => 'expected none or { dose, duration, lockout, maxPerDay }' })
    .exactOptional()
    .describe('What the patient may ask for, or none')
    .meta({ written: [{ dose: '10 mcg', duration: '5min', lockout: '4h', maxPerDay: 4 }] }),
  doseLimit: z
    .union([z.literal('none'), keys({ dose: quantity(mass), window: span })], {
      error: () => 'expected none or { dose, window }',
    })
    .exactOptional()
    .describe('Most of the primary drug in any window of time'),
  ceiling: quantity(doseRate).exactOptional().describe('The highest daily dose, with every allotted bolus'),
  lowReservoir: quantity(volume).exactOptional().describe('At which volume the low-reservoir alarm comes'),
  prime: prime.exactOptional().describe('Begin with a priming bolus that fills dead space'),
  bridge: bridge
    .exactOptional()
    .describe('Begin with a bridge bolus that moves the old drug out at its dose')
    .meta({ written: [{ catheter: '0.2 mL' }] }),
  catheter: catheter
    .exactOptional()
    .describe('What the catheter holds, for what a change of the fluid leaves in it; a prime or a bridge says it too'),
  startAt: wallClock.exactOptional().describe('Begin at a local time; the minimum rate until then'),
  opening: z
    .enum(UNDERWAY)
    .exactOptional()
    .describe('What becomes of a prime, a bridge or a delayed start that is under way'),
  run: z.boolean().exactOptional().describe('Start a pump that a clinician has stopped'),
  override: z.boolean().exactOptional().describe('Accept that what was given exceeds the dose limit for now'),
};

/** Refuses a mixture whose doses are of nobody knows which drug. */
function primaryNamed(
  { primary, ...value }: { readonly primary?: DrugName } & Parameters<typeof solutionIn>[0],
  context: z.core.$RefinementCtx,
): void {
  const solution = solutionIn(value);
  if (primary === undefined && (solution?.length ?? 0) > 1) {
    context.addIssue({ code: 'custom', message: 'a mixture needs "primary": the drug that doses are of' });
    return;
  }
  if (primary === undefined || solution === null || solution.some(({ name }) => name === primary)) return;
  context.addIssue({
    code: 'custom',
    path: ['primary'],
    message: `no concentration of ${primary} is given: expected one of the drugs in the mixture`,
  });
}

/** A prescription begins with one thing at most. */
function oneOpening(
  { prime, bridge, startAt }: { readonly prime?: unknown; readonly bridge?: unknown; readonly startAt?: unknown },
  context: z.core.$RefinementCtx,
): void {
  const given = Object.entries({ prime, bridge, startAt }).filter(([, value]) => value !== undefined);
  const [, second] = given;
  if (second !== undefined)
    context.addIssue({ code: 'custom', path: [second[0]], message: 'one of prime, bridge and startAt' });
}

const entryKeys = keys(entryShape)
  .superRefine(oneFluid)
  .superRefine(oneProgram)
  .superRefine(oneOpening)
  .superRefine(primaryNamed);

const prescribeKeys = keys({
  ...entryShape,
  aboveLimits,
})
  .superRefine(oneFluid)
  .superRefine(oneProgram)
  .superRefine(oneOpening)
  .superRefine(primaryNamed);

type EntryKeys = z.output<typeof entryKeys>;

const openingIn = ({ prime, bridge, startAt }: EntryKeys): OpeningEntry | null =>
  prime ?? bridge ?? (startAt === undefined ? null : { type: 'delayed', until: startAt });

function entryIn(value: EntryKeys): Omit<EditEntry, 'type'> {
  const solution = solutionIn(value);
  return {
    drugs: solution,
    primary: value.primary ?? solution?.[0]?.name ?? null,
    program: programIn(value),
    patientBolus: value.patientBolus ?? null,
    doseLimit: value.doseLimit ?? null,
    ceiling: value.ceiling ?? null,
    lowReservoir: value.lowReservoir ?? null,
    opening: openingIn(value),
    underway: value.opening ?? null,
    ...(value.catheter === undefined ? {} : { catheter: value.catheter }),
    run: value.run ?? null,
    override: value.override ?? null,
  };
}

export const prescribe = prescribeKeys.transform(({ aboveLimits, ...value }): PrescribeEntry => {
  const entry = entryIn(value);
  const answered = aboveLimits === undefined ? {} : { aboveLimits };
  return { type: 'prescribe', ...entry, run: entry.run ?? false, override: entry.override ?? false, ...answered };
});

export const edit = entryKeys
  .refine((value) => Object.keys(value).length > 0, 'an empty edit: expected at least one part of a prescription')
  .transform((value): EditEntry => ({ type: 'edit', ...entryIn(value) }));
