import type { DrugName, Line } from '../../shared/index.ts';

/*
 * How a drug fares in the body, for teaching: the cerebrospinal fluid (CSF) as one well-mixed compartment, which
 * answers to a daily dose with a steady level of dose ÷ clearance. What is measured in people spreads widely (for
 * ziconotide by more than the mean), and what is infused slowly is poorly mixed: no one's level is predicted here.
 */

/** What is known of a drug in the body; every number with its source. */
export interface Pharmacology {
  /** Volume of the CSF that it spreads in. */
  readonly volume: Line;
  /** CSF cleared of it per minute. */
  readonly clearance: Line;
  /** Highest CSF level that somebody bears who is not used to it. */
  readonly borne: Line;
  /** Most in the blood that somebody bears who is not used to it; it comes there from under the skin. */
  readonly borneInBlood: Line;
}

const line =
  (status: Line['status'], unit: string) =>
  (value: number, source: string): Line => ({ value, unit, status, source });
const [litres, perMinute] = [line('verified', 'mL'), line('verified', 'mL/min')];
const borneLevel = line('assumed', 'ng/mL');
const borneMass = line('assumed', 'mg');

const CSF = litres(150, 'adult CSF, about 150 mL (taylorfrancis.com 9781138704169-10; PMC5874330)');
const BULK_FLOW = perMinute(
  0.35,
  'CSF production, 0.35 mL/min (PMC5874330; clinlabnavigator.com): carried away with the fluid, half in 4.95 h',
);
const UNKNOWN_FLOW: Line = { ...BULK_FLOW, status: 'assumed', source: `no figure found; as ${BULK_FLOW.source}` };
const UNKNOWN_VOLUME: Line = { ...CSF, status: 'assumed', source: `no figure found; ${CSF.source}` };
const unknownInCsf = { volume: UNKNOWN_VOLUME, clearance: UNKNOWN_FLOW };
const CHOSEN = 'no figure found; chosen so that';

export const PHARMACOLOGY: Readonly<Record<DrugName, Pharmacology>> = {
  baclofen: {
    volume: UNKNOWN_VOLUME,
    clearance: {
      ...BULK_FLOW,
      source: `${BULK_FLOW.source}; of baclofen 0.013 to 0.08 L/h are published, and a half-life of 0.9 to 5 h (doi 10.1007/BF00265844): this is its slow end`,
    },
    borne: borneLevel(1500, `${CHOSEN} a screening bolus of 100 mcg and a day of 700 mcg are borne`),
    borneInBlood: borneMass(10, `${CHOSEN} a usual single dose by mouth is borne`),
  },
  bupivacaine: {
    ...unknownInCsf,
    borne: borneLevel(50_000, `${CHOSEN} a day of 20 mg is borne`),
    borneInBlood: borneMass(100, `${CHOSEN} a block of a nerve is borne`),
  },
  clonidine: {
    volume: UNKNOWN_VOLUME,
    clearance: line('assumed', 'mL/min')(
      1.333,
      'chosen so that half is gone from 150 mL in 1.3 h, its half-life in CSF (clustermed.info/drugs/c/clonidine-injection)',
    ),
    borne: borneLevel(400, `${CHOSEN} a day of 600 mcg is borne`),
    borneInBlood: borneMass(0.3, `${CHOSEN} a usual dose by mouth is borne`),
  },
  fentanyl: {
    ...unknownInCsf,
    borne: borneLevel(200, `${CHOSEN} a first day of 75 mcg is borne`),
    borneInBlood: borneMass(0.1, `${CHOSEN} a usual dose into the vein is borne`),
  },
  hydromorphone: {
    ...unknownInCsf,
    borne: borneLevel(3000, `${CHOSEN} a day of 1 mg is borne`),
    borneInBlood: borneMass(2, `${CHOSEN} a usual dose under the skin is borne`),
  },
  morphine: {
    volume: litres(
      42,
      'volume of distribution at steady state, 42 ± 18 mL (intradural morphine in major abdominal surgery)',
    ),
    clearance: perMinute(0.34, 'clearance, 0.34 ± 0.18 mL/min (the same); half-life 86 min, measured by a pump 94'),
    borne: borneLevel(21_000, `${CHOSEN} a day of 10 mg is borne, the most to begin with`),
    borneInBlood: borneMass(15, `${CHOSEN} a usual dose under the skin is borne`),
  },
  sufentanil: {
    ...unknownInCsf,
    borne: borneLevel(40, `${CHOSEN} a day of 20 mcg is borne`),
    borneInBlood: borneMass(0.03, `${CHOSEN} a usual dose into the vein is borne`),
  },
  ziconotide: {
    volume: litres(155, 'Prialt label (rxlist.com): 155 ± 263 mL'),
    clearance: perMinute(0.38, 'Prialt label (rxlist.com): 0.38 ± 0.56 mL/min; half-life 4.7 h, labelled 4.6'),
    borne: borneLevel(36, `${CHOSEN} 19.2 mcg/day is borne, the most the label allows`),
    borneInBlood: borneMass(1, `${CHOSEN} what little reaches the blood is borne`),
  },
};

/** Numbers of the body that are the same for every drug. */
export const BODY = {
  epiduralToCsf: {
    value: 1.9,
    unit: '%',
    status: 'verified',
    source:
      'of epidural morphine 1.9 % comes into the CSF (pharmacokinetics of epidural morphine in man); for other drugs, and under the dura, assumed',
  },
  epiduralHalfLife: line('assumed', 'h')(1, 'no figure found; how fast an epidural dose is taken up'),
  depotHalfLife: line('assumed', 'h')(1, 'no figure found; how fast fluid under the skin is taken up into the blood'),
  bloodHalfLife: line('assumed', 'h')(3, 'no figure found; of the order of morphine and baclofen in blood'),
  adaptation: line('assumed', 'd')(7, 'no figure found; how fast somebody gets used to a level, and out of it'),
} as const satisfies Readonly<Record<string, Line>>;

/** The number of a line, in its unit. */
export const numberOf = ({ value }: Line): number => Number(value);
