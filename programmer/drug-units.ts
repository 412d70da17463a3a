import {
  type Concentration,
  concentration,
  type DoseRate,
  type DrugName,
  doseRate,
  type Mass,
  mass,
  unitOf,
} from '../shared/index.ts';

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
