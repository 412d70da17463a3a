import { type DrugLibrary, libraryOf, librarySchema, type WrittenLibrary } from '../../programmer/index.ts';

const line = (value: number, unit: string) => ({ value, unit, status: 'assumed', source: 'made for tests' }) as const;
type Drug = NonNullable<WrittenLibrary['drugs']['morphine']>;

/** A drug with nothing but limits. */
const drug = (limits: Drug['limits'], unit: Drug['unit'] = 'mg'): Drug => ({
  unit,
  approved: { value: 'off-label', status: 'assumed', source: 'made for tests' },
  concentrations: [],
  limits,
});

/** A library of a site, as written: every limit there is, none of them at the place of another. */
export const WRITTEN: WrittenLibrary = {
  thecal: 'drug-library/1',
  name: 'Site',
  version: '7',
  drugs: {
    morphine: {
      ...drug({
        dailyDose: { soft: line(10, 'mg/day'), hard: line(15, 'mg/day') },
        startingDose: { soft: line(1, 'mg/day'), hard: line(3, 'mg/day') },
        step: { soft: line(50, '%') },
        concentration: { soft: line(25, 'mg/mL'), hard: line(50, 'mg/mL') },
        patientBolus: { soft: line(0.5, 'mg'), hard: line(0.8, 'mg') },
        clinicianBolus: { soft: line(0.2, 'mg'), hard: line(0.4, 'mg') },
      }),
      stability: line(90, 'd'),
    },
    bupivacaine: drug({ dailyDose: { soft: line(8, 'mg/day') } }),
    ziconotide: drug({ step: { soft: line(2.4, 'mcg/day') }, dailyDose: { hard: line(19.2, 'mcg/day') } }, 'mcg'),
  },
};

export const SITE: DrugLibrary = libraryOf(librarySchema.parse(WRITTEN));
