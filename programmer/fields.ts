import { formatDuration, roundRatio, span, volume } from '../shared/index.ts';

/** One line of the screen: a label, the text shown, and the value behind it for those who compute. */
export interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly text: string;
  readonly value: number | string;
}

/** Every field a screen can have: its label and what its value is. */
export const FIELDS = {
  stoppedFor: { label: 'Stopped for', kind: 'duration' },
  stoppedSince: { label: 'Stopped since', kind: 'text' },
  doseMissed: { label: 'Dose missed while stopped', kind: 'mass' },
  resumeNot: { label: 'Cannot be resumed', kind: 'text' },
  notDelivering: { label: 'NOT DELIVERING', kind: 'text' },
  serial: { label: 'Serial number', kind: 'text' },
  model: { label: 'Model', kind: 'text' },
  mode: { label: 'Delivery', kind: 'text' },
  clock: { label: 'Clock of the pump', kind: 'text' },
  clockDifference: { label: 'Local time less the clock of the pump', kind: 'text' },
  clockChange: { label: 'Clock set by', kind: 'text' },
  clockDoseChange: { label: 'Dose of today changed by it', kind: 'text' },
  clockStepsSkipped: { label: 'Steps skipped by it', kind: 'count' },
  rate: { label: 'Rate now', kind: 'rate' },
  pendingEdits: { label: 'Edited, not programmed', kind: 'text' },
  doseBefore: { label: 'Daily dose before', kind: 'doseRate' },
  doseAfter: { label: 'Daily dose after', kind: 'doseRate' },
  doseChange: { label: 'Change of the daily dose', kind: 'text' },
  doseAllBolusesBefore: { label: 'Most in any 24 h before', kind: 'doseRate' },
  doseAllBolusesAfter: { label: 'Most in any 24 h after', kind: 'doseRate' },
  run: { label: 'Delivery after the update', kind: 'text' },
  updateEnds: { label: 'The update ends', kind: 'text' },
  nextBolusAfter: { label: 'Next bolus possible after it in', kind: 'duration' },
  periodicNextAfter: { label: 'Next periodic bolus after it in', kind: 'duration' },
  singleBolus: { label: 'Single bolus', kind: 'mass' },
  singleBolusVolume: { label: 'Single bolus volume', kind: 'volume' },
  singleBolusRate: { label: 'Its rate', kind: 'rate' },
  singleBolusDuration: { label: 'It takes', kind: 'duration' },
  singleBolusBeside: { label: 'It is added to', kind: 'text' },
  singleBolusThen: { label: 'After it', kind: 'text' },
  doseApart: { label: 'Daily dose of the program, apart from it', kind: 'doseRate' },
  singleBolusLeft: { label: 'Of it still to come', kind: 'volume' },
  singleBolusEnds: { label: 'It ends in', kind: 'duration' },
  singleBolusWaits: { label: 'It waits', kind: 'text' },
  openingAfter: { label: 'Before the program', kind: 'text' },
  openingVolume: { label: 'Its volume', kind: 'volume' },
  openingRate: { label: 'At a rate of', kind: 'rate' },
  openingDuration: { label: 'It takes', kind: 'duration' },
  openingDose: { label: 'It delivers', kind: 'mass' },
  programBegins: { label: 'The program begins', kind: 'text' },
  openingUnderway: { label: 'Under way before the program', kind: 'text' },
  openingLeft: { label: 'Of it still to come', kind: 'volume' },
  openingEnds: { label: 'The program begins in', kind: 'duration' },
  openingWaits: { label: 'The program waits', kind: 'text' },
  residualHolds: { label: 'What cannot be aspirated', kind: 'text' },
  mixedConcentration: { label: 'Filled over it, not rinsed', kind: 'concentration' },
  mixedDose: { label: 'A day of it then brings', kind: 'doseRate' },
  rinsedConcentration: { label: 'Rinsed with 3 × 2 mL before', kind: 'concentration' },
  pathVolume: { label: 'Old fluid in tubing and catheter', kind: 'volume' },
  oldFluidLasts: { label: 'It lasts', kind: 'duration' },
  oldFluidDose: { label: 'And brings a day of its drug', kind: 'doseRate' },
  withBridge: { label: 'With a bridge', kind: 'text' },
  withoutBridge: { label: 'Without one', kind: 'text' },
  limitOverride: { label: 'Dose limit', kind: 'text' },
  lowReservoirDateAfter: { label: 'Low-reservoir date after it, no bolus', kind: 'text' },
  lowReservoirDateAllBolusesAfter: { label: 'Low-reservoir date after it, all', kind: 'text' },
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
  meanDose: { label: 'Commanded a day since the last session', kind: 'doseRate' },
  dailyDoseAllBoluses: { label: 'Most in 24 h, all boluses', kind: 'doseRate' },
  ceiling: { label: 'Daily dose ceiling', kind: 'doseRate' },
  basalRate: { label: 'Basal rate, highest', kind: 'rate' },
  bolusDose: { label: 'Patient bolus', kind: 'mass' },
  bolusParts: { label: 'Patient bolus by part of day', kind: 'text' },
  bolusVolume: { label: 'Patient bolus volume', kind: 'volume' },
  bolusDuration: { label: 'Bolus duration', kind: 'duration' },
  lockout: { label: 'Lockout', kind: 'duration' },
  bolusesPerDay: { label: 'Boluses in 24 h', kind: 'count' },
  bolusesGiven: { label: 'Given in the last 24 h', kind: 'count' },
  granted: { label: 'Requests granted', kind: 'count' },
  denied: { label: 'Requests denied', kind: 'count' },
  nextBolus: { label: 'Next bolus possible in', kind: 'duration' },
  patientBolusLeft: { label: 'Of the bolus that runs still to come', kind: 'volume' },
  patientBolusEnds: { label: 'It ends in', kind: 'duration' },
  expectedVolume: { label: 'Expected reservoir volume', kind: 'volume' },
  gaugeVolume: { label: 'Last shown by the fill sensor', kind: 'volume' },
  reservoir: { label: 'Reservoir', kind: 'text' },
  timeToEmpty: { label: 'Empty, as it delivers now, in', kind: 'duration' },
  opening: { label: 'Began with', kind: 'text' },
  lowReservoir: { label: 'Low-reservoir threshold', kind: 'volume' },
  lowReservoirDate: { label: 'Low-reservoir date, no bolus', kind: 'text' },
  lowReservoirDateAllBoluses: { label: 'Low-reservoir date, all boluses', kind: 'text' },
  record: { label: 'Prescription number', kind: 'count' },
  refillExpected: { label: 'Expected before the refill', kind: 'volume' },
  refillAspirated: { label: 'Aspirated', kind: 'volume' },
  refillDiscrepancy: { label: 'Aspirated less expected (mL)', kind: 'text' },
  refillShare: { label: 'Share of what was programmed', kind: 'text' },
  refillDirection: { label: 'It means', kind: 'text' },
  refillCauses: { label: 'It may be', kind: 'text' },
  refillNote: { label: 'Noted', kind: 'text' },
  refillEntered: { label: 'Entered after the refill', kind: 'volume' },
  refillBy: { label: 'Refill by', kind: 'text' },
  refillByDecided: { label: 'Because', kind: 'text' },
  discrepancyTrend: { label: 'Differences at refills, oldest first', kind: 'text' },
  discrepancyReason: { label: 'Reason of the last', kind: 'text' },
  historyEntries: { label: 'Prescriptions read', kind: 'count' },
  logRecords: { label: 'Log records read', kind: 'count' },
  conditionsLogged: { label: 'Conditions in the log', kind: 'text' },
  usageSince: { label: 'Handset used since', kind: 'text' },
  usageGranted: { label: 'Boluses granted since', kind: 'count' },
  usageDenied: { label: 'Requests denied since', kind: 'count' },
  usageCutShort: { label: 'Boluses cut short since', kind: 'count' },
  usageDropped: { label: 'Older log records dropped', kind: 'count' },
  replaceBy: { label: 'Replace by', kind: 'text' },
  criticalInterval: { label: 'Critical alarms sound every', kind: 'duration' },
} as const;
export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as [FieldName, ...FieldName[]];

/** Lines of a screen in the making. */
export class Fields {
  readonly list: Field[] = [];

  put(name: FieldName, text: string, value: number | string = text): void {
    this.list.push({ name, label: FIELDS[name].label, text, value });
  }

  count(name: FieldName, value: number): void {
    this.put(name, `${value}`, value);
  }

  amount(name: FieldName, value: number): void {
    this.put(name, volume.format(volume.of(value)), value);
  }

  time(name: FieldName, value: number): void {
    this.put(name, formatDuration(span(value)), value);
  }
}

/** Of more than so many times as much, per cent tell nobody anything. Assumed. */
export const MOST_TIMES = 10;

/** How many times as much: "×1800". */
export const timesText = (amount: bigint, of: bigint): string => `×${Number(roundRatio(amount, of, 1)) / 10}`;

/** A size with its sign, always: "+2 mL", "−2 mL". */
export const signed = (amount: number | bigint, size: string): string =>
  `${amount < 0 && /[1-9]/.test(size) ? '−' : '+'}${size}`;
