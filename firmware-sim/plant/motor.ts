import {
  after,
  between,
  type Duration,
  delivered,
  fromJson,
  type Instant,
  type Json,
  type Proportion,
  proportion,
  type Rate,
  rate,
  type Volume,
  volume,
} from '../../shared/index.ts';
import type { Fault } from './faults.ts';
import { withError } from './syringe.ts';

const NONE = proportion.of(0);
type Drift = NonNullable<Extract<Fault, { type: 'flowDrift' }>['drift']>;

/** Rotor pumps turn once for so much: no figure found; so that 60 degrees are a small bolus of 20 mcL. Assumed. */
const VOLUME_PER_TURN = volume.parse('120 mcL');
const DEGREES = 360n;

/** What drives the fluid: it does nearly what it is asked, and nobody sees what it does. */
export class Motor {
  #asked: Rate = rate.of(0);
  #bias: Proportion = NONE;
  #drift: (Drift & { readonly next: Instant }) | null = null;
  /** Below so much in the reservoir it moves less, or more. */
  #fallOff: { readonly below: Volume; readonly by: Proportion } | null = null;
  /** What it has driven until `#since`, in all and at the last film. */
  #turning: Rate = rate.of(0);
  #since: Instant;
  #driven = 0n;
  #filmed: bigint | null = null;

  constructor(now: Instant) {
    this.#since = now;
  }

  get asked(): Rate {
    return this.#asked;
  }

  ask(asked: Rate): void {
    this.#asked = asked;
  }

  set bias(by: Proportion) {
    this.#bias = by;
  }

  drift(drift: Drift | null, now: Instant): void {
    this.#drift = drift === null ? null : { ...drift, next: after(now, drift.every) };
  }

  fallOff(below: Volume, by: Proportion): void {
    this.#fallOff = by === 0 ? null : { below, by };
  }

  /** The volume of the reservoir at which it begins to move less. */
  get fallsOffAt(): Volume | undefined {
    return this.#fallOff?.below;
  }

  /** What it makes of a flow, or of a volume, with so much in the reservoir. */
  moves(asked: number, reservoir: Volume): number {
    const moved = withError(asked, this.#bias);
    if (this.#fallOff === null || reservoir > this.#fallOff.below) return moved;
    return withError(moved, this.#fallOff.by);
  }

  due(): Instant | undefined {
    return this.#drift?.next;
  }

  /** The error of its flow grows by another step. */
  wake(): void {
    if (this.#drift === null) return;
    this.#bias = proportion.of(this.#bias + this.#drift.by);
    this.#drift = { ...this.#drift, next: after(this.#drift.next, this.#drift.every) };
  }

  /** It turns so fast from now on, whatever comes of it. */
  turns(at: Rate, now: Instant): void {
    this.#driven += delivered(this.#turning, between(this.#since, now));
    this.#turning = at;
    this.#since = now;
  }

  get turning(): Rate {
    return this.#turning;
  }

  /** It turns so far at once. */
  turnsBy(driven: number): void {
    this.#driven += BigInt(driven);
  }

  /** How far it has turned since the film before, in whole degrees; undefined at the first. */
  film(now: Instant): number | undefined {
    this.turns(this.#turning, now);
    const before = this.#filmed;
    this.#filmed = this.#driven;
    return before === null ? undefined : Number(((this.#driven - before) * DEGREES) / BigInt(VOLUME_PER_TURN));
  }

  /** Another pump's in its place. */
  replace(): void {
    this.#asked = rate.of(0);
    this.#bias = NONE;
    this.#drift = null;
    this.#fallOff = null;
    this.#filmed = null;
  }

  save(): Json {
    return {
      asked: this.#asked,
      bias: this.#bias,
      drift: this.#drift === null ? null : { ...this.#drift },
      fallOff: this.#fallOff === null ? null : { ...this.#fallOff },
      turning: this.#turning,
      since: this.#since,
      driven: `${this.#driven}`,
      filmed: this.#filmed === null ? null : `${this.#filmed}`,
    };
  }

  load(saved: Json): void {
    const { asked, bias, drift, fallOff, turning, since, driven, filmed } = fromJson<{
      asked: Rate;
      bias: Proportion;
      drift: { by: Proportion; every: Duration; next: Instant } | null;
      fallOff: { below: Volume; by: Proportion } | null;
      turning: Rate;
      since: Instant;
      driven: string;
      filmed: string | null;
    }>(saved);
    this.#asked = asked;
    this.#bias = bias;
    this.#drift = drift;
    this.#fallOff = fallOff;
    this.#turning = turning;
    this.#since = since;
    this.#driven = BigInt(driven);
    this.#filmed = filmed === null ? null : BigInt(filmed);
  }
}
