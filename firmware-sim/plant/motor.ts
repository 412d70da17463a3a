import {
  after,
  between,
  type Duration,
  fromJson,
  type Instant,
  type Json,
  type Proportion,
  proportion,
  type Rate,
  rate,
  Total,
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
const degrees = (driven: bigint): number => Number((driven * DEGREES) / BigInt(VOLUME_PER_TURN));

/** A film of the rotor beside the one before. */
export interface FilmsCompared {
  /** How long ago the one before was taken. */
  readonly since: Duration;
  /** How far the rotor has turned since, and how far it would have by what it was asked for, in whole degrees. */
  readonly turned: number;
  readonly asked: number;
  /** Whether it was asked for nothing at all since. */
  readonly atRest: boolean;
}
/** How much had been driven and asked for when a film was taken. */
interface Film {
  readonly at: Instant;
  readonly driven: bigint;
  readonly asked: bigint;
}

/** What drives the fluid: it does nearly what it is asked, and nobody sees what it does. */
export class Motor {
  #asked: Rate = rate.of(0);
  #bias: Proportion = NONE;
  #drift: (Drift & { readonly next: Instant }) | null = null;
  /** Below so much in the reservoir it moves less, or more. */
  #fallOff: { readonly below: Volume; readonly by: Proportion } | null = null;
  /** What it has driven and was asked for until `#since`, in all and at the last film. */
  #turning: Rate = rate.of(0);
  #since: Instant;
  #driven = new Total();
  #due = new Total();
  #film: Film | null = null;

  constructor(now: Instant) {
    this.#since = now;
  }

  get asked(): Rate {
    return this.#asked;
  }

  ask(asked: Rate, now: Instant): void {
    this.#passes(now);
    this.#asked = asked;
  }

  #passes(now: Instant): void {
    const passed = between(this.#since, now);
    this.#driven.flows(this.#turning, passed);
    this.#due.flows(this.#asked, passed);
    this.#since = now;
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
    this.#passes(now);
    this.#turning = at;
  }

  get turning(): Rate {
    return this.#turning;
  }

  /** It is asked for so much at once, and turns so far. */
  turnsBy(asked: number, driven: number): void {
    this.#due.add(asked);
    this.#driven.add(driven);
  }

  /** How it has turned since the film before; undefined at the first. */
  film(now: Instant): FilmsCompared | undefined {
    this.#passes(now);
    const before = this.#film;
    const film = { at: now, driven: this.#driven.value, asked: this.#due.value };
    this.#film = film;
    if (before === null) return undefined;
    const asked = film.asked - before.asked;
    return {
      since: between(before.at, now),
      turned: degrees(film.driven - before.driven),
      asked: degrees(asked),
      atRest: asked === 0n,
    };
  }

  /** Another pump's in its place. */
  replace(): void {
    this.#asked = rate.of(0);
    this.#bias = NONE;
    this.#drift = null;
    this.#fallOff = null;
    this.#film = null;
  }

  save(): Json {
    const film = this.#film;
    return {
      asked: this.#asked,
      bias: this.#bias,
      drift: this.#drift === null ? null : { ...this.#drift },
      fallOff: this.#fallOff === null ? null : { ...this.#fallOff },
      turning: this.#turning,
      since: this.#since,
      driven: `${this.#driven.value}`,
      due: `${this.#due.value}`,
      film: film === null ? null : { at: film.at, driven: `${film.driven}`, asked: `${film.asked}` },
    };
  }

  load(saved: Json): void {
    // What was kept before films were compared with what was asked for has none.
    const {
      asked,
      bias,
      drift,
      fallOff,
      turning,
      since,
      driven,
      due = '0',
      film = null,
    } = fromJson<{
      asked: Rate;
      bias: Proportion;
      drift: { by: Proportion; every: Duration; next: Instant } | null;
      fallOff: { below: Volume; by: Proportion } | null;
      turning: Rate;
      since: Instant;
      driven: string;
      due?: string;
      film?: { at: Instant; driven: string; asked: string } | null;
    }>(saved);
    this.#asked = asked;
    this.#bias = bias;
    this.#drift = drift;
    this.#fallOff = fallOff;
    this.#turning = turning;
    this.#since = since;
    this.#driven = new Total(BigInt(driven));
    this.#due = new Total(BigInt(due));
    this.#film = film === null ? null : { at: film.at, driven: BigInt(film.driven), asked: BigInt(film.asked) };
  }
}
