import { formatDuration, roundRatio, span, volume } from '../shared/index.ts';

/** One line of the screen: a label, the text shown, and the value behind it for those who compute. */
export interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly text: string;
  readonly value: number | string;
  readonly topic: Topic;
}

/** What a field is about; a review is what confirming would bring. */
export type Topic =
  | 'pump'
  | 'stopped'
  | 'prescription'
  | 'fluid'
  | 'opening'
  | 'singleBolus'
  | 'patient'
  | 'refill'
  | 'reservoir'
  | 'read'
  | 'review';

interface Definition {
  readonly label: string;
  /** What its value is. */
  readonly kind: 'duration' | 'text' | 'mass' | 'count' | 'rate' | 'doseRate' | 'volume' | 'concentration';
  readonly topic: Topic;
  /** Whether no report has it: it is of the moment, of what was not done yet, or printed as a table. */
  readonly screenOnly?: boolean;
}

/** Every field a screen can have; those of a topic in the order of the dosing report. */
export const FIELDS = {
  serial: { label: 'Serial number', kind: 'text', topic: 'pump' },
  model: { label: 'Model', kind: 'text', topic: 'pump' },
  mode: { label: 'Delivery', kind: 'text', topic: 'pump' },
  stoppedFor: { label: 'Stopped for', kind: 'duration', topic: 'stopped' },
  stoppedSince: { label: 'Stopped since', kind: 'text', topic: 'stopped' },
  doseMissed: { label: 'Dose missed while stopped', kind: 'mass', topic: 'stopped' },
  heldUpBefore: { label: 'NO DELIVERY BEFORE IT WAS STOPPED', kind: 'text', topic: 'stopped' },
  resumeNot: { label: 'Cannot be resumed', kind: 'text', topic: 'stopped' },
  notDelivering: { label: 'NOT DELIVERING', kind: 'text', topic: 'stopped' },
  deliversAgain: { label: 'DELIVERS AGAIN', kind: 'text', topic: 'stopped' },
  stillProgrammed: { label: 'STILL PROGRAMMED FOR', kind: 'text', topic: 'stopped' },
  clock: { label: 'Clock of the pump', kind: 'text', topic: 'pump' },
  clockDifference: { label: 'Local time less the clock of the pump', kind: 'text', topic: 'pump', screenOnly: true },
  clockChange: { label: 'Clock set by', kind: 'text', topic: 'pump', screenOnly: true },
  clockDoseChange: { label: 'Dose of today changed by it', kind: 'text', topic: 'pump', screenOnly: true },
  clockStepsSkipped: { label: 'Steps skipped by it', kind: 'count', topic: 'pump', screenOnly: true },
  rate: { label: 'Rate now', kind: 'rate', topic: 'pump' },
  record: { label: 'Prescription number', kind: 'count', topic: 'pump' },
  replaceBy: { label: 'Replace by', kind: 'text', topic: 'pump' },
  conditionsLogged: { label: 'Conditions in the log', kind: 'text', topic: 'pump' },
  criticalInterval: { label: 'Critical alarms sound every', kind: 'duration', topic: 'pump', screenOnly: true },
  drug: { label: 'Drug', kind: 'text', topic: 'prescription' },
  concentration: { label: 'Concentration', kind: 'concentration', topic: 'prescription' },
  dailyDose: { label: 'Daily dose', kind: 'doseRate', topic: 'prescription' },
  drug2: { label: 'Second drug', kind: 'text', topic: 'prescription' },
  concentration2: { label: 'Its concentration', kind: 'concentration', topic: 'prescription' },
  dailyDose2: { label: 'Its daily dose', kind: 'doseRate', topic: 'prescription' },
  drug3: { label: 'Third drug', kind: 'text', topic: 'prescription' },
  concentration3: { label: 'Its concentration', kind: 'concentration', topic: 'prescription' },
  dailyDose3: { label: 'Its daily dose', kind: 'doseRate', topic: 'prescription' },
  dailyVolume: { label: 'Daily volume', kind: 'volume', topic: 'prescription' },
  program: { label: 'Program', kind: 'text', topic: 'prescription' },
  basalRate: { label: 'Highest basal rate', kind: 'rate', topic: 'prescription' },
  periodicDose: { label: 'Periodic bolus', kind: 'mass', topic: 'prescription' },
  periodicInterval: { label: 'Every', kind: 'duration', topic: 'prescription' },
  periodicNext: { label: 'Next periodic bolus in', kind: 'duration', topic: 'prescription', screenOnly: true },
  doseLimit: { label: 'Dose limit', kind: 'mass', topic: 'prescription' },
  doseLimitWindow: { label: 'Dose limit in any', kind: 'duration', topic: 'prescription' },
  ceiling: { label: 'Daily dose ceiling', kind: 'doseRate', topic: 'prescription' },
  dailyDoseAllBoluses: { label: 'Most in any 24 h', kind: 'doseRate', topic: 'prescription' },
  meanDose: { label: 'Commanded a day since the last session', kind: 'doseRate', topic: 'prescription' },
  commandedSince: { label: 'Commanded since the last session', kind: 'text', topic: 'prescription' },
  opening: { label: 'Before this program came', kind: 'text', topic: 'prescription' },
  catheterSaid: { label: 'Catheter, as entered', kind: 'text', topic: 'prescription' },
  residualHolds: { label: 'What cannot be aspirated', kind: 'text', topic: 'fluid' },
  mixedConcentration: { label: 'Filled over it, not rinsed', kind: 'concentration', topic: 'fluid' },
  mixedDose: { label: 'A day of it then brings', kind: 'doseRate', topic: 'fluid' },
  mixedDoseChange: { label: 'Change of the daily dose with it', kind: 'text', topic: 'fluid' },
  rinsedConcentration: { label: 'Rinsed with 3 × 2 mL before', kind: 'concentration', topic: 'fluid' },
  rinsedDose: { label: 'A day of that brings', kind: 'doseRate', topic: 'fluid' },
  rinsedDoseChange: { label: 'Change of the daily dose with that', kind: 'text', topic: 'fluid' },
  pathVolume: { label: 'Old fluid in tubing and catheter', kind: 'volume', topic: 'fluid' },
  oldFluidLasts: { label: 'It lasts', kind: 'duration', topic: 'fluid' },
  oldFluidDose: { label: 'The old fluid brings a day', kind: 'doseRate', topic: 'fluid' },
  withBridge: { label: 'With a bridge', kind: 'text', topic: 'fluid' },
  withoutBridge: { label: 'Without one', kind: 'text', topic: 'fluid' },
  openingUnderway: { label: 'Under way before the program', kind: 'text', topic: 'opening' },
  openingLeft: { label: 'Of it still to come', kind: 'volume', topic: 'opening' },
  openingEnds: { label: 'The program begins in', kind: 'duration', topic: 'opening' },
  openingWaits: { label: 'The program waits', kind: 'text', topic: 'opening' },
  singleBolus: { label: 'Single bolus', kind: 'mass', topic: 'singleBolus' },
  singleBolusVolume: { label: 'Single bolus volume', kind: 'volume', topic: 'singleBolus' },
  singleBolusRate: { label: 'Its rate', kind: 'rate', topic: 'singleBolus' },
  singleBolusDuration: { label: 'It takes', kind: 'duration', topic: 'singleBolus', screenOnly: true },
  singleBolusLeft: { label: 'Of it still to come', kind: 'volume', topic: 'singleBolus' },
  singleBolusEnds: { label: 'It ends in', kind: 'duration', topic: 'singleBolus' },
  singleBolusWaits: { label: 'It waits', kind: 'text', topic: 'singleBolus' },
  singleBolusBeside: { label: 'It is added to', kind: 'text', topic: 'singleBolus', screenOnly: true },
  singleBolusThen: { label: 'After it', kind: 'text', topic: 'singleBolus' },
  doseApart: {
    label: 'Daily dose of the program, apart from it',
    kind: 'doseRate',
    topic: 'singleBolus',
    screenOnly: true,
  },
  bolusDose: { label: 'Patient bolus', kind: 'mass', topic: 'patient' },
  bolusVolume: { label: 'Patient bolus volume', kind: 'volume', topic: 'patient' },
  bolusDuration: { label: 'Bolus duration', kind: 'duration', topic: 'patient' },
  lockout: { label: 'Lockout', kind: 'duration', topic: 'patient' },
  bolusesPerDay: { label: 'Boluses in 24 h', kind: 'count', topic: 'patient' },
  bolusParts: { label: 'Patient bolus by part of day', kind: 'text', topic: 'patient' },
  bolusesGiven: { label: 'Given in the last 24 h', kind: 'count', topic: 'patient', screenOnly: true },
  granted: { label: 'Requests granted', kind: 'count', topic: 'patient' },
  denied: { label: 'Requests denied', kind: 'count', topic: 'patient' },
  nextBolus: { label: 'Next bolus possible in', kind: 'duration', topic: 'patient', screenOnly: true },
  nextBolusFrom: { label: 'Next bolus possible', kind: 'text', topic: 'patient' },
  patientBolusLeft: { label: 'Of the bolus that runs still to come', kind: 'volume', topic: 'patient' },
  patientBolusEnds: { label: 'It ends in', kind: 'duration', topic: 'patient' },
  refillExpected: { label: 'Expected before the refill', kind: 'volume', topic: 'refill' },
  refillAspirated: { label: 'Aspirated', kind: 'volume', topic: 'refill' },
  refillDiscrepancy: { label: 'Difference: aspirated minus expected', kind: 'text', topic: 'refill' },
  refillShare: { label: 'Difference, of the volume programmed', kind: 'text', topic: 'refill' },
  refillDirection: { label: 'It means', kind: 'text', topic: 'refill' },
  refillCauses: { label: 'It may be', kind: 'text', topic: 'refill' },
  refillNote: { label: 'Noted', kind: 'text', topic: 'refill' },
  refillEntered: { label: 'Entered after the refill', kind: 'volume', topic: 'refill' },
  refillBy: { label: 'Refill by', kind: 'text', topic: 'refill' },
  refillByDecided: { label: 'Because', kind: 'text', topic: 'refill' },
  discrepancyTrend: { label: 'Differences at refills, oldest first', kind: 'text', topic: 'refill', screenOnly: true },
  discrepancyReason: {
    label: 'Reason stated for the last difference',
    kind: 'text',
    topic: 'refill',
    screenOnly: true,
  },
  lastFill: { label: 'Last fill entered', kind: 'text', topic: 'reservoir' },
  expectedVolume: { label: 'Expected reservoir volume', kind: 'volume', topic: 'reservoir' },
  gaugeVolume: { label: 'Last shown by the fill sensor', kind: 'volume', topic: 'reservoir', screenOnly: true },
  reservoir: { label: 'Reservoir', kind: 'text', topic: 'reservoir', screenOnly: true },
  timeToEmpty: { label: 'Empty, as it delivers now, in', kind: 'duration', topic: 'reservoir', screenOnly: true },
  lowReservoir: { label: 'Low-reservoir threshold', kind: 'volume', topic: 'reservoir' },
  lowReservoirDate: { label: 'Low-reservoir date, no bolus', kind: 'text', topic: 'reservoir' },
  lowReservoirDateAllBoluses: { label: 'Low-reservoir date, all boluses', kind: 'text', topic: 'reservoir' },
  lowReservoirDateAsFlowed: { label: 'Low-reservoir date, as found at refill', kind: 'text', topic: 'reservoir' },
  flowFound: { label: 'Found at the last refill', kind: 'text', topic: 'reservoir', screenOnly: true },
  historyEntries: { label: 'Prescriptions read', kind: 'count', topic: 'read' },
  logRecords: { label: 'Log records read', kind: 'count', topic: 'read' },
  usageSince: { label: 'Handset used since', kind: 'text', topic: 'read' },
  usageGranted: { label: 'Boluses granted since', kind: 'count', topic: 'read' },
  usageDenied: { label: 'Requests denied since', kind: 'count', topic: 'read' },
  usageCutShort: { label: 'Boluses cut short since', kind: 'count', topic: 'read' },
  usageDropped: { label: 'Older log records dropped', kind: 'count', topic: 'read' },
  pendingEdits: { label: 'Edited, not programmed', kind: 'text', topic: 'review' },
  doseBefore: { label: 'Daily dose before', kind: 'doseRate', topic: 'review' },
  doseAfter: { label: 'Daily dose after', kind: 'doseRate', topic: 'review' },
  doseChange: { label: 'Change of the daily dose', kind: 'text', topic: 'review' },
  doseAllBolusesBefore: { label: 'Most in any 24 h before', kind: 'doseRate', topic: 'review' },
  doseAllBolusesAfter: { label: 'Most in any 24 h after', kind: 'doseRate', topic: 'review' },
  run: { label: 'Delivery after the update', kind: 'text', topic: 'review' },
  updateEnds: { label: 'The update ends', kind: 'text', topic: 'review' },
  nextBolusAfter: { label: 'Next bolus possible after it in', kind: 'duration', topic: 'review' },
  periodicNextAfter: { label: 'Next periodic bolus after it in', kind: 'duration', topic: 'review' },
  openingAfter: { label: 'Before the program', kind: 'text', topic: 'review' },
  openingVolume: { label: 'Its volume', kind: 'volume', topic: 'review' },
  openingParts: { label: 'Which is', kind: 'text', topic: 'review' },
  openingRate: { label: 'At a rate of', kind: 'rate', topic: 'review' },
  openingDuration: { label: 'It takes', kind: 'duration', topic: 'review' },
  openingDose: { label: 'It delivers', kind: 'mass', topic: 'review' },
  programBegins: { label: 'The program begins', kind: 'text', topic: 'review' },
  limitOverride: { label: 'Dose limit', kind: 'text', topic: 'review' },
  lowReservoirDateAfter: { label: 'Low-reservoir date after it, no bolus', kind: 'text', topic: 'review' },
  lowReservoirDateAllBolusesAfter: { label: 'Low-reservoir date after it, all boluses', kind: 'text', topic: 'review' },
} as const satisfies Readonly<Record<string, Definition>>;
export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as [FieldName, ...FieldName[]];

/** The fields of some topics that a report has, in its order. */
export const printedOf = (topics: readonly Topic[]): readonly FieldName[] =>
  FIELD_NAMES.filter((name) => {
    const { topic, screenOnly = false }: Definition = FIELDS[name];
    return topics.includes(topic) && !screenOnly;
  });

/** Lines of a screen in the making. */
export class Fields {
  readonly list: Field[] = [];

  put(name: FieldName, text: string, value: number | string = text): void {
    const { label, topic } = FIELDS[name];
    this.list.push({ name, label, text, value, topic });
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
