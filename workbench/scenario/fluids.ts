import { z } from 'zod';
import type { Solution } from '../../firmware-sim/index.ts';
import { type Concentration, concentration, DRUGS, type DrugName, MOST_DRUGS } from '../../shared/index.ts';
import { quantity } from './text.ts';

/* Fluids as they are written in a scenario: what a reservoir is filled with, and what is prescribed for it. */

/** One optional key a drug: its concentration. */
const drugKeys = Object.fromEntries(DRUGS.map((drug) => [drug, quantity(concentration).exactOptional()])) as Record<
  DrugName,
  z.ZodOptional<ReturnType<typeof quantity<Concentration>>>
>;

/** What a fluid holds: a key a drug, `saline` for none. */
export const fluidKeys = { ...drugKeys, saline: z.literal(true).exactOptional().describe('A diluent without a drug') };
type FluidKeys = { readonly [D in DrugName]?: Concentration | undefined } & { readonly saline?: true | undefined };

/** What the keys name; null where they name nothing. */
export function solutionIn(value: FluidKeys): Solution | null {
  const drugs = DRUGS.flatMap((name): Solution => {
    const strength = value[name];
    return strength === undefined ? [] : [{ name, concentration: strength }];
  });
  return drugs.length === 0 && value.saline === undefined ? null : drugs;
}

/** Refuses what no fluid is: saline with a drug named, and more drugs than a mixture may have. */
export function oneFluid(value: object, context: z.core.$RefinementCtx): void {
  const named = DRUGS.filter((drug) => drug in value);
  const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (named[MOST_DRUGS] !== undefined) wrong(named[MOST_DRUGS], `at most ${MOST_DRUGS} drugs a mixture`);
  if ('saline' in value && named[0] !== undefined) wrong('saline', 'saline holds no drug: expected one or the other');
}
