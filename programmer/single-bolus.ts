import {
  type AfterBolus,
  after,
  bolusVolume,
  type Duration,
  formatDuration,
  type Instant,
  type OverBasal,
  type Prescription,
  type Rate,
  rate,
  STOP_REASONS,
  type Status,
  showDate,
  span,
  strengthOf,
  volume,
  type WallClock,
} from '../shared/index.ts';
import type { BolusOrderEntry } from './acts.ts';
import { bolusDose, dailyDose, standing } from './calculators.ts';
import { amountOf, unusable } from './compile.ts';
import { dosesIn, inUnitOf } from './drug-units.ts';
import type { Fields } from './fields.ts';
import { lowReservoirAt } from './forecast.ts';
import { foreseenChecks } from './foreseen.ts';
import type { DrugLibrary } from './library/library.ts';
import { type Exceeded, exceededByBolus } from './library/limits.ts';
import type { ProgrammerRefusal } from './outcome.ts';
import type { Held } from './path.ts';

/*
 * The single bolus of a clinician: ordered once, apart from the prescription. What is entered is turned into a rate
 * and a duration for the pump last read, reviewed on a Finish screen of its own, and confirmed.
 */

/** A single bolus as the pump is told of it. */
export interface BolusOrder {
  readonly rate: Rate;
  readonly duration: Duration;
  readonly then: AfterBolus;
  /** The limits of the drug library it exceeds: each is to be accepted. */
  readonly exceeded: readonly Exceeded[];
}

/** One reviewed and not yet confirmed: another prescription or stop since asks for another review. */
export interface BolusReview extends BolusOrder {
  readonly basis: string;
}

/** Whether two entries ask for the same. */
export const isSameOrder = (one: BolusOrderEntry, other: BolusOrderEntry): boolean =>
  one.dose === other.dose && one.volume === other.volume && one.duration === other.duration && one.then === other.then;

/** What was entered, as a rate over its time, never above it, and what a drug library has against it. */
export function compileOrder(
  entry: BolusOrderEntry,
  now: Prescription | null,
  library: DrugLibrary | null,
  oldFluid: Held | null,
): BolusOrder | ProgrammerRefusal {
  // A dose is of a drug, and nobody has told which.
  if (now === null && entry.dose !== null) return 'unknownDrug';
  try {
    const strength = now?.drugs[0] === undefined ? undefined : strengthOf(now);
    const amount = amountOf(entry, strength);
    const exceeded = now === null || library === null ? [] : exceededByBolus(amount, now, library, oldFluid);
    return { ...amount, then: entry.then, exceeded };
  } catch (error) {
    return unusable(error);
  }
}

/** What is entered and not ordered yet: "50 mcg in 30min". */
export function orderWords(
  { dose, volume: fluid, duration, then }: BolusOrderEntry,
  prescription: Prescription | null,
) {
  const amount =
    dose === null ? volume.format(fluid ?? volume.of(0), 4) : inUnitOf(prescription?.drugs[0]?.name).dose(dose);
  return `single bolus ${amount} in ${formatDuration(duration)}, ${THEN_WORDS[then]}`;
}

const THEN_WORDS: Readonly<Record<AfterBolus, string>> = { basal: 'then basal', stopped: 'then stopped' };

/** What the pump is told of one, or tells of one that runs. */
type Ordered = Omit<BolusOrder, 'exceeded'>;

/** What the pump does once the bolus has ended. */
function thenWords({ then }: Ordered, isStopped: boolean): string {
  if (then === 'stopped') return isStopped ? 'the pump is STOPPED again' : 'THE PUMP STOPS';
  return isStopped ? 'BASAL DELIVERY STARTS' : 'basal delivery goes on';
}

/** What it is added to, or what it runs without. */
function besideWords({ stopped, periodicBolus }: Status, { bolusOverBasal }: OverBasal): string {
  if (stopped !== null) return `nothing: the pump is stopped (${STOP_REASONS[stopped.why]}), and delivers it alone`;
  if (bolusOverBasal === 'replace')
    return `${periodicBolus === 'running' ? 'the periodic bolus that runs' : 'nothing'}: basal waits until it has ended`;
  return periodicBolus === 'running' ? 'the basal rate and the periodic bolus that runs' : 'the basal rate';
}

/** The Finish screen of a single bolus; the daily dose of the program stands apart from it. */
export function putOrder(
  fields: Fields,
  status: Status,
  order: Ordered,
  rules: OverBasal,
  localTime: (at: Instant) => WallClock,
): void {
  const { prescription } = status;
  putAmount(fields, order, prescription);
  fields.put('singleBolusRate', rate.format(order.rate), order.rate);
  fields.time('singleBolusDuration', order.duration);
  fields.put('singleBolusBeside', besideWords(status, rules));
  fields.put('singleBolusThen', thenWords(order, status.stopped !== null));
  if (prescription === null) return;
  const apart = dailyDose(prescription, standing(status), rules);
  fields.put('doseApart', inUnitOf(prescription.drugs[0]?.name).daily(apart), apart);
  const low = lowReservoirAt(underway(status, order), 'none', rules);
  if (low !== undefined) fields.put('lowReservoirDateAfter', showDate(localTime(low)));
}

/** The pump as if the bolus had just begun. */
function underway(status: Status, { rate: flow, duration, then }: Ordered): Status {
  const { now, stopped } = status;
  const all = volume.of(flow * duration);
  const timed = { start: now, ends: after(now, duration), rate: flow, volume: all, left: all };
  const clinicianBolus = { ...timed, then, withBasal: stopped === null, suspended: false };
  return { ...status, stopped: null, infusion: 'clinicianBolus', clinicianBolus };
}

function putAmount(fields: Fields, order: Ordered, prescription: Prescription | null): void {
  if (prescription?.drugs[0] !== undefined) {
    const dose = bolusDose(order, prescription);
    fields.put('singleBolus', inUnitOf(prescription.drugs[0].name).dose(dose), dose);
  }
  fields.put('singleBolusVolume', volume.format(bolusVolume(order), 4), bolusVolume(order));
}

/** The single bolus that runs in the pump, or waits there for a patient bolus to end. */
export function putRunning(fields: Fields, { clinicianBolus, prescription, now }: Status): void {
  if (clinicianBolus === null) return;
  const { rate: flow, volume: ordered, left, ends, suspended } = clinicianBolus;
  const order = { ...clinicianBolus, duration: span(ordered / flow) };
  putAmount(fields, order, prescription);
  fields.put('singleBolusRate', rate.format(flow), flow);
  fields.put('singleBolusLeft', volume.format(left, 4), left);
  fields.time('singleBolusEnds', Math.max(0, ends - now));
  if (suspended) fields.put('singleBolusWaits', 'suspended by a patient bolus, goes on after it');
  fields.put('singleBolusThen', thenWords(order, !clinicianBolus.withBasal));
}

/** What deserves a second look before a single bolus is confirmed. */
export function orderWarnings(
  status: Status,
  order: BolusOrder,
  { settings, oldFluid }: { readonly settings: Parameters<typeof foreseenChecks>[2]; readonly oldFluid: Held | null },
): string[] {
  return [...foreseenChecks(status, order, settings), ...pathWarnings(order, oldFluid), ...thenWarnings(status, order)];
}

/** What tubing and catheter hold of another fluid comes first, and is of another strength. */
function pathWarnings(order: BolusOrder, oldFluid: Held | null): string[] {
  if (oldFluid === null || oldFluid.left === 0) return [];
  const { left, drugs } = oldFluid;
  const first = volume.of(Math.min(bolusVolume(order), left));
  return [
    `Check: tubing and catheter still hold ${volume.format(left, 4)} of the fluid before, and of this bolus ${volume.format(first, 4)} is that: ${dosesIn([{ drugs, left: first }])}`,
  ];
}

function thenWarnings(status: Status, order: BolusOrder): string[] {
  if (order.then === 'stopped' && status.stopped === null)
    return ['Check: THE PUMP STOPS after the single bolus, until a clinician resumes delivery'];
  if (order.then === 'basal' && status.stopped !== null)
    return ['Check: BASAL DELIVERY STARTS after the single bolus, on a pump that is stopped'];
  return [];
}
