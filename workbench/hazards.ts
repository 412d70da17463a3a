import type { Solution } from '../firmware-sim/index.ts';
import { SHIPPED_LIBRARY } from '../programmer/index.ts';
import {
  type Duration,
  digestOf,
  earliest,
  fromJson,
  type Instant,
  instant,
  type Json,
  type Party,
  type Proportion,
  RANK,
} from '../shared/index.ts';
import type { WorldAct } from './act.ts';

/** A fault that comes, within a span of time, to a share of all pumps, evenly spread, and goes on coming to the others at that pace. */
export interface Hazard {
  readonly act: WorldAct;
  /** Of pumps that hold an approved drug, and of those that hold another or a mixture. */
  readonly share: Proportion;
  readonly unapproved: Proportion;
  readonly within: Duration;
}

/** How far a hazard has come towards the pump it was drawn for. */
interface Running {
  /** Parts per million times ms: it comes when they are as many as were drawn. */
  readonly drawn: bigint;
  readonly passed: bigint;
  /** When it came; null: not yet. */
  readonly came: Instant | null;
}

/** What has become of a hazard. */
export interface Struck {
  readonly hazard: Hazard;
  /** When it came to this pump; null where it has not. */
  readonly at: Instant | null;
}

const WORDS = 2n ** 32n;
const MILLION = 1_000_000n;

/** What a seed draws for the hazard of a place, from 0 to 2^32 - 1: seeds that lie side by side draw nothing alike. */
const drawnFor = (seed: number, place: number): bigint => BigInt(`0x${digestOf(['hazard', seed, place]).slice(0, 8)}`);

/** Whether a pump may hold it: one drug that is approved for it, or none. */
const isApproved = (solution: Solution | null): boolean =>
  solution === null ||
  solution.length === 0 ||
  (solution.length === 1 && solution.every(({ name }) => SHIPPED_LIBRARY.drugs[name]?.approved.value === 'on-label'));

/** Faults by chance: when each comes follows from the seed, and from what the reservoir has held until then. */
export class Hazards implements Party {
  readonly name = 'hazards';
  readonly rank = RANK.plant;
  readonly #hazards: readonly Hazard[];
  readonly #perform: (act: WorldAct) => void;
  #running: readonly Running[];
  #since: Instant = instant(0);
  #approved = true;

  constructor(hazards: readonly Hazard[], seed: number, perform: (act: WorldAct) => void) {
    this.#hazards = hazards;
    this.#perform = perform;
    this.#running = hazards.map(({ within }, i) => ({
      drawn: (drawnFor(seed, i) * MILLION * BigInt(within)) / WORDS,
      passed: 0n,
      came: null,
    }));
  }

  /** Each of them, in order, and whether it has come. */
  get struck(): readonly Struck[] {
    return this.#hazards.map((hazard, i) => ({ hazard, at: this.#running[i]?.came ?? null }));
  }

  /** The reservoir holds something from now on. */
  holds(solution: Solution | null, now: Instant): void {
    this.#running = this.#running.map((each, i) => ({ ...each, passed: this.#passedAt(i, now) }));
    this.#since = now;
    this.#approved = isApproved(solution);
  }

  #passedAt(i: number, now: Instant): bigint {
    return (this.#running[i]?.passed ?? 0n) + BigInt(this.#shareOf(i)) * BigInt(now - this.#since);
  }

  #shareOf(i: number): number {
    const hazard = this.#hazards[i];
    return (this.#approved ? hazard?.share : hazard?.unapproved) ?? 0;
  }

  due(): Instant | undefined {
    return earliest(this.#hazards.map((_, i) => this.#dueOf(i)));
  }

  #dueOf(i: number): Instant | undefined {
    const [running, share] = [this.#running[i], BigInt(this.#shareOf(i))];
    if (running === undefined || running.came !== null || share === 0n) return undefined;
    const left = running.drawn - running.passed;
    const wait = left > 0n ? (left + share - 1n) / share : 0n;
    return instant(this.#since + Number(wait));
  }

  wake(now: Instant): void {
    const index = this.#hazards.findIndex((_, i) => (this.#dueOf(i) ?? now + 1) <= now);
    const hazard = this.#hazards[index];
    if (hazard === undefined) return;
    this.#running = this.#running.map((each, i) => (i === index ? { ...each, came: now } : each));
    this.#perform(hazard.act);
  }

  save(): Json {
    return {
      running: this.#running.map(({ drawn, passed, came }) => ({ drawn: `${drawn}`, passed: `${passed}`, came })),
      since: this.#since,
      approved: this.#approved,
    };
  }

  load(saved: Json): void {
    const { running, since, approved } = fromJson<{
      running: readonly { drawn: string; passed: string; came: Instant | null }[];
      since: Instant;
      approved: boolean;
    }>(saved);
    this.#running = running.map((each) => ({ ...each, drawn: BigInt(each.drawn), passed: BigInt(each.passed) }));
    this.#since = since;
    this.#approved = approved;
  }
}
