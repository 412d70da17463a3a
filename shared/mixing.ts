import type { Drug } from './prescription.ts';
import { sure } from './sure.ts';
import { concentration, type Volume } from './units/index.ts';

/*
 * What is filled mixes with the residual that cannot be aspirated. Volumes of the reservoir leave that residual out:
 * here alone it counts.
 */

/** Some of a fluid. */
export interface Amount {
  readonly volume: Volume;
  /** What it holds; nothing in a diluent. */
  readonly drugs: readonly Drug[];
}

/** What two fluids hold once they are one, each drug to the nearest ng/mL; nothing of either holds no drug. */
export const mixed = (one: Amount, other: Amount): Drug[] => sure(rinsed(one, other, 1)[0], 'fluid of two');

/** What the residual holds after each of so many rinses, in which all but the residual is aspirated again. */
export function rinsed(residual: Amount, rinse: Amount, times: number): Drug[][] {
  const names = [...new Set([...residual.drugs, ...rinse.drugs].map(({ name }) => name))];
  const [stays, comes] = [BigInt(residual.volume), BigInt(rinse.volume)];
  const all = stays + comes;
  if (all === 0n) return Array.from({ length: times }, () => []);
  // Exact all the way: rounded at each rinse, three of them would already be a ng off.
  return Array.from({ length: times }, (_, i) =>
    names.flatMap((name) => {
      let [strength, per] = [strengthIn(residual, name), 1n];
      for (let rinses = 0; rinses <= i; rinses++)
        [strength, per] = [strength * stays + strengthIn(rinse, name) * per * comes, per * all];
      const nearest = concentration.of(Number((strength + per / 2n) / per));
      return nearest === 0 ? [] : [{ name, concentration: nearest }];
    }),
  );
}

const strengthIn = ({ drugs }: Amount, wanted: Drug['name']): bigint =>
  BigInt(drugs.find(({ name }) => name === wanted)?.concentration ?? 0);
