import {
  type Concentration,
  concentration,
  type DoseRate,
  type Drug,
  type DrugName,
  doseRate,
  type Mass,
  mass,
  roundMass,
  unitOf,
} from '../shared/index.ts';
import { drugsIn, type Held, massAmong } from './path.ts';

/** Decimals that show a mass to the ng in either unit. */
const TO_THE_NG = { mcg: 3, mg: 6 } as const;

/** How the masses of a drug are shown: in its own unit, to the ng. A diluent has none, and shows 0 mcg. */
export function inUnitOf(drug: DrugName | undefined) {
  const unit = drug === undefined ? 'mcg' : unitOf(drug);
  return {
    daily: (dose: DoseRate) => doseRate.format(dose, TO_THE_NG[unit], `${unit}/day`),
    dose: (amount: Mass) => mass.format(amount, TO_THE_NG[unit], unit),
    strength: (value: Concentration) => concentration.format(value, TO_THE_NG[unit], `${unit}/mL`),
  };
}

/** "morphine 10 mg/mL and bupivacaine 20 mg/mL". */
export const fluidWords = (drugs: readonly Drug[]): string =>
  drugs.length === 0
    ? 'a diluent'
    : drugs.map(({ name, concentration }) => `${name} ${inUnitOf(name).strength(concentration)}`).join(' and ');

/** The mass of every drug in some fluids: "10 mg of morphine and 20 mg of bupivacaine". */
export const dosesIn = (fluids: readonly Held[]): string => {
  const names = drugsIn(fluids);
  const words = names.map((name) => `${inUnitOf(name).dose(roundMass(massAmong(fluids, name)))} of ${name}`);
  return words.length === 0 ? 'no drug' : words.join(' and ');
};
