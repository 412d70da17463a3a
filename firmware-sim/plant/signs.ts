import { type DrugName, namesOf } from '../../shared/index.ts';
import type { DrugInBody } from './body.ts';
import { numberOf, PHARMACOLOGY } from './pharmacology.ts';

/** What a patient shows and says when a drug is too little or too much: for teaching, never a diagnosis. */
export const SIGNS = {
  baclofenOverdose: { is: 'emergency', says: 'cannot be woken; breathes little; limp' },
  baclofenWithdrawal: { is: 'emergency', says: 'high fever, rigid, itching and confused' },
  respiratoryDepression: { is: 'emergency', says: 'cannot be woken; breathes little' },
  reboundHypertension: { is: 'emergency', says: 'pounding headache; very high blood pressure' },
  motorBlock: { is: 'emergency', says: 'the legs will not move; faint, low blood pressure' },
  psychosis: { is: 'urgent', says: 'sees and hears what is not there; does not know where it is' },
  opioidWithdrawal: { is: 'urgent', says: 'sweats, shivers, cramps; cannot keep still' },
  weakness: { is: 'complaint', says: 'the legs are weak; drowsy' },
  sedation: { is: 'complaint', says: 'drowsy, sick, itching' },
  numbness: { is: 'complaint', says: 'the legs are numb' },
  confusion: { is: 'complaint', says: 'dizzy; cannot find words' },
  spasticity: { is: 'complaint', says: 'the legs are stiff and jump again' },
  pain: { is: 'complaint', says: 'the pain is back' },
} as const satisfies Record<string, { readonly is: 'emergency' | 'urgent' | 'complaint'; readonly says: string }>;
export type Sign = keyof typeof SIGNS;
export const SIGN_CODES = namesOf(SIGNS);

/** What each drug leads to: a little and far too much, a little and far too little. Null is nothing of note. */
interface Leads {
  readonly high: Sign;
  readonly veryHigh: Sign;
  readonly low: Sign;
  readonly veryLow: Sign | null;
}

const opioid: Leads = { high: 'sedation', veryHigh: 'respiratoryDepression', low: 'pain', veryLow: 'opioidWithdrawal' };

const LEADS: Readonly<Record<DrugName, Leads>> = {
  // Withdrawal kills: Lioresal label.
  baclofen: { high: 'weakness', veryHigh: 'baclofenOverdose', low: 'spasticity', veryLow: 'baclofenWithdrawal' },
  bupivacaine: { high: 'numbness', veryHigh: 'motorBlock', low: 'pain', veryLow: null },
  clonidine: { high: 'sedation', veryHigh: 'motorBlock', low: 'pain', veryLow: 'reboundHypertension' },
  fentanyl: opioid,
  hydromorphone: opioid,
  morphine: opioid,
  sufentanil: opioid,
  // May be stopped abruptly without withdrawal: Prialt label.
  ziconotide: { high: 'confusion', veryHigh: 'psychosis', low: 'pain', veryLow: null },
};

/** Shares of the usual level at which signs come, and what is nothing to be used to: assumed. */
const SHARES = { low: 0.7, veryLow: 0.35, high: 1.5, veryHigh: 3, noteworthy: 0.05 } as const;

const NG_PER_MG = 1_000_000;
type Drugs = ReadonlyMap<DrugName, DrugInBody>;

/** How much of what there is: now, and as it usually is, in shares of what is borne by who is not used to it. */
interface Amount {
  readonly now: number;
  readonly usual: number;
}

function extent({ now, usual }: Amount): keyof Leads | undefined {
  if (now > Math.max(2, SHARES.veryHigh * usual)) return 'veryHigh';
  if (now > Math.max(1, SHARES.high * usual)) return 'high';
  if (usual < SHARES.noteworthy) return undefined;
  if (now < SHARES.veryLow * usual) return 'veryLow';
  return now < SHARES.low * usual ? 'low' : undefined;
}

/** Drugs that lead to the same count together: one takes the place of the other, as far as it is borne. */
function together(drugs: Drugs, amountOf: (drug: DrugName, there: DrugInBody) => Amount): ReadonlyMap<Leads, Amount> {
  const amounts = new Map<Leads, Amount>();
  for (const [drug, there] of drugs) {
    const { now: others, usual: asUsual } = amounts.get(LEADS[drug]) ?? { now: 0, usual: 0 };
    const { now, usual } = amountOf(drug, there);
    amounts.set(LEADS[drug], { now: others + now, usual: asUsual + usual });
  }
  return amounts;
}

function inCsf(drug: DrugName, { csf, usual }: DrugInBody): Amount {
  const borne = numberOf(PHARMACOLOGY[drug].borne) * 1000;
  return { now: csf / borne, usual: usual / borne };
}

/** What is in the blood comes from under the skin, where nobody is used to it. */
const inBlood = (drug: DrugName, { blood }: DrugInBody): Amount => ({
  now: blood / (numberOf(PHARMACOLOGY[drug].borneInBlood) * NG_PER_MG),
  usual: 0,
});

/** Every sign there is, the gravest first. */
export function signsOf(drugs: Drugs): readonly Sign[] {
  const signs = [...together(drugs, inCsf), ...together(drugs, inBlood)].map(([leads, amount]) => {
    const how = extent(amount);
    return how === undefined ? null : leads[how];
  });
  return SIGN_CODES.filter((sign) => signs.includes(sign));
}
