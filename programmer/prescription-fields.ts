import {
  bolusVolume,
  type DayRules,
  highestBasal,
  highestDailyDose,
  type Prescription,
  rate,
  VOLUME_PER_NL,
  volume,
} from '../shared/index.ts';
import { bolusDose, dailyDose, dailyVolume, type ProgramStart } from './calculators.ts';
import { inUnitOf } from './drug-units.ts';
import { type Field, type FieldName, Fields } from './fields.ts';
import { openingWords } from './opening.ts';
import { partsWords, programWords } from './program-words.ts';

/** Where each drug of a mixture stands on the screen, the primary first. */
const DRUG_FIELDS = [
  ['drug', 'concentration', 'dailyDose'],
  ['drug2', 'concentration2', 'dailyDose2'],
  ['drug3', 'concentration3', 'dailyDose3'],
] as const satisfies readonly (readonly [FieldName, FieldName, FieldName])[];

/** Every part of a prescription as shown, where its program stands at `start`. */
export function prescriptionFields(prescription: Prescription, start: ProgramStart, rules: DayRules): readonly Field[] {
  const fields = new Fields();
  const { drugs, program, patientBolus, doseLimit, ceiling } = prescription;
  const show = inUnitOf(drugs[0]?.name);
  fields.put('drug', drugs[0]?.name ?? 'none (diluent)');
  for (const [i, drug] of drugs.entries()) {
    const [nameField, strengthField, doseField] = DRUG_FIELDS[i] ?? DRUG_FIELDS[0];
    const showEach = inUnitOf(drug.name);
    if (i > 0) fields.put(nameField, drug.name);
    fields.put(strengthField, showEach.strength(drug.concentration), drug.concentration);
    const dose = dailyDose(prescription, start, rules, drug);
    fields.put(doseField, showEach.daily(dose), dose);
  }
  const inADay = (dailyVolume(prescription, start, rules) / VOLUME_PER_NL) * VOLUME_PER_NL;
  fields.put('dailyVolume', volume.format(inADay, 4), Number(inADay));
  fields.put('program', programWords(prescription), program.type);
  fields.put('basalRate', rate.format(highestBasal(program)), highestBasal(program));
  if (program.type === 'periodic') {
    const each = bolusDose(program.bolus, prescription);
    fields.put('periodicDose', show.dose(each), each);
    fields.time('periodicInterval', program.interval);
  }
  if (doseLimit !== null) {
    fields.put('doseLimit', show.dose(doseLimit.dose), doseLimit.dose);
    fields.time('doseLimitWindow', doseLimit.window);
  }
  const most = highestDailyDose(prescription, rules);
  fields.put('dailyDoseAllBoluses', show.daily(most), most);
  if (patientBolus !== null) {
    const each = bolusDose(patientBolus, prescription);
    fields.put('bolusDose', show.dose(each), each);
    fields.put('bolusVolume', volume.format(bolusVolume(patientBolus), 4), bolusVolume(patientBolus));
    fields.time('bolusDuration', patientBolus.duration);
    fields.time('lockout', patientBolus.lockout);
    fields.count('bolusesPerDay', patientBolus.maxPerDay);
    if (patientBolus.parts.length > 0) fields.put('bolusParts', partsWords(prescription, patientBolus));
  }
  fields.put('ceiling', show.daily(ceiling), ceiling);
  fields.amount('lowReservoir', prescription.lowReservoir);
  if (prescription.opening !== null) fields.put('opening', openingWords(prescription.opening));
  return fields.list;
}
