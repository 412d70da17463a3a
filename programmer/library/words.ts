import { concentration, doseRate, type LimitName, mass, unitOf } from '../../shared/index.ts';
import type { DrugLibrary } from './library.ts';
import type { Exceeded } from './limits.ts';

/** What exceeds a limit, in words. */
const WHAT: Readonly<Record<LimitName, string>> = {
  dailyDose: 'the most a day can bring',
  startingDose: 'as a first dose, the most a day can bring',
  step: 'as a step, the most a day can bring',
  concentration: 'the concentration',
  patientBolus: 'a bolus of the patient',
  clinicianBolus: 'a single, periodic or priming bolus',
  unlisted: '',
};

/** What is to be accepted or declined, a line a limit. */
export const limitWarnings = (exceeded: readonly Exceeded[], library: DrugLibrary | null): string[] =>
  exceeded.map((each) => `Above a limit: ${limitWords(each, library)}`);

/** "the most a day can bring, 1200 mcg/day of baclofen, is above the soft limit of 1000 mcg/day (Library 1.0)". */
export function limitWords({ drug, limit, value, bound, level }: Exceeded, library: DrugLibrary | null): string {
  const of = library === null ? 'no library' : `${library.name} ${library.version}`;
  if (bound === null) return `${drug} is not in the drug library (${of})`;
  const show = shown(limit, library?.drugs[drug]?.unit ?? unitOf(drug));
  return `${WHAT[limit]}, ${show(value)} of ${drug}, is above the ${level} limit of ${show(bound)} (${of})`;
}

function shown(limit: LimitName, unit: 'mcg' | 'mg'): (value: number) => string {
  const decimals = unit === 'mg' ? 6 : 3;
  switch (limit) {
    case 'concentration':
    case 'unlisted':
      return (value) => concentration.format(concentration.of(value), decimals, `${unit}/mL`);
    case 'patientBolus':
    case 'clinicianBolus':
      return (value) => mass.format(mass.of(value), decimals, unit);
    default:
      return (value) => doseRate.format(doseRate.of(value), decimals, `${unit}/day`);
  }
}
