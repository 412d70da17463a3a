import type { DeviceProfile, Json } from '../../shared/index.ts';
import { at, type Difference, isFields } from './json.ts';

import {
  mostAsked,
  mostInADay,
  PER_ML,
  type Prescription,
  replaces,
  strengthOf,
  volumeOfBolus,
} from './prescription.ts';
import { basalIn, periodicIn, periodicOf, volumeOf } from './program.ts';
import type { Pump } from './pump.ts';
import { roundedRatio, shownAmount } from './shown.ts';

const DAY = 86_400_000;
/** Later than this no date is worked out. */
const FAR = 400 * 366 * DAY;

/** What the programmer was told when it last read the pump, and when. */
interface Reading {
  readonly t: number;
  readonly now: number;
  readonly wall: number | null;
  readonly prescription: Prescription;
  readonly volume: bigint;
  readonly rate: number;
  /** What the program asks for now. */
  readonly basal: number;
  readonly reduced: boolean;
  readonly underway: Underway;
  readonly missedSince: number | null;
  readonly session: { readonly from: number; readonly commanded: bigint };
  readonly periodicNext: number | null;
  readonly running: { readonly end: number; readonly rate: number } | null;
  readonly counts: Readonly<Record<string, number>>;
}

/** Something that flows beside the program. Times are from the reading on. */
interface Flow {
  readonly from: number;
  readonly to: number;
  readonly rate: number;
}

/** The patient's and a clinician's bolus that run, or what opens, and the program that waits for them. */
interface Underway {
  readonly flows: readonly Flow[];
  /** How long it waits; null where nobody knows. */
  readonly waits: number | null;
  /** Whether it is only basal that waits: periodic boluses come. */
  readonly basalOnly: boolean;
  /** Whether the pump stops after it. */
  readonly stops: boolean;
}

/** The doses, volumes and dates on the programmer's screen. */
export class Screens {
  readonly #device: DeviceProfile;
  #reading: Reading | undefined;
  /** What a clock on the wall shows, less simulated time. */
  #local: number | undefined;
  /** The same when the pump was read last: what is shown since is still by that. */
  #localRead: number | undefined;
  /** When the pump must be replaced, as simulated time. */
  #replaceBy: number | undefined;
  /** How late the programmer shows that. */
  #late: number | 'unknown' = 0;
  /** Nothing is entered where a reason was asked for. */
  #refill: { readonly expected: bigint; readonly entered: bigint | undefined } | undefined;

  constructor(device: DeviceProfile) {
    this.#device = device;
  }

  /** A clock on the wall shows this now. */
  localTimeIs(wall: number, t: number): void {
    this.#local = wall - t;
    this.#localRead ??= this.#local;
  }

  /** The programmer is of another version: by when it says the pump must be replaced. */
  cardIs(card: Json): void {
    const late = isFields(card) ? card['replaceBy'] : undefined;
    this.#late = late === 'unknown' || typeof late === 'number' ? late : 0;
  }

  #replacedBy(): string | undefined {
    if (this.#replaceBy === undefined) return undefined;
    return this.#late === 'unknown' ? '??/??/????' : this.#dayOf(this.#replaceBy + this.#late);
  }

  localTimeMoved(by: number): void {
    if (this.#local !== undefined) this.#local += by;
  }

  refilled(expected: number, entered: number): void {
    this.#refill = { expected: BigInt(expected), entered: BigInt(entered) };
  }

  /** What the programmer will have read of the pump as it is now, once it is told. */
  reading(pump: Pump, t: number): () => void {
    const { prescription, account, grants, now, sinceSession } = pump;
    const { replaceBy } = pump.life;
    const replaced = replaceBy === null ? undefined : t + replaceBy - now;
    const reading =
      prescription === null
        ? undefined
        : {
            t,
            now,
            wall: pump.wall,
            prescription,
            volume: pump.volume,
            rate: pump.rate,
            basal: pump.basal,
            reduced: pump.isReduced,
            underway: underwayIn(pump),
            missedSince: pump.mode === 'stopped' ? Math.max(pump.zeroSince ?? 0, pump.prescribedAt ?? 0) : null,
            session: { from: sinceSession.from, commanded: account.commandedAt(now) - sinceSession.commanded },
            periodicNext: pump.periodicNext,
            running: pump.periodic,
            counts: {
              granted: grants.granted,
              denied: grants.denied,
              bolusesGiven: grants.counted(now, pump.midnight),
              record: pump.record,
            },
          };
    return () => {
      [this.#replaceBy, this.#reading, this.#localRead] = [replaced, reading, this.#local];
    };
  }

  /** The first field of a screen that is not what the rules lead to. */
  difference(data: Json): Difference | undefined {
    const reading = this.#reading;
    if (at(data, 'outcome', 'refused') === 'reasonNeeded' && reading !== undefined)
      this.#refill = { expected: reading.volume, entered: undefined };
    if (at(data, 'title') !== 'Pump status') return undefined;
    const told = reading === undefined ? {} : { ...this.#expected(reading), ...this.#refillFields() };
    for (const [field, expected] of Object.entries({ ...told, replaceBy: this.#replacedBy() })) {
      const got = at(data, 'fields', field);
      if (got === undefined || expected === undefined) continue;
      const shown = typeof got === 'string' ? got : '';
      const agrees = typeof expected === 'string' ? expected === shown : shownAmount(shown) === expected;
      if (!agrees) return { where: `screen.${field}`, expected: `${expected}`, got: shown };
    }
    return undefined;
  }

  /** Masses are ng, volumes nL, both rounded to the nearest; dates and counts are as shown. */
  #expected(reading: Reading): Record<string, bigint | string | undefined> {
    const { prescription, now, session, counts } = reading;
    const { drugs, patientBolus, program } = prescription;
    const strength = BigInt(strengthOf(prescription));
    const inADay = given(reading, this.#device, DAY);
    const fields: Record<string, bigint | string | undefined> = {
      expectedVolume: volumeShown(reading.volume),
      dailyVolume: volumeShown(inADay, 4),
      // The most there may be: rounded up.
      dailyDoseAllBoluses: (mostInADay(prescription, this.#device) * strength + PER_ML - 1n) / PER_ML,
      bolusDose: patientBolus === null ? undefined : massShown(volumeOfBolus(patientBolus), strength),
      lowReservoirDate: this.#dateOf(reading, 0n),
      lowReservoirDateAllBoluses: this.#dateOf(reading, mostAsked(prescription, this.#device)),
    };
    for (const [i, { concentration }] of drugs.entries()) {
      fields[`dailyDose${i === 0 ? '' : i + 1}`] = massShown(inADay, BigInt(concentration));
    }
    const periodic = periodicOf(program);
    if (periodic !== null) fields['periodicDose'] = massShown(volumeOfBolus(periodic), strength);
    const elapsed = BigInt(now - session.from);
    if (elapsed > 0n) {
      fields['meanDose'] = roundedRatio(session.commanded * strength * BigInt(DAY), PER_ML * elapsed);
    }
    if (reading.missedSince !== null) {
      fields['doseMissed'] = massShown(missed(reading, this.#device, reading.missedSince), strength);
    }
    for (const [name, count] of Object.entries(counts)) fields[name] = `${count}`;
    return fields;
  }

  #refillFields(): Record<string, bigint | undefined> {
    if (this.#refill === undefined) return {};
    const { expected, entered } = this.#refill;
    return {
      refillExpected: volumeShown(expected),
      refillEntered: entered === undefined ? undefined : volumeShown(entered),
    };
  }

  /** The local day on which the low-reservoir volume is reached, so much a day being given beside the program. */
  #dateOf(reading: Reading, beside: bigint): string | undefined {
    const { reduced, rate, now, underway } = reading;
    const { flows, waits, basalOnly, stops } = underway;
    // When a pump that stops will be low nobody can tell.
    if (stops) return undefined;
    const left = reading.volume - BigInt(reading.prescription.lowReservoir);
    if (this.#localRead === undefined || reading.rate === 0 || left <= 0n) return undefined;
    const givenBy = (span: number): bigint => {
      if (reduced || waits === null) return BigInt(rate) * BigInt(span);
      const before = flows.reduce((sum, flow) => sum + flowed(flow, span), 0n);
      const after = span - waits;
      const extra = (beside * BigInt(Math.max(0, after))) / BigInt(DAY);
      if (basalOnly) return before + given(reading, this.#device, span, { steady: now + waits }) + extra;
      if (after <= 0) return before;
      return before + given(reading, this.#device, after, { from: now + waits }) + extra;
    };
    let [low, high] = [0, DAY];
    while (givenBy(high) < left) {
      [low, high] = [high, 2 * high];
      if (low > FAR) return undefined;
    }
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (givenBy(middle) < left) low = middle;
      else high = middle;
    }
    return this.#dayOf(reading.t + high);
  }

  /** The local day of a simulated time, as the clock on the wall had it when the pump was read. */
  #dayOf(t: number | undefined): string | undefined {
    const local = this.#localRead;
    return t === undefined || local === undefined ? undefined : new Date(t + local).toISOString().slice(0, 10);
  }
}

function underwayIn(pump: Pump): Underway {
  const { ordered, opened, bolus, now, rate } = pump;
  if (opened !== null) {
    const end = pump.openingEnd;
    if (end === undefined) return { flows: [], waits: null, basalOnly: false, stops: false };
    const waits = Math.max(0, end - now);
    return { flows: [{ from: 0, to: waits, rate }], waits, basalOnly: false, stops: false };
  }
  const free = bolus === null ? 0 : bolus.end - now;
  const patients = { from: 0, to: free, rate: bolus?.rate ?? 0 };
  const giveWay = replaces(pump.device);
  if (ordered === null) return { flows: [patients], waits: giveWay ? free : 0, basalOnly: giveWay, stops: false };
  const to = Math.max(free, ordered.end - now);
  const clinicians = { from: free, to, rate: ordered.rate };
  const alone = pump.mode === 'alone';
  return {
    flows: [patients, clinicians],
    waits: alone || giveWay ? to : 0,
    basalOnly: giveWay && !alone,
    stops: ordered.then === 'stopped',
  };
}

/** What has flowed of something when so much time has passed. */
const flowed = ({ from, to, rate }: Flow, span: number): bigint =>
  BigInt(rate) * BigInt(Math.max(0, Math.min(to, span) - from));

interface Asked {
  /** From when on; from when on there is basal, too. Unless given, from now on. */
  readonly from?: number;
  readonly steady?: number;
  readonly withPeriodic?: boolean;
}

/** What the program gives in a span of time: its basal, what runs of a periodic bolus, and the next. */
function given(
  { prescription, now, wall, running, periodicNext, basal }: Reading,
  device: DeviceProfile,
  span: number,
  { from = now, steady = from, withPeriodic = true }: Asked = {},
): bigint {
  const { program } = prescription;
  const end = from + span;
  const periodic = periodicOf(program);
  // Where none falls due any more, the program is shown as it would run from now on.
  let next = periodicNext ?? now + (periodic?.interval ?? 0);
  // None begins before the program does.
  while (periodic !== null && from > now && next < from) next += periodic.interval;
  const boluses = withPeriodic ? periodicIn(periodic, next, from, end) : [];
  if (running !== null && from <= now) boluses.push({ from: now, to: Math.min(running.end, end), rate: running.rate });
  const fluid = volumeOf(boluses);
  if (end <= steady) return fluid;
  const start = (wall ?? 0) - now + steady;
  const isHeld = wall === null && program.type !== 'flat';
  const stretches = isHeld ? [{ from: steady, to: end, rate: basal }] : basalIn(program, start, start + end - steady);
  // Only a flat program has periodic boluses.
  const replaced = replaces(device)
    ? boluses.map((each) => ({ ...each, from: Math.max(each.from, steady), rate: basal }))
    : [];
  return fluid + volumeOf(stretches) - volumeOf(replaced);
}

/** What the program would have given since an instant, by the local time as it is now: each bolus due since, whole. */
function missed(reading: Reading, device: DeviceProfile, since: number): bigint {
  const { periodicNext, now, prescription, basal } = reading;
  const steady = given({ ...reading, running: null }, device, now - since, { from: since, withPeriodic: false });
  const periodic = periodicOf(prescription.program);
  if (periodic === null || periodicNext === null) return steady;
  let due = 0n;
  for (let at = periodicNext - periodic.interval; at > since; at -= periodic.interval) due += 1n;
  const { rate, duration } = periodic;
  return steady + due * volumeOfBolus({ rate: rate - (replaces(device) ? basal : 0), duration });
}

const massShown = (volume: bigint, strength: bigint): bigint => roundedRatio(volume * strength, PER_ML);
/** To so many decimals of a mL, in nL. */
const volumeShown = (volume: bigint, decimals = 3): bigint =>
  roundedRatio(volume, PER_ML / 10n ** BigInt(decimals)) * 10n ** BigInt(6 - decimals);
