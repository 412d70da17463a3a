import type { DeviceProfile } from '../../shared/index.ts';
import { BASAL } from './conditions.ts';
import { besideBoluses, dosesOf, firstThat, type Given, keepsLimit } from './dose-limit.ts';
import { doseLimitOf, firstFit, firstFitOf, hourlyLimitOf, toCome } from './next-bolus.ts';
import { PER_ML, type Prescription, strengthOf, volumeOfBolus } from './prescription.ts';
import { basalRates, mostIn, periodicOf } from './program.ts';
import type { PumpState } from './pump-state.ts';

/* The clinician's bolus by its rules: what stands against an order, and where one that runs comes to the dose limit. */

/** What was asked for. */
export interface Order {
  readonly rate: number;
  readonly duration: number;
  readonly then: string;
}

/** One that runs, or waits for a patient bolus to end; `end` tells of the waiting. Times are pump time. */
export interface Ordered extends Order {
  readonly start: number;
  readonly end: number;
}

export interface OrderRefusal {
  readonly code: string;
  readonly also: readonly string[];
  readonly until: number | null;
  readonly shortest: number | null;
}

/** What stands against an order, in the order it is told. */
export function againstOrder(pump: PumpState, order: Order): OrderRefusal | undefined {
  const { device, prescription, mode, now } = pump;
  const [level, amount] = [pump.level(), volumeOfBolus(order)];
  const running = pump.bolus?.end ?? pump.ordered?.end ?? null;
  const beside = mode === 'stopped' || prescription === null ? 0 : mostBeside(prescription, device);
  const replaced = mode === 'stopped' || device.bolusOverBasal === 'add' ? 0 : highestOf(prescription);
  const reasons: readonly (readonly [string, boolean])[] = [
    ['memoryLocked', pump.memoryLocked],
    ['onShelf', pump.service === 'shelf'],
    ['endOfService', pump.ended],
    ['selfTest', pump.isTesting],
    ['noPrescription', prescription === null],
    ['stopped', mode === 'stopped' && device.clinicianBolusWhenStopped === 'refuse'],
    ['updating', mode === 'updating'],
    ['emptyReservoir', level === 'empty'],
    ['tooLittleLeft', level !== 'empty' && pump.volume - BigInt(device.emptyAt) < amount],
    ['lowReservoir', level === 'low' && device.lowReservoirPolicy !== 'alarm'],
    ...pump.conditions.leavingAtMost(BASAL).map((condition) => [condition, true] as const),
    ['alarmActive', mode === 'stopped' && pump.isAlarmed],
    ['minimumRate', mode === 'minimumRate' || pump.isDelayed || pump.isAtMinimumByProgram],
    ['defaultSchedule', mode === 'defaultSchedule'],
    ['priming', pump.opened?.setting.type === 'prime'],
    ['bridging', pump.opened?.setting.type === 'bridge'],
    ['bolusRunning', running !== null],
    ['bolusTooSmall', amount > 0n && amount < BigInt(device.strokeVolume)],
    ['bolusRateZero', amount === 0n],
    ['bolusTooShort', order.duration < device.clinicianBolusShortest],
    ['bolusTooLong', order.duration > device.clinicianBolusLongest],
    ['bolusRateBelowBasal', order.rate < replaced],
    ['bolusTooFast', prescription !== null && order.rate + beside > device.rateMaximum],
  ];
  const [code, ...also] = reasons.filter(([, so]) => so).map(([reason]) => reason);
  if (code !== undefined) {
    const opens = pump.openingEnd ?? null;
    const until = { bolusRunning: running, selfTest: pump.testedAt, priming: opens, bridging: opens }[code] ?? null;
    return {
      code,
      also,
      until,
      shortest: code === 'bolusTooFast' ? shortest(order, device.rateMaximum - beside, device.bolusDurationStep) : null,
    };
  }
  if (prescription === null) return undefined;
  const hour = hourlyLimitOf(pump);
  const until = hour === null ? now : firstFit(pump, prescription, order, now);
  const isTooMuch = hour !== null && firstFitOf(pump, prescription, order, now, hour) !== now;
  const dosed = overDose(pump, prescription, order);
  if (dosed !== undefined) return isTooMuch ? { ...dosed, also: ['hourlyMaximum'] } : dosed;
  return isTooMuch ? { code: 'hourlyMaximum', also: [], until, shortest: null } : undefined;
}

/** What the dose limit has against an order. */
function overDose(pump: PumpState, prescription: Prescription, order: Order): OrderRefusal | undefined {
  const { device, now } = pump;
  const limit = doseLimitOf(prescription);
  if (limit === null) return undefined;
  const fits =
    device.clinicianOverLimit === 'refuse'
      ? firstFitOf(pump, prescription, order, now, limit)
      : whenStrokeFits(pump, prescription, order);
  return fits === now ? undefined : { code: 'doseLimit', also: [], until: fits, shortest: null };
}

const highestOf = (prescription: Prescription | null): number =>
  prescription === null ? 0 : Math.max(0, ...basalRates(prescription.program));

const mostBeside = (prescription: Prescription, { bolusOverBasal }: DeviceProfile): number =>
  (bolusOverBasal === 'add' ? highestOf(prescription) : 0) + (periodicOf(prescription.program)?.rate ?? 0);

/** The shortest duration of so much that leaves no more than `room` of the rate. */
function shortest(order: Order, room: number, step: number): number | null {
  if (room <= 0) return null;
  for (let duration = BigInt(step); ; duration += BigInt(step)) {
    // As much is delivered in a time as was ordered, or more.
    if (duration * BigInt(room) >= volumeOfBolus(order)) return Number(duration);
  }
}

const limitOf = ({ doseLimit }: Prescription): bigint => BigInt(doseLimit?.dose ?? 0) * PER_ML;

/** A window of the most basal. */
function worstBasal(under: Prescription): bigint {
  const { program, doseLimit } = under;
  const basal = program.type === 'flat' ? { ...program, periodic: null } : program;
  return mostIn(basal, doseLimit?.window ?? 0) * BigInt(strengthOf(under));
}

/** What flowed as boluses, and `more`. */
const bolusesOf = (pump: PumpState, more: readonly Given[]): Given[] => [
  ...pump.account.flowed(pump.now).map((each) => ({ ...each, rate: each.boluses })),
  ...more,
];

/** Whether the boluses of every window that ends in a span leave room for the most basal. */
function leaveRoom(under: Prescription, boluses: readonly Given[], from: number, to: number): boolean {
  const window = under.doseLimit?.window ?? 0;
  return keepsLimit(dosesOf(boluses, under.drugs[0]?.name), window, limitOf(under) - worstBasal(under), from, to);
}

/** The bolus beside it that runs on. */
const periodicRest = (pump: PumpState, drugs: Prescription['drugs']): Given[] =>
  pump.periodic === null
    ? []
    : [{ from: pump.now, to: pump.periodic.end, rate: pump.periodic.rate, boluses: pump.periodic.rate, drugs }];

/** The first instant at which a stroke of an order could be delivered before it is halted. */
function whenStrokeFits(pump: PumpState, under: Prescription, { rate }: Order): number | null {
  const { now, device } = pump;
  const stroke = { rate, duration: Math.ceil(device.strokeVolume / rate) };
  const window = under.doseLimit?.window ?? 0;
  const room = limitOf(under) - worstBasal(under) - volumeOfBolus(stroke) * BigInt(strengthOf(under));
  if (room < 0n) return null;
  const before = bolusesOf(pump, periodicRest(pump, under.drugs));
  const doses = dosesOf(before, under.drugs[0]?.name);
  const edges = before.flatMap(({ from, to }) => [from, to, from + window, to + window]);
  const from = firstThat((at) => keepsLimit(doses, window, room, at, at), now, edges);
  const limit = doseLimitOf(under);
  return from === null || limit === null ? from : firstFitOf(pump, under, stroke, from, limit);
}

/** When the order that runs is halted; undefined where it is not. The last instant at which all is within the limit. */
export function whenHalts(pump: PumpState): number | undefined {
  const { ordered, prescription: under, device, now } = pump;
  if (ordered === null || pump.bolus !== null || device.clinicianOverLimit !== 'haltAtLimit') return undefined;
  if (under === null || under.doseLimit === null) return undefined;
  const { drugs, doseLimit } = under;
  const { window } = doseLimit;
  const past = pump.account.flowed(now);
  const program = toCome(pump, under, now, ordered.end + window, { withOrder: false });
  const until = (to: number): Given => ({ from: now, to, rate: ordered.rate, boluses: ordered.rate, drugs });
  const keeps = (to: number): boolean =>
    leaveRoom(under, bolusesOf(pump, [...periodicRest(pump, drugs), until(to)]), now + 1, to) &&
    keepsLimit(
      dosesOf([...past, ...besideBoluses(program, [until(to)]), until(to)], drugs[0]?.name),
      window,
      limitOf(under),
      now + 1,
      to + window,
    );
  if (keeps(ordered.end)) return undefined;
  let [low, high] = [now, ordered.end];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (keeps(middle)) low = middle;
    else high = middle;
  }
  return low;
}
