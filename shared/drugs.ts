import { namesOf } from './names.ts';

/** Drugs by the name a prescription and a syringe carry, with the unit their doses are written in. */
const UNITS = {
  baclofen: 'mcg',
  bupivacaine: 'mg',
  clonidine: 'mcg',
  fentanyl: 'mcg',
  hydromorphone: 'mg',
  morphine: 'mg',
  sufentanil: 'mcg',
  ziconotide: 'mcg',
} as const;
export type DrugName = keyof typeof UNITS;
export const DRUGS = namesOf(UNITS);

/** The unit a drug's mass is shown in; a name says nothing about approval or limits. */
export const unitOf = (drug: DrugName): 'mcg' | 'mg' => UNITS[drug];
