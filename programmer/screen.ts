import {
  between,
  bolusVolume,
  type Concentration,
  concentration,
  type DoseRate,
  type DrugName,
  doseRate,
  formatDuration,
  highestDailyDose,
  type Mass,
  mass,
  rate,
  STOP_REASONS,
  type Status,
  showDate,
  showDateTime,
  span,
  unitOf,
  volume,
  type WallClock,
  wallClockAt,
} from '../shared/index.ts';
import { CLINICIAN_ACTS, type ClinicianAct } from './acts.ts';
import { bolusDose, dailyDose, lowReservoirAt } from './calculators.ts';
import { reasonOf } from './outcome.ts';
import type { VisitState } from './visit.ts';
import type { VisitContext } from './visit-chart.ts';
import { ALARM_WORDS, INFUSION_WORDS, RESERVOIR_WORDS } from './words.ts';

/** One line of the screen: a label, the text shown, and the value behind it for those who compute. */
export interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly text: string;
  readonly value: number | string;
}

export interface Screen {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly warnings: readonly string[];
  /** The acts that make sense now: what the pump said it takes, and what the programmer can do itself. */
  readonly can: readonly ClinicianAct['type'][];
}

/** Every field a screen can have: its label and what its value is. */
export const FIELDS = {
  serial: { label: 'Serial number', kind: 'text' },
  model: { label: 'Model', kind: 'text' },
  mode: { label: 'Delivery', kind: 'text' },
  rate: { label: 'Rate now', kind: 'rate' },
  drug: { label: 'Drug', kind: 'text' },
  concentration: { label: 'Concentration', kind: 'concentration' },
  dailyDose: { label: 'Daily dose', kind: 'doseRate' },
  dailyDoseAllBoluses: { label: 'Daily dose with all boluses', kind: 'doseRate' },
  ceiling: { label: 'Daily dose ceiling', kind: 'doseRate' },
  basalRate: { label: 'Basal rate', kind: 'rate' },
  bolusDose: { label: 'Patient bolus', kind: 'mass' },
  bolusVolume: { label: 'Patient bolus volume', kind: 'volume' },
  bolusDuration: { label: 'Bolus duration', kind: 'duration' },
  lockout: { label: 'Lockout', kind: 'duration' },
  bolusesPerDay: { label: 'Boluses in 24 h', kind: 'count' },
  bolusesGiven: { label: 'Given in the last 24 h', kind: 'count' },
  granted: { label: 'Requests granted', kind: 'count' },
  denied: { label: 'Requests denied', kind: 'count' },
  nextBolus: { label: 'Next bolus possible in', kind: 'duration' },
  expectedVolume: { label: 'Expected reservoir volume', kind: 'volume' },
  reservoir: { label: 'Reservoir', kind: 'text' },
  lowReservoir: { label: 'Low-reservoir threshold', kind: 'volume' },
  lowReservoirDate: { label: 'Low-reservoir date, no bolus', kind: 'text' },
  lowReservoirDateAllBoluses: { label: 'Low-reservoir date, all boluses', kind: 'text' },
  stoppedFor: { label: 'Stopped for', kind: 'duration' },
  record: { label: 'Prescription number', kind: 'count' },
  refillExpected: { label: 'Expected before the refill', kind: 'volume' },
  refillAspirated: { label: 'Aspirated', kind: 'volume' },
  refillDiscrepancy: { label: 'Aspirated less expected (mL)', kind: 'text' },
  refillEntered: { label: 'Entered after the refill', kind: 'volume' },
  historyEntries: { label: 'Prescriptions read', kind: 'count' },
  logRecords: { label: 'Log records read', kind: 'count' },
  replaceBy: { label: 'Replace by', kind: 'text' },
} as const;
export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as [FieldName, ...FieldName[]];

const TITLES: Readonly<Record<string, string>> = {
  away: 'No session',
  opening: 'Connecting',
  reading: 'Reading the pump',
  ready: 'Pump status',
  staging: 'Sending the prescription',
  beginning: 'Updating the pump',
  committing: 'Updating the pump',
  commanding: 'Sending the command',
  verifying: 'Verifying',
  browsing: 'Reading pages',
  closing: 'Ending the session',
};

/** What the clinician sees. A stopped pump comes first. */
export function screenOf({ value, context }: VisitState, clock: WallClock): Screen {
  return {
    title: TITLES[value] ?? value,
    fields: fieldsOf(context, clock),
    warnings: warningsOf(context, clock),
    can: canDo(value, context.status),
  };
}

function fieldsOf({ status, refill, history, log }: VisitContext, clock: WallClock): Field[] {
  const fields: Field[] = [];
  const put = (name: FieldName, text: string, value: number | string = text) =>
    fields.push({ name, label: FIELDS[name].label, text, value });
  const count = (name: FieldName, value: number) => put(name, `${value}`, value);
  const amount = (name: FieldName, value: number) => put(name, volume.format(volume.of(value)), value);
  const time = (name: FieldName, value: number) => put(name, formatDuration(span(value)), value);

  if (status === null) return fields;
  if (status.stopped !== null) time('stoppedFor', between(status.stopped.since, status.now));
  put('mode', modeWords(status));
  put('serial', status.serial);
  put('model', status.profile);
  put('rate', rate.format(status.rate), status.rate);
  const { prescription } = status;
  if (prescription !== null) {
    const { drug, basal, patientBolus, ceiling } = prescription;
    put('drug', drug.name);
    const show = inUnitOf(drug.name);
    put('concentration', show.strength(drug.concentration), drug.concentration);
    const dose = dailyDose(prescription);
    put('dailyDose', show.daily(dose), dose);
    put('basalRate', rate.format(basal), basal);
    if (patientBolus !== null) {
      const most = highestDailyDose(prescription);
      put('dailyDoseAllBoluses', show.daily(most), most);
      const each = bolusDose(patientBolus, prescription);
      put('bolusDose', show.dose(each), each);
      put('bolusVolume', volume.format(bolusVolume(patientBolus), 4), bolusVolume(patientBolus));
      time('bolusDuration', patientBolus.duration);
      time('lockout', patientBolus.lockout);
      count('bolusesPerDay', patientBolus.maxPerDay);
      count('bolusesGiven', status.bolusesGiven);
      count('granted', status.granted);
      count('denied', status.denied);
      if (status.nextBolus !== null) time('nextBolus', Math.max(0, status.nextBolus - status.now));
    }
    put('ceiling', show.daily(ceiling), ceiling);
    amount('lowReservoir', prescription.lowReservoir);
    count('record', status.record);
  }
  amount('expectedVolume', status.volume);
  put('reservoir', RESERVOIR_WORDS[status.reservoir], status.reservoir);
  for (const boluses of ['none', 'all'] as const) {
    const at = lowReservoirAt(status, boluses);
    const name = boluses === 'none' ? 'lowReservoirDate' : 'lowReservoirDateAllBoluses';
    if (at !== undefined && (boluses === 'none' || prescription?.patientBolus != null))
      put(name, showDate(wallClockAt(clock, at)));
  }
  if (refill !== null) {
    amount('refillExpected', refill.expected);
    if (refill.aspirated !== null) {
      amount('refillAspirated', refill.aspirated);
      put('refillDiscrepancy', discrepancyText(refill.aspirated - refill.expected));
    }
    amount('refillEntered', refill.entered);
  }
  if (history.length > 0) count('historyEntries', history.length);
  if (log.length > 0) count('logRecords', log.length);
  if (status.replaceBy !== null) put('replaceBy', showDate(wallClockAt(clock, status.replaceBy)));
  return fields;
}

function modeWords(status: Status): string {
  if (status.stopped === null) return INFUSION_WORDS[status.infusion];
  return `stopped: ${STOP_REASONS[status.stopped.why]}`;
}

/** Decimals that show a mass to the ng in either unit. */
const TO_THE_NG = { mcg: 3, mg: 6 } as const;

/** How the masses of a drug are shown: in its own unit, to the ng. */
function inUnitOf(drug: DrugName) {
  const unit = unitOf(drug);
  return {
    daily: (dose: DoseRate) => doseRate.format(dose, TO_THE_NG[unit], `${unit}/day`),
    dose: (amount: Mass) => mass.format(amount, TO_THE_NG[unit], unit),
    strength: (value: Concentration) => concentration.format(value, TO_THE_NG[unit], `${unit}/mL`),
  };
}

function discrepancyText(difference: number): string {
  const size = volume.format(volume.of(Math.abs(difference)), 2);
  return difference < 0 ? `−${size}` : `+${size}`;
}

function warningsOf({ status, outcome, refill }: VisitContext, clock: WallClock): string[] {
  const warnings: string[] = [];
  if (status !== null && status.service !== 'shelf' && status.stopped !== null) {
    const since = showDateTime(wallClockAt(clock, status.stopped.since));
    warnings.push(`THE PUMP IS STOPPED since ${since}: ${STOP_REASONS[status.stopped.why]}`);
  }
  for (const { code } of status?.alarms ?? []) {
    const quiet = status?.silenced.some((silence) => silence.code === code) === true;
    warnings.push(quiet ? `${ALARM_WORDS[code]} (tone silenced)` : ALARM_WORDS[code]);
  }
  const reason = outcome === 'pending' ? undefined : reasonOf(outcome);
  if (reason !== undefined) warnings.push(`Not done: ${reason}`);
  if (refill?.aspirated != null && Math.abs(refill.aspirated - refill.expected) > volume.parse('2 mL')) {
    warnings.push(`Aspirated and expected volume differ by ${discrepancyText(refill.aspirated - refill.expected)}`);
  }
  return warnings;
}

function canDo(value: string, status: Status | null): ClinicianAct['type'][] {
  if (value === 'away') return ['interrogate'];
  if (value !== 'ready' || status === null) return [];
  const taken = new Set<string>(status.accepts);
  const offered: Readonly<Partial<Record<ClinicianAct['type'], boolean>>> = {
    implant: taken.has('implant'),
    refill: taken.has('enterReservoir'),
    prescribe: taken.has('stagePrescription') && taken.has('beginUpdate'),
    stop: taken.has('stop'),
    resume: taken.has('resume'),
    silence: taken.has('silenceAlarm'),
  };
  return CLINICIAN_ACTS.filter((act) => offered[act] ?? true);
}
