import {
  after,
  basalAt,
  basalVolume,
  type DayRules,
  type DoseRate,
  dailyDoseOf,
  formatDuration,
  highestDailyDose,
  type Instant,
  instant,
  isReduced,
  MS_PER_DAY,
  meanBasal,
  type Prescription,
  type Program,
  type ReplyOf,
  STOP_REASONS,
  type Status,
  shortestLockout,
  showDate,
  showDateTime,
  span,
  strengthOf,
  volume,
  type WallClock,
} from '../shared/index.ts';
import { type BolusRules, roomWarnings } from './bolus-room.ts';
import { meanDailyDose } from './calculators.ts';
import { mixingWords, pathChecks, putChangeover } from './changeover.ts';
import { clockDifference } from './clock.ts';
import { isBigChange, shareWords } from './dose-change.ts';
import { fluidWords, inUnitOf } from './drug-units.ts';
import type { Fields } from './fields.ts';
import { lowReservoirAt } from './forecast.ts';
import type { Beside } from './last-change.ts';
import type { Exceeded } from './library/limits.ts';
import { heldOf, type OldFluid } from './old-fluid.ts';
import { type DeadSpace, OPENING_WORDS, putOpening, putParts, volumeOfFilling } from './opening.ts';
import { openingChecks } from './opening-checks.ts';
import { heldBefore } from './path.ts';
import { DAY_NAMES } from './program-words.ts';
import { INFUSION_WORDS } from './words.ts';

/*
 * What a clinician reads before a prescription is confirmed: what it changes for the patient, what the update
 * itself does, and what deserves a second look. Limits of the drug library are asked about apart.
 */

/** A prescription reviewed and not yet confirmed. */
export interface Review extends Beside {
  readonly prescription: Prescription;
  readonly run: boolean;
  readonly override: boolean;
  /** The limits of the drug library it exceeds: each is to be accepted. */
  readonly exceeded: readonly Exceeded[];
  readonly endOpening: boolean;
  /** The pump it was reviewed against: another prescription or stop since asks for another review. */
  readonly basis: string;
  /** What delivery will be after it, as the pump said. */
  readonly delivery: ReplyOf<'stagePrescription'>['delivery'];
  /** When a patient's request could be granted after it, as the pump said. */
  readonly nextBolus: Instant | null;
}

/** What the programmer knows beside the status. */
export interface Known {
  readonly settings: BolusRules & { readonly dayRules: DayRules; readonly deadSpace: DeadSpace };
  readonly readAt: WallClock;
  readonly oldFluid: OldFluid | null;
  /** null where none has been entered in this session. */
  readonly refill: object | null;
}

/** Periodic boluses at a shorter interval are asked about. Assumed: near to a constant rate, and easily a slip of units. */
const SHORT_INTERVAL = span(3_600_000);

/** The pump as it would be right after the update, as far as the programmer can tell. */
function statusAfter(status: Status, { prescription, delivery }: Review): Status {
  const { mode, why } = delivery;
  const { program } = prescription;
  const minimum = program.type === 'minimumRate' ? program.rate : status.minimumRate;
  const opening = openingAfter(status, prescription.opening);
  return {
    ...status,
    prescription,
    stopped: why === null ? null : { why, since: status.stopped?.since ?? status.now },
    infusion: opening?.type ?? mode,
    rate:
      opening?.rate ??
      (mode === 'minimumRate' ? minimum : mode === 'defaultSchedule' ? status.defaultRate : status.rate),
    // Without a local time nothing of the program before stands in for the new one.
    basal: status.wall === null ? meanBasal(program) : basalAt(program, status.wall),
    bolusEnds: null,
    clinicianBolus: null,
    opening,
    periodicBolus: program.type === 'periodic' ? 'waiting' : 'off',
    periodicNext: null,
  };
}

/** What comes before the program as if it had just begun, and the rate of it. */
function openingAfter({ now, wall, minimumRate }: Status, opening: Prescription['opening']) {
  if (opening === null) return null;
  const { type } = opening;
  if (type === 'delayed') {
    const ends = wall === null ? null : instant(now + Math.max(0, opening.until - wall));
    return { type, start: now, ends, volume: volume.of(0), left: volume.of(0), rate: minimumRate };
  }
  const all = volumeOfFilling(opening);
  return { type, start: now, ends: after(now, opening.duration), volume: all, left: all, rate: opening.rate };
}

/** What the update does to delivery. */
function runWords(
  { stopped, infusion, wall }: Status,
  { prescription: { program, opening }, delivery }: Review,
): string {
  if (delivery.why === 'clinician') return 'STAYS STOPPED, as a clinician stopped it';
  if (delivery.why !== null) return `${stopped === null ? 'STOPS' : 'STAYS STOPPED'}: ${STOP_REASONS[delivery.why]}`;
  const begins =
    stopped === null ? 'goes on' : stopped.why === 'clinician' ? 'STARTS: a clinician had stopped it' : 'starts';
  if (isReduced(delivery.mode)) return `${begins}, at the ${INFUSION_WORDS[delivery.mode]}`;
  if (opening?.type === 'delayed') return `${begins}, at the minimum rate until ${showDateTime(opening.until)}`;
  const first = opening === null ? '' : `, with the ${OPENING_WORDS[opening.type]} first`;
  if (isReduced(infusion)) return `GOES BACK TO THE PROGRAM from the ${INFUSION_WORDS[infusion]}${first}`;
  const isZero = opening === null && (wall === null ? meanBasal(program) : basalAt(program, wall)) === 0;
  return isZero ? `${begins}: for now the program asks for no basal delivery` : `${begins}${first}`;
}

function endedBy(
  { bolusEnds, infusion, periodicBolus, clinicianBolus, opening }: Status,
  next: Prescription,
): string | undefined {
  const running = bolusEnds === null ? [] : [infusion === 'patientBolus' ? 'the patient bolus' : 'the bolus'];
  // One runs alone.
  if (opening !== null && opening.type === next.opening?.type)
    return `the ${OPENING_WORDS[opening.type]}, in whose place another begins`;
  if (opening !== null) running.push(`the ${OPENING_WORDS[opening.type]}`);
  if (clinicianBolus !== null) running.push('the single bolus');
  if (periodicBolus === 'running') running.push('the periodic bolus');
  if (periodicBolus === 'deferred') running.push('the deferred periodic bolus');
  return running.length === 0 ? undefined : `${running.join(' and ')}, not resumed`;
}

export function putFinish(
  fields: Fields,
  status: Status,
  review: Review,
  { settings: { dayRules: rules, deadSpace }, oldFluid: before }: Known,
  localTime: (at: Instant) => WallClock,
): void {
  const oldFluid = heldOf(before);
  const { prescription: old } = status;
  const { prescription, override, nextBolus } = review;
  const doses = dosesOf(status, review, rules);
  const show = inUnitOf(prescription.drugs[0]?.name);
  if (old !== null) {
    const shown = inUnitOf(old.drugs[0]?.name);
    if (doses.before !== undefined) fields.put('doseBefore', shown.daily(doses.before), doses.before);
    const most = highestDailyDose(old, rules);
    fields.put('doseAllBolusesBefore', shown.daily(most), most);
  }
  fields.put('doseAfter', show.daily(doses.after), doses.after);
  fields.put('doseChange', changeWords(doses, old, prescription));
  const most = highestDailyDose(prescription, rules);
  fields.put('doseAllBolusesAfter', show.daily(most), most);
  fields.put('run', runWords(status, review));
  putOpening(
    fields,
    status,
    prescription,
    heldBefore(oldFluid, review.changeover, prescription.opening),
    localTime(status.now),
  );
  if (review.catheter !== undefined) putParts(fields, prescription.opening, review.catheter, deadSpace);
  if (review.changeover !== undefined) putChangeover(fields, review.changeover, prescription.drugs);
  const ended = endedBy(status, prescription);
  if (ended !== undefined) fields.put('updateEnds', ended);
  if (nextBolus !== null) fields.time('nextBolusAfter', Math.max(0, nextBolus - status.now));
  if (prescription.program.type === 'periodic') fields.time('periodicNextAfter', prescription.program.interval);
  if (override) fields.put('limitOverride', 'overridden where what has been given exceeds it for now');
  const then = statusAfter(status, review);
  const low = lowReservoirAt(then, 'none', rules);
  const lowAll = lowReservoirAt(then, 'all', rules);
  if (low !== undefined) fields.put('lowReservoirDateAfter', showDate(localTime(low)));
  if (lowAll !== undefined) fields.put('lowReservoirDateAllBolusesAfter', showDate(localTime(lowAll)));
}

interface Doses {
  readonly before: DoseRate | undefined;
  readonly after: DoseRate;
}

const dosesOf = ({ prescription: old, wall }: Status, { prescription }: Review, rules: DayRules): Doses => ({
  before: old === null ? undefined : meanDailyDose(old, wall, rules),
  after: meanDailyDose(prescription, wall, rules),
});

/** The change in per cent of the old dose: doses of two drugs are not compared. */
function changeWords({ before, after }: Doses, old: Prescription | null, now: Prescription): string {
  if (before === undefined || old === null) return 'first prescription';
  if (old.drugs[0]?.name !== now.drugs[0]?.name) return 'another drug';
  return shareWords(before, after);
}

/** What deserves a second look before confirming. */
export function finishWarnings(
  status: Status,
  { prescription, changeover }: Pick<Review, 'prescription' | 'changeover'>,
  { settings, readAt: local, oldFluid: before, refill }: Known,
): string[] {
  const oldFluid = heldOf(before);
  const rules = settings.dayRules;
  const { prescription: old } = status;
  const { program, patientBolus } = prescription;
  const warnings: string[] = [];
  const mixes = changeover === undefined ? '' : mixingWords(changeover, prescription, status.volume);
  if (old !== null) warnings.push(...doseWarnings(old, status, prescription, rules, mixes));
  if (changeover !== undefined && refill === null)
    warnings.push(
      'Check: no refill has been entered in this session, and the reservoir is taken to hold the new fluid',
    );
  const held = heldBefore(oldFluid, changeover, prescription.opening);
  warnings.push(...openingChecks(status, prescription, changeover === undefined, held, rules));
  if (changeover !== undefined && oldFluid !== null)
    warnings.push(
      `Check: ${volume.format(oldFluid.left, 4)} of ${fluidWords(oldFluid.drugs)}, left by the change before, comes out first of all`,
    );
  const path = changeover === undefined ? oldFluid : { ...changeover, drugs: changeover.old, left: changeover.path };
  if (path !== null) warnings.push(...pathChecks(status, prescription, path, rules));
  if (program.type === 'periodic' && program.interval < SHORT_INTERVAL)
    warnings.push(`Check: a periodic bolus every ${formatDuration(program.interval)}`);
  if (patientBolus !== null && shortestLockout(patientBolus) > 0) {
    const fit = Math.ceil(MS_PER_DAY / shortestLockout(patientBolus));
    if (patientBolus.maxPerDay > fit)
      warnings.push(`Check: the lockout lets ${fit} boluses through in 24 h, not ${patientBolus.maxPerDay}`);
  }
  warnings.push(...roomWarnings(prescription, settings));
  const past = program.type === 'dated' ? program.steps.findLast(({ at }) => at <= local) : undefined;
  if (past !== undefined) warnings.push(`Check: the step of ${showDateTime(past.at)} is past, and begins at once`);
  const difference = clockDifference(status, local);
  const follows = followsLocalTime(program) ? 'the program follows' : 'the patient bolus follows';
  if ((followsLocalTime(program) || (patientBolus?.parts.length ?? 0) > 0) && difference !== 0)
    warnings.push(
      `Check: ${follows} local time, and the clock of the pump ${difference === null ? 'is lost' : 'differs'}`,
    );
  const days = differentDays(prescription);
  if (days !== undefined) warnings.push(`Check: the daily dose differs between days: ${days}`);
  return warnings;
}

/** What another prescription does to the doses of the patient who has the old one. */
function doseWarnings(
  old: Prescription,
  status: Status,
  prescription: Prescription,
  rules: DayRules,
  mixes: string,
): string[] {
  const warnings: string[] = [];
  const [told, tells] = [fluidWords(old.drugs), fluidWords(prescription.drugs)];
  if (told !== tells) warnings.push(`Check: the pump was told of ${told}, and is told of ${tells}${mixes}`);
  for (const drug of prescription.drugs) {
    const before = old.drugs.find(({ name }) => name === drug.name);
    if (before === undefined) continue;
    const was = meanDailyDose(old, status.wall, rules, before);
    const will = meanDailyDose(prescription, status.wall, rules, drug);
    const of = prescription.drugs.length > 1 ? ` of ${drug.name}` : '';
    if (isBigChange(was, will)) warnings.push(`Check: the daily dose${of} changes by ${shareWords(was, will)}`);
  }
  const [most, willBe] = [highestDailyDose(old, rules), highestDailyDose(prescription, rules)];
  const isComparable = old.drugs[0]?.name === prescription.drugs[0]?.name && most > 0;
  if (isComparable && warnings.length === 0 && isBigChange(most, willBe))
    warnings.push(`Check: the most a day can bring changes by ${shareWords(most, willBe)}`);
  return warnings;
}

const followsLocalTime = ({ type }: Program): boolean => type === 'daily' || type === 'dated';

/** Day 4 since 1970-01-01 was a Monday. */
const MONDAY = 4;

/** The least and the most dose of a day of the week; undefined where all are alike. */
function differentDays(prescription: Prescription): string | undefined {
  const { program } = prescription;
  if (program.type !== 'daily') return undefined;
  const day = span(MS_PER_DAY);
  const days = DAY_NAMES.map((name, i) => ({
    name,
    amount: basalVolume(program, span((MONDAY + i) * MS_PER_DAY), day),
  }));
  const least = days.toSorted((a, b) => (a.amount < b.amount ? -1 : Number(a.amount > b.amount)))[0];
  const most = days.toSorted((a, b) => (a.amount > b.amount ? -1 : Number(a.amount < b.amount)))[0];
  if (least === undefined || most === undefined || least.amount === most.amount) return undefined;
  const { daily } = inUnitOf(prescription.drugs[0]?.name);
  const words = ({ name, amount }: typeof least) => `${daily(dailyDoseOf(amount, strengthOf(prescription)))} (${name})`;
  return `${words(least)} to ${words(most)}`;
}
