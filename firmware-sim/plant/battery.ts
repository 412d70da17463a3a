import {
  after,
  between,
  type Clock,
  type DeviceProfile,
  fromJson,
  type Instant,
  instant,
  type Json,
  type Rate,
  rate,
  span,
  Total,
  VOLUME_PER_ML,
  type Witness,
} from '../../shared/index.ts';

/** A battery that has faltered carries a load again after so long: no figure found; assumed. */
const RESTS = span(3_600_000);

/** A film that has grown in the battery: it falters once the motor is asked for more than a rate. */
export interface Film {
  readonly above: Rate;
  /** Whether the processor then starts in its safe state. */
  readonly safeState: boolean;
}

type BatteryProfile = Pick<DeviceProfile, 'batteryLife' | 'batteryPerMillilitre' | 'batteryPerSession'>;

const ML = VOLUME_PER_ML;

/** What the pump lives on: time, turns of the motor and telemetry use it up. */
export class Battery {
  readonly #profile: BatteryProfile;
  /** What had been used when it was made, or taken from a snapshot, in ms of its life times volume units in 1 mL. */
  #before = 0n;
  /** Until `#since`, since then: the ms of its life that time and sessions took, and what the motor has moved. */
  #spent = 0;
  #moved = new Total();
  #since: Instant;
  #turning: Rate = rate.of(0);
  #film: Film | null = null;
  #load: Rate = rate.of(0);
  #restsUntil: Instant | null = null;
  #falters: Instant | null = null;
  readonly #clock: Clock;
  readonly #witness: Witness;
  #report: (is: 'low' | 'empty') => void = () => undefined;
  #isLow = false;
  #isEmpty = false;

  constructor(profile: BatteryProfile, clock: Clock, witness: Witness) {
    this.#profile = profile;
    this.#clock = clock;
    this.#witness = witness;
    this.#since = clock.now;
  }

  /** Takes what is to be called when it gives out, and when it is empty. */
  onDrained(report: (is: 'low' | 'empty') => void): void {
    this.#report = report;
  }

  /** It gives out once, and is empty once. */
  drain(to: 'low' | 'empty'): void {
    const told = this.#witness.tell('plant', 'fault', { type: to === 'low' ? 'batteryLow' : 'batteryEmpty' });
    if (to === 'low' ? this.#isLow : this.#isEmpty) return;
    this.#isLow = true;
    this.#isEmpty = to === 'empty';
    this.#witness.because(told, () => this.#report(to));
  }

  /** A processor that has forgotten how it is finds it as it is. */
  sayAgain(): void {
    if (this.#isLow) this.#report(this.#isEmpty ? 'empty' : 'low');
  }

  /** The motor turns so fast from now on. */
  turns(at: Rate): void {
    const { now } = this.#clock;
    const passed = between(this.#since, now);
    this.#spent += passed;
    this.#moved.flows(this.#turning, passed);
    this.#since = now;
    this.#turning = at;
  }

  interrogated(): void {
    this.turns(this.#turning);
    this.#spent += this.#profile.batteryPerSession;
  }

  /** What has been used, in ms of its life times volume units in 1 mL: exact. */
  get #used(): bigint {
    return this.#before + BigInt(this.#spent) * ML + this.#moved.value * BigInt(this.#profile.batteryPerMillilitre);
  }

  /** When so much has been used that it must be replaced; undefined once it has been told. */
  givesOut(): Instant | undefined {
    if (this.#isLow) return undefined;
    const { batteryLife, batteryPerMillilitre } = this.#profile;
    const perVolume = batteryPerMillilitre / Number(ML);
    const used = this.#spent + Number(this.#before) / Number(ML) + this.#moved.rounded * perVolume;
    const lasts = (batteryLife - used) / (1 + this.#turning * perVolume);
    // Rounding moves a life of years by less than a thousandth of a ms: mostly that changes nothing.
    const isSure = lasts > 1 && Math.abs(lasts - Math.round(lasts)) > 0.001;
    return isSure ? instant(this.#since + Math.ceil(lasts)) : this.#givesOutExactly();
  }

  #givesOutExactly(): Instant {
    const left = BigInt(this.#profile.batteryLife) * ML - this.#used;
    const perMs = ML + BigInt(this.#turning) * BigInt(this.#profile.batteryPerMillilitre);
    return left <= 0n ? this.#since : instant(this.#since + Number((left + perMs - 1n) / perMs));
  }

  /** A film grows in it, or is gone: what it is asked for now may be too much already. */
  grows(film: Film | null): void {
    this.#film = film;
    this.#takeLoad();
  }

  /** The motor is asked for a rate: where that is too much, the battery falters at once. */
  loaded(rate: Rate): void {
    const isRise = rate > this.#load;
    this.#load = rate;
    if (isRise) this.#takeLoad();
  }

  #takeLoad(): void {
    const { now } = this.#clock;
    const isResting = this.#restsUntil !== null && now < this.#restsUntil;
    if (this.#film === null || this.#load <= this.#film.above || isResting) return;
    this.#falters = now;
    this.#restsUntil = after(now, RESTS);
  }

  /** When it falters. */
  falters(): Instant | undefined {
    return this.#falters ?? undefined;
  }

  /** It falters: in which state the processor starts. */
  falter(): Pick<Film, 'safeState'> {
    this.#falters = null;
    return { safeState: this.#film?.safeState ?? false };
  }

  /** Counts from what had been used before. */
  #start(before: bigint): void {
    this.#before = before;
    this.#spent = 0;
    this.#moved = new Total();
  }

  /** Another pump's in its place. */
  replace(): void {
    this.#start(0n);
    this.#since = this.#clock.now;
    this.#turning = rate.of(0);
    this.#film = null;
    this.#load = rate.of(0);
    this.#restsUntil = null;
    this.#falters = null;
    this.#isLow = false;
    this.#isEmpty = false;
  }

  save(): Json {
    return {
      used: `${this.#used}`,
      since: this.#since,
      turning: this.#turning,
      film: this.#film === null ? null : { ...this.#film },
      load: this.#load,
      restsUntil: this.#restsUntil,
      falters: this.#falters,
      isLow: this.#isLow,
      isEmpty: this.#isEmpty,
    };
  }

  load(saved: Json): void {
    const { used, since, turning, film, load, restsUntil, falters, isLow, isEmpty } = fromJson<{
      used: string;
      since: Instant;
      turning: Rate;
      film: Film | null;
      load: Rate;
      restsUntil: Instant | null;
      falters: Instant | null;
      isLow: boolean;
      isEmpty: boolean;
    }>(saved);
    this.#start(BigInt(used));
    this.#since = since;
    this.#turning = turning;
    this.#film = film;
    this.#load = load;
    this.#restsUntil = restsUntil;
    this.#falters = falters;
    this.#isLow = isLow;
    this.#isEmpty = isEmpty;
  }
}
