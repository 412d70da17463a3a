export {
  type AmountEntry,
  type BasalEntry,
  type BolusEntry,
  type BolusOrderEntry,
  CATHETER_PRIMES,
  type CatheterEntry,
  CLINICIAN_ACTS,
  CLOCK_CHOICES,
  type ClinicianAct,
  type DayPartEntry,
  type EditEntry,
  LIMIT_CHOICES,
  type LimitChoice,
  type OpeningEntry,
  type PatientAct,
  type PrescribeEntry,
  type PrescriptionEntry,
  type ProgramEntry,
  UNDERWAY,
} from './acts.ts';
export type { ApplicationCard } from './application-card.ts';
export { dailyDose, meanDailyDose, standing } from './calculators.ts';
export type { ComparisonRow } from './comparison.ts';
export { compile } from './compile.ts';
export { inUnitOf } from './drug-units.ts';
export { FIELD_NAMES, FIELDS, type Field, type FieldName } from './fields.ts';
export { forPeople } from './for-people.ts';
export { lowReservoirAt } from './forecast.ts';
export {
  type DrugLibrary,
  type LibraryDrug,
  libraryOf,
  librarySchema,
  type WrittenLibrary,
} from './library/library.ts';
export { type Exceeded, exceeded } from './library/limits.ts';
export { SHIPPED_LIBRARY } from './library/shipped.ts';
export { writtenLibrary } from './library/written.ts';
export { byPump, DONE, type Outcome, PROGRAMMER_REFUSALS, type ProgrammerRefusal, reasonOf } from './outcome.ts';
export { PatientController } from './patient-controller.ts';
export { DAY_NAMES, timeOfDay } from './program-words.ts';
export { Programmer, type ProgrammerOptions } from './programmer.ts';
export { usageText } from './report.ts';
export type { Screen } from './screen.ts';
export { type Usage, usageOf } from './usage.ts';
export { aspiratedFields } from './visit-refill.ts';
export { ALARM_WORDS, BOLUS_END_WORDS, INFUSION_WORDS, LOG_WORDS, RESERVOIR_WORDS } from './words.ts';
