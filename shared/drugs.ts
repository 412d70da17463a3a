/** Drugs by the name a prescription and a syringe carry. A name says nothing about approval or limits. */
export const DRUGS = [
  'baclofen',
  'bupivacaine',
  'clonidine',
  'fentanyl',
  'hydromorphone',
  'morphine',
  'sufentanil',
  'ziconotide',
] as const;
export type DrugName = (typeof DRUGS)[number];
