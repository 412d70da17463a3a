import { type DrugLibrary, libraryOf, librarySchema, type WrittenLibrary, type WrittenNumber } from './library.ts';

/*
 * The drug library that comes with Thecal. A hard limit refuses, so it has one only where a label states a maximum;
 * what is less well known only asks.
 */

const verified = (value: number, unit: string, source: string): WrittenNumber => ({
  value,
  unit,
  status: 'verified',
  source,
});
const unverified = (value: number, unit: string, source: string): WrittenNumber => ({
  value,
  unit,
  status: 'unverified',
  source,
});

const assumed = (value: number, unit: string, source: string): WrittenNumber => ({
  value,
  unit,
  status: 'assumed',
  source,
});

/** Where no label speaks of single boluses: no more at once than a day may bring at first. */
const FIRST_DAY = 'no source found; as much as a whole first day may bring';

const INFUMORPH = 'Infumorph label (empr.com/infumorph/drug/3820; globalrph.com/rx-list/infumorph-drug)';
const PRIALT = 'Prialt label (renalandurologynews.com/drug/prialt; prescriberpoint.com)';
const LIORESAL = 'Lioresal Intrathecal label (reference.medscape.com/drug/lioresal-baclofen-343335)';
const CONSENSUS = 'general knowledge of consensus dosing tables (Deer et al., Neuromodulation 2017); not read';
const STABLE = 'general knowledge of labelled refill intervals; not read';
const FDA = 'FDA, 14 November 2018 (medscape.com/viewarticle/904885): of pain drugs only Infumorph and Prialt';

const offLabel = { value: 'off-label', status: 'verified', source: FDA } as const;

const written: WrittenLibrary = {
  thecal: 'drug-library/1',
  name: 'Thecal training library',
  version: '1.1',
  about:
    'Limits to train with, from public labels and, where they are silent, from general knowledge that is marked so. Never for the care of a patient.',
  drugs: {
    baclofen: {
      unit: 'mcg',
      approved: { value: 'on-label', status: 'verified', source: LIORESAL },
      concentrations: [500, 1000, 2000].map((value) => verified(value, 'mcg/mL', LIORESAL)),
      limits: {
        dailyDose: { soft: verified(1000, 'mcg/day', `${LIORESAL}: little is known of more`) },
        startingDose: {
          soft: verified(200, 'mcg/day', `${LIORESAL}: twice the screening dose, of which the largest is 100 mcg`),
        },
        step: { soft: verified(40, '%', `${LIORESAL}: up to 40 % more at a refill, in spinal spasticity`) },
        concentration: { soft: verified(2000, 'mcg/mL', `${LIORESAL}: the strongest that is sold`) },
        clinicianBolus: { soft: verified(100, 'mcg', `${LIORESAL}: the largest screening bolus`) },
      },
      stability: unverified(180, 'd', STABLE),
    },
    bupivacaine: {
      unit: 'mg',
      approved: offLabel,
      concentrations: [],
      limits: {
        dailyDose: { soft: verified(20, 'mg/day', 'textbook chapter on intrathecal therapy (aneskey.com): 6 to 20') },
        startingDose: { soft: unverified(4, 'mg/day', CONSENSUS) },
        concentration: { soft: unverified(30, 'mg/mL', CONSENSUS) },
        patientBolus: { soft: verified(1.5, 'mg', 'trial NCT02886286 (trials.co): boluses of 0.4 to 1.5 mg') },
        clinicianBolus: { soft: assumed(1.5, 'mg', 'no source found; as much as one bolus of the patient') },
      },
    },
    clonidine: {
      unit: 'mcg',
      approved: offLabel,
      concentrations: [],
      limits: {
        dailyDose: { soft: unverified(600, 'mcg/day', CONSENSUS) },
        startingDose: { soft: unverified(100, 'mcg/day', CONSENSUS) },
        concentration: { soft: unverified(1000, 'mcg/mL', CONSENSUS) },
        clinicianBolus: { soft: assumed(100, 'mcg', FIRST_DAY) },
      },
    },
    fentanyl: {
      unit: 'mcg',
      approved: offLabel,
      concentrations: [],
      limits: {
        dailyDose: { soft: unverified(1000, 'mcg/day', CONSENSUS) },
        startingDose: { soft: unverified(75, 'mcg/day', CONSENSUS) },
        concentration: { soft: unverified(10, 'mg/mL', CONSENSUS) },
        clinicianBolus: { soft: assumed(75, 'mcg', FIRST_DAY) },
      },
    },
    hydromorphone: {
      unit: 'mg',
      approved: offLabel,
      concentrations: [],
      limits: {
        dailyDose: { soft: unverified(10, 'mg/day', CONSENSUS) },
        startingDose: { soft: unverified(0.15, 'mg/day', CONSENSUS) },
        concentration: { soft: unverified(15, 'mg/mL', CONSENSUS) },
        clinicianBolus: { soft: assumed(0.15, 'mg', FIRST_DAY) },
      },
    },
    morphine: {
      unit: 'mg',
      approved: { value: 'on-label', status: 'verified', source: FDA },
      concentrations: [10, 25].map((value) => verified(value, 'mg/mL', INFUMORPH)),
      limits: {
        dailyDose: { soft: verified(20, 'mg/day', `${INFUMORPH}: caution above it`) },
        startingDose: {
          soft: verified(10, 'mg/day', `${INFUMORPH}: 1 to 10 in patients used to opioids, 0.2 to 1 in others`),
        },
        concentration: { soft: verified(25, 'mg/mL', `${INFUMORPH}: the strongest that is sold`) },
        clinicianBolus: { soft: assumed(1, 'mg', `${FIRST_DAY} one not used to opioids`) },
      },
      stability: unverified(180, 'd', STABLE),
    },
    sufentanil: {
      unit: 'mcg',
      approved: offLabel,
      concentrations: [],
      limits: {
        dailyDose: { soft: unverified(500, 'mcg/day', CONSENSUS) },
        startingDose: { soft: unverified(20, 'mcg/day', CONSENSUS) },
        concentration: { soft: unverified(5, 'mg/mL', CONSENSUS) },
        clinicianBolus: { soft: assumed(20, 'mcg', FIRST_DAY) },
      },
    },
    ziconotide: {
      unit: 'mcg',
      approved: { value: 'on-label', status: 'verified', source: FDA },
      concentrations: [25, 100].map((value) => verified(value, 'mcg/mL', PRIALT)),
      limits: {
        dailyDose: { hard: verified(19.2, 'mcg/day', `${PRIALT}: the maximum`) },
        startingDose: { soft: verified(2.4, 'mcg/day', `${PRIALT}: no more at first`) },
        step: { soft: verified(2.4, 'mcg/day', `${PRIALT}: no more at a time, two or three times a week`) },
        concentration: { hard: verified(100, 'mcg/mL', `${PRIALT}: undiluted`) },
        clinicianBolus: { soft: assumed(2.4, 'mcg', FIRST_DAY) },
      },
      stability: unverified(40, 'd', `${STABLE}: 40 diluted, 84 undiluted, 14 of a first fill`),
    },
  },
};

/** The drug library that comes with Thecal. */
export const SHIPPED_LIBRARY: DrugLibrary = libraryOf(librarySchema.parse(written));
