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

type Bodies = ReadonlyMap<DrugName, DrugInBody>;

/** How far a level is from what is borne: by who is not used to it, or by who is used to another. */
function extent(level: number, usual: number, borne: number): keyof Leads | undefined {
  if (level > Math.max(2 * borne, SHARES.veryHigh * usual)) return 'veryHigh';
  if (level > Math.max(borne, SHARES.high * usual)) return 'high';
  if (usual < SHARES.noteworthy * borne) return undefined;
  if (level < SHARES.veryLow * usual) return 'veryLow';
  return level < SHARES.low * usual ? 'low' : undefined;
}

/** What is in the blood comes from under the skin, where nobody is used to it. */
function inBlood(drug: DrugName, ng: number): keyof Leads | undefined {
  const borne = numberOf(PHARMACOLOGY[drug].borneInBlood) * NG_PER_MG;
  if (ng > 2 * borne) return 'veryHigh';
  return ng > borne ? 'high' : undefined;
}

/** Drugs that lead to the same, which stand for one another: who changes one opioid for another is used to both. */
function* alike(drugs: Bodies): Generator<readonly [DrugName, ...DrugName[]]> {
  const left = new Set(drugs.keys());
  for (const first of left) {
    const others = [...left].filter((drug) => drug !== first && LEADS[drug] === LEADS[first]);
    for (const drug of [first, ...others]) left.delete(drug);
    yield [first, ...others];
  }
}

/** Every sign there is, the gravest first. */
export function signsOf(drugs: Bodies): readonly Sign[] {
  const signs = new Set<Sign | null>();
  for (const [first, ...others] of alike(drugs)) {
    // Each counts for as much of the first as is borne just as well: assumed.
    const sum = (what: 'csf' | 'usual' | 'blood', borne: 'borne' | 'borneInBlood') =>
      others.reduce((all, drug) => {
        const part = (drugs.get(drug)?.[what] ?? 0) / numberOf(PHARMACOLOGY[drug][borne]);
        return all + part * numberOf(PHARMACOLOGY[first][borne]);
      }, drugs.get(first)?.[what] ?? 0);
    const borne = numberOf(PHARMACOLOGY[first].borne) * 1000;
    for (const how of [
      extent(sum('csf', 'borne'), sum('usual', 'borne'), borne),
      inBlood(first, sum('blood', 'borneInBlood')),
    ])
      if (how !== undefined) signs.add(LEADS[first][how]);
  }
  return SIGN_CODES.filter((sign) => signs.has(sign));
}
