import {
  between,
  bolusVolume,
  formatDuration,
  highestBasal,
  highestDailyDose,
  type Instant,
  rate,
  STOP_REASONS,
  type Status,
  showDate,
  showDateTime,
  span,
  VOLUME_PER_NL,
  volume,
  type WallClock,
} from '../shared/index.ts';
import { CLINICIAN_ACTS, type ClinicianAct } from './acts.ts';
import { bolusDose, dailyDose, dailyVolume, lowReservoirAt, meanDose, standing } from './calculators.ts';
import { inUnitOf } from './drug-units.ts';
import { reasonOf } from './outcome.ts';
import { programWords } from './program-words.ts';
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
  dailyVolume: { label: 'Daily volume', kind: 'volume' },
  drug2: { label: 'Second drug', kind: 'text' },
  concentration2: { label: 'Its concentration', kind: 'concentration' },
  dailyDose2: { label: 'Its daily dose', kind: 'doseRate' },
  drug3: { label: 'Third drug', kind: 'text' },
  concentration3: { label: 'Its concentration', kind: 'concentration' },
  dailyDose3: { label: 'Its daily dose', kind: 'doseRate' },
  program: { label: 'Program', kind: 'text' },
  periodicDose: { label: 'Periodic bolus', kind: 'mass' },
  periodicInterval: { label: 'Every', kind: 'duration' },
  periodicNext: { label: 'Next periodic bolus in', kind: 'duration' },
  doseLimit: { label: 'Dose limit', kind: 'mass' },
  doseLimitWindow: { label: 'Dose limit in any', kind: 'duration' },
  meanDose: { label: 'Mean daily dose since the last session', kind: 'doseRate' },
  dailyDoseAllBoluses: { label: 'Daily dose with all boluses', kind: 'doseRate' },
  ceiling: { label: 'Daily dose ceiling', kind: 'doseRate' },
  basalRate: { label: 'Basal rate, highest', kind: 'rate' },
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
} as const;
export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as [FieldName, ...FieldName[]];

/** Where each drug of a mixture stands on the screen, the primary first. */
const DRUG_FIELDS = [
  ['drug', 'concentration', 'dailyDose'],
  ['drug2', 'concentration2', 'dailyDose2'],
  ['drug3', 'concentration3', 'dailyDose3'],
] as const satisfies readonly (readonly [FieldName, FieldName, FieldName])[];

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
export function screenOf({ value, context }: VisitState): Screen {
  return {
    title: TITLES[value] ?? value,
    fields: fieldsOf(context),
    warnings: warningsOf(context),
    can: canDo(value, context.status),
  };
}

/** The local time of an instant the pump told, by the programmer's clock. */
const localTime = ({ readAt, status }: VisitContext, at: Instant): WallClock =>
  span(Math.max(0, readAt + at - (status?.now ?? at)));

function fieldsOf(context: VisitContext): Field[] {
  const { status, refill, history, log } = context;
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
    const { drugs, program, patientBolus, doseLimit, ceiling } = prescription;
    const show = inUnitOf(drugs[0]?.name);
    put('drug', drugs[0]?.name ?? 'none (diluent)');
    for (const [i, { name, concentration: strength }] of drugs.entries()) {
      const [drug, concentrationField, dailyField] = DRUG_FIELDS[i] ?? DRUG_FIELDS[0];
      const showEach = inUnitOf(name);
      if (i > 0) put(drug, name);
      put(concentrationField, showEach.strength(strength), strength);
      const dose = dailyDose(prescription, standing(status), drugs[i]);
      put(dailyField, showEach.daily(dose), dose);
    }
    const inADay = Number(dailyVolume(prescription, standing(status)) / VOLUME_PER_NL);
    put('dailyVolume', volume.format(BigInt(inADay) * VOLUME_PER_NL, 4), Number(BigInt(inADay) * VOLUME_PER_NL));
    put('program', programWords(program), program.type);
    put('basalRate', rate.format(highestBasal(program)), highestBasal(program));
    if (program.type === 'periodic') {
      const each = bolusDose(program.bolus, prescription);
      put('periodicDose', show.dose(each), each);
      time('periodicInterval', program.interval);
      if (status.periodicNext !== null) time('periodicNext', Math.max(0, status.periodicNext - status.now));
    }
    if (doseLimit !== null) {
      put('doseLimit', show.dose(doseLimit.dose), doseLimit.dose);
      time('doseLimitWindow', doseLimit.window);
    }
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
    const mean = meanDose(status);
    if (mean !== undefined) put('meanDose', show.daily(mean), mean);
    amount('lowReservoir', prescription.lowReservoir);
    count('record', status.record);
  }
  amount('expectedVolume', status.volume);
  put('reservoir', RESERVOIR_WORDS[status.reservoir], status.reservoir);
  for (const boluses of ['none', 'all'] as const) {
    const at = lowReservoirAt(status, boluses);
    const name = boluses === 'none' ? 'lowReservoirDate' : 'lowReservoirDateAllBoluses';
    if (at !== undefined && (boluses === 'none' || prescription?.patientBolus != null))
      put(name, showDate(localTime(context, at)));
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
  return fields;
}

function modeWords(status: Status): string {
  if (status.stopped === null) return INFUSION_WORDS[status.infusion];
  return `stopped: ${STOP_REASONS[status.stopped.why]}`;
}

function discrepancyText(difference: number): string {
  const size = volume.format(volume.of(Math.abs(difference)), 2);
  return difference < 0 ? `−${size}` : `+${size}`;
}

function warningsOf(context: VisitContext): string[] {
  const { status, outcome, refill } = context;
  const warnings: string[] = [];
  if (status !== null && status.service === 'inService' && status.stopped !== null) {
    const since = showDateTime(localTime(context, status.stopped.since));
    warnings.push(`THE PUMP IS STOPPED since ${since}: ${STOP_REASONS[status.stopped.why]}`);
  }
  for (const { code } of status?.alarms ?? []) warnings.push(ALARM_WORDS[code]);
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
    minimumRate: taken.has('minimumRate'),
    setClock: taken.has('setClock'),
    registerPump: false,
    resume: taken.has('resume'),
  };
  return CLINICIAN_ACTS.filter((act) => offered[act] ?? true);
}
