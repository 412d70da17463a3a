import type { DeviceProfile, Json } from '../../shared/index.ts';
import { allOf, areApart, longestOf } from './day-parts.ts';
import { at, isFields, listAt, numberAt, textAt } from './json.ts';
import { basalRates, beyondBasal, mostIn, type Program, periodicOf, readProgram } from './program.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Volume units in one mL; a concentration is ng/mL. */
export const PER_ML = 86_400_000_000_000n;

/** What a patient may be given at some time of day. */
export interface Allotted {
  readonly rate: number;
  readonly duration: number;
  readonly lockout: number;
}

export interface PatientBolus extends Allotted {
  readonly maxPerDay: number;
  /** Parts of the day, from and up to times after midnight, with something else, or nothing. */
  readonly parts: readonly { readonly from: number; readonly to: number; readonly bolus: Allotted | null }[];
}

/** What comes once before the program: so much at a rate, or the minimum rate until a local time. */
export type Opening =
  | { readonly type: 'prime' | 'bridge'; readonly rate: number; readonly duration: number }
  | { readonly type: 'delayed'; readonly until: number };

export interface Prescription {
  readonly drugs: readonly { readonly name: string; readonly concentration: number }[];
  readonly program: Program;
  readonly patientBolus: PatientBolus | null;
  readonly doseLimit: { readonly dose: number; readonly window: number } | null;
  readonly ceiling: number;
  readonly lowReservoir: number;
  readonly opening: Opening | null;
  /** As it was sent. */
  readonly sent: Json;
}

export function readPrescription(json: Json | undefined): Prescription {
  const bolus = at(json, 'patientBolus');
  const limit = at(json, 'doseLimit');
  return {
    drugs: listAt(json, 'drugs').map((drug) => ({
      name: textAt(drug, 'name'),
      concentration: numberAt(drug, 'concentration'),
    })),
    program: readProgram(at(json, 'program')),
    patientBolus: isFields(bolus)
      ? {
          ...allottedIn(bolus),
          maxPerDay: numberAt(bolus, 'maxPerDay'),
          parts: listAt(bolus, 'parts').map((part) => ({
            from: numberAt(part, 'from'),
            to: numberAt(part, 'to'),
            bolus: isFields(at(part, 'bolus')) ? allottedIn(at(part, 'bolus')) : null,
          })),
        }
      : null,
    doseLimit: isFields(limit) ? { dose: numberAt(limit, 'dose'), window: numberAt(limit, 'window') } : null,
    ceiling: numberAt(json, 'ceiling'),
    lowReservoir: numberAt(json, 'lowReservoir'),
    opening: readOpening(at(json, 'opening')),
    sent: json ?? null,
  };
}

const allottedIn = (json: Json | undefined): Allotted => ({
  rate: numberAt(json, 'rate'),
  duration: numberAt(json, 'duration'),
  lockout: numberAt(json, 'lockout'),
});

function readOpening(json: Json | undefined): Opening | null {
  if (!isFields(json)) return null;
  const type = textAt(json, 'type');
  if (type === 'delayed') return { type, until: numberAt(json, 'until') };
  const [rate, duration] = [numberAt(json, 'rate'), numberAt(json, 'duration')];
  return { type: type === 'prime' ? 'prime' : 'bridge', rate, duration };
}

/** ng/mL of the primary drug; 0 for a diluent. */
export const strengthOf = ({ drugs }: Prescription): number => drugs[0]?.concentration ?? 0;

export const volumeOfBolus = ({ rate, duration }: Pick<PatientBolus, 'rate' | 'duration'>): bigint =>
  BigInt(rate) * BigInt(duration);

/** What all boluses of a day bring beside the program at most, if each is the one of the day that brings the most. */
export function mostAsked({ program, patientBolus }: Prescription, device: DeviceProfile): bigint {
  if (patientBolus === null) return 0n;
  // A bolus within a periodic one has no basal to replace.
  const spared = replaces(device) && periodicOf(program) === null ? Math.min(...basalRates(program)) : 0;
  const most = allOf(patientBolus)
    .map(({ rate, duration }) => volumeOfBolus({ rate: Math.max(0, rate - spared), duration }))
    .reduce((most, each) => (each > most ? each : most), 0n);
  return BigInt(patientBolus.maxPerDay) * most;
}

export const replaces = ({ bolusOverBasal }: DeviceProfile): boolean => bolusOverBasal === 'replace';

/**
 * The most volume of any 24 h: all allotted boluses, of the local days on either side of midnight where each day has its
 * own, and a periodic one that comes late.
 */
export function mostInADay(prescription: Prescription, device: DeviceProfile): bigint {
  const days = device.countWindow === 'calendarDay' ? 2n : 1n;
  const asked = days * mostAsked(prescription, device);
  const program = beyondBasal(prescription.program, replaces(device));
  const periodic = periodicOf(program);
  const late = periodic !== null && device.periodicDuringBolus === 'defer' ? volumeOfBolus(periodic) : 0n;
  return mostIn(program, DAY) + asked + late;
}

/** Everything for which a pump will not take a prescription, whatever was given before; in no order. */
export function faultsOf(prescription: Prescription, device: DeviceProfile): Set<string> {
  const faults = new Set<string>();
  const say = (code: string, wrong: boolean) => wrong && faults.add(code);
  const { drugs, program, patientBolus, doseLimit, sent } = prescription;
  const strength = BigInt(strengthOf(prescription));
  say('drugTwice', new Set(drugs.map(({ name }) => name)).size < drugs.length);
  say(
    'concentrationZero',
    drugs.some(({ concentration }) => concentration === 0),
  );
  say('thresholdAboveCapacity', prescription.lowReservoir > device.reservoirCapacity);
  const given = beyondBasal(program, replaces(device));
  const rates = basalRates(program);
  if (at(sent, 'program', 'type') === 'minimumRate') {
    say('notMinimumRate', rates[0] !== device.minimumRate);
  } else {
    // Zero is a step like any other.
    say(
      'basalBelowMinimum',
      rates.some((rate) => rate > 0 && rate < device.basalMinimum),
    );
    say(
      'basalAboveMaximum',
      rates.some((rate) => rate > device.basalMaximum),
    );
  }
  say('scheduleIncomplete', isIncomplete(prescription));
  if (program.type === 'daily') {
    say(
      'tooManySteps',
      program.days.some((steps) => steps.length > device.stepsPerDay) || stepsSent(prescription) > device.scheduleSteps,
    );
  }
  if (program.type === 'dated') {
    say('tooManySteps', program.steps.length > device.datedSteps);
    say(
      'datesOutOfOrder',
      program.steps.some(({ at: when }, i) => when <= (program.steps[i - 1]?.at ?? -1)),
    );
  }
  for (const code of bolusFaults(prescription, device)) faults.add(code);
  if (doseLimit !== null) {
    say('limitZero', doseLimit.dose === 0 || doseLimit.window === 0);
    say('limitWithoutDrug', drugs.length === 0);
    say('limitWindowTooLong', doseLimit.window > DAY);
    say('basalOverLimit', mostIn(given, doseLimit.window) * strength > BigInt(doseLimit.dose) * PER_ML);
    say('bolusLongerThanWindow', patientBolus !== null && longestOf(patientBolus) > doseLimit.window);
  }
  const isBound = device.hourlyMaximum < device.rateMaximum * HOUR;
  say('hourlyMaximum', isBound && mostIn(given, HOUR) > BigInt(device.hourlyMaximum));
  say('aboveCeiling', mostInADay(prescription, device) * strength > BigInt(prescription.ceiling) * PER_ML);
  return faults;
}

/** Steps of a schedule as it was sent, each kind of days once. */
const stepsSent = ({ sent }: Prescription): number =>
  listAt(sent, 'program', 'groups').reduce((sum: number, group) => sum + listAt(group, 'steps').length, 0);

/** Each weekday once, no kind of days without one, each day from midnight, its steps in order. */
function isIncomplete({ program, sent }: Prescription): boolean {
  if (program.type !== 'daily') return false;
  const days = listAt(sent, 'program', 'groups').flatMap((group) => listAt(group, 'days'));
  const once = days.length === 7 && new Set(days).size === 7;
  const none = listAt(sent, 'program', 'groups').some((group) => listAt(group, 'days').length === 0);
  const inOrder = program.days.every(
    (steps) => steps[0]?.at === 0 && steps.every(({ at: when }, i) => when < DAY && when > (steps[i - 1]?.at ?? -1)),
  );
  return !once || none || !inOrder;
}

function bolusFaults({ drugs, program, patientBolus: bolus }: Prescription, device: DeviceProfile): Set<string> {
  const faults = new Set<string>();
  const say = (code: string, wrong: boolean) => wrong && faults.add(code);
  const periodic = periodicOf(program);
  const highest = Math.max(0, ...basalRates(program));
  const steady = replaces(device) ? 0 : highest;
  const beside = steady + (periodic?.rate ?? 0);
  if (periodic !== null) {
    const zero = periodic.rate === 0 || periodic.duration === 0 || periodic.interval === 0;
    say('periodicRateZero', zero);
    say('periodicLongerThanInterval', periodic.duration >= periodic.interval);
    say('bolusTooSmall', volumeOfBolus(periodic) < BigInt(device.strokeVolume));
    say('bolusTooFast', beside > device.rateMaximum);
    say('bolusRateBelowBasal', replaces(device) && periodic.rate < highest);
  }
  if (bolus === null) return faults;
  for (const each of allOf(bolus)) {
    say('bolusRateZero', each.rate === 0 || each.duration === 0);
    say('bolusTooSmall', volumeOfBolus(each) < BigInt(device.strokeVolume));
    say('bolusTooFast', each.rate + beside > device.rateMaximum);
    say('bolusRateBelowBasal', (replaces(device) || device.bolusRateBelowBasal === 'refuse') && each.rate < highest);
    say('lockoutZero', each.lockout === 0);
    say('bolusLongerThanLockout', each.duration > each.lockout);
  }
  say('countZero', bolus.maxPerDay === 0);
  say(
    'drugNotByHandset',
    drugs.some(({ name }) => !device.handsetDrugs.some((drug) => drug === name)),
  );
  say('tooManyParts', bolus.parts.length >= device.bolusParts);
  say('partsOverlap', !areApart(bolus));
  return faults;
}

/** The shortest duration in which the first bolus that is too fast would fit beside all else; null where it never fits. */
export function shortestOf({ program, patientBolus }: Prescription, device: DeviceProfile): number | null {
  const [basal, periodic] = [replaces(device) ? 0 : Math.max(0, ...basalRates(program)), periodicOf(program)];
  const patient = patientBolus === null ? [] : allOf(patientBolus);
  const boluses = [
    [periodic, basal],
    ...patient.map((bolus) => [bolus, basal + (periodic?.rate ?? 0)] as const),
  ] as const;
  const [fast, beside = 0] =
    boluses.find(([bolus, beside]) => bolus !== null && bolus.rate + beside > device.rateMaximum) ?? [];
  const left = device.rateMaximum - beside;
  if (fast == null || left <= 0) return null;
  const step = BigInt(device.bolusDurationStep);
  // The rate of a bolus is a whole number of nL/day, rounded down.
  for (let duration = step; ; duration += step) {
    if (volumeOfBolus(fast) / duration <= BigInt(left)) return Number(duration);
  }
}
