export {
  type AmountEntry,
  type BasalEntry,
  type BolusEntry,
  CLINICIAN_ACTS,
  type ClinicianAct,
  type PatientAct,
  type PrescribeEntry,
  type ProgramEntry,
} from './acts.ts';
export { compile, dailyDose, lowReservoirAt, standing } from './calculators.ts';
export { type Outcome, PROGRAMMER_REFUSALS, type ProgrammerRefusal, reasonOf } from './outcome.ts';
export { PatientController } from './patient-controller.ts';
export { Programmer, type ProgrammerOptions } from './programmer.ts';
export { FIELD_NAMES, FIELDS, type Field, type FieldName, type Screen } from './screen.ts';
export { ALARM_WORDS, BOLUS_END_WORDS, INFUSION_WORDS, LOG_WORDS } from './words.ts';
