import type { Json } from './json.ts';
import { type Instant, instant } from './units/index.ts';

/** Who goes first at one instant: faults, then the pump's own deadlines, frames, and last people. */
export const RANK = { plant: 0, pump: 1, link: 2, programmer: 3, handset: 4, habits: 5 } as const;

/** Something that lives in time. What it does next follows from its state, so nothing is queued or cancelled. */
export interface Party {
  readonly name: string;
  readonly rank: number;
  /** When it next has something to do. Derived from state, never stored. */
  due(): Instant | undefined;
  /** Does what is due at `now`, one thing a call. */
  wake(now: Instant): void;
  /** All of its state, as JSON; `load` of it, at any instant, changes nothing afterwards. */
  save(): Json;
  load(state: Json): void;
}

/** What parts are given to know the time. */
export interface Clock {
  readonly now: Instant;
}

/** Parties that keep waking each other at one instant would never let time go on. */
const MOST_WAKES_AT_ONE_INSTANT = 100_000;

/** Virtual time: jumps to the earliest deadline, wakes its party, and is exactly there while it is handled. */
export class Timeline implements Clock {
  #now: Instant;
  readonly #parties: Party[] = [];
  /** The earliest deadline, as it was last looked for. */
  #earliest: Instant = instant(0);

  constructor(start: Instant = instant(0)) {
    this.#now = start;
  }

  get now(): Instant {
    return this.#now;
  }

  /** Parties of one rank are woken in the order they joined. */
  join(party: Party): void {
    this.#parties.push(party);
    this.#parties.sort((a, b) => a.rank - b.rank);
  }

  /** The earliest deadline and whose it is. */
  next(): { at: Instant; party: Party } | undefined {
    const party = this.#first();
    return party === undefined ? undefined : { at: this.#earliest, party };
  }

  /** Whose deadline is the earliest, which is then noted; undefined where there is none. */
  #first(): Party | undefined {
    let first: Party | undefined;
    for (const party of this.#parties) {
      const at = party.due();
      if (at === undefined) continue;
      if (at < this.#now) throw new Error(`${party.name} is due at ${at}, before now (${this.#now})`);
      if (first !== undefined && at >= this.#earliest) continue;
      first = party;
      this.#earliest = at;
    }
    return first;
  }

  /** Handles the earliest deadline before `limit`, or at it by a party below `rank`. False if there is none. */
  step(limit: Instant, rank = Number.POSITIVE_INFINITY): boolean {
    const party = this.#first();
    const at = this.#earliest;
    if (party === undefined || at > limit || (at === limit && party.rank >= rank)) return false;
    this.#now = at;
    party.wake(at);
    return true;
  }

  /**
   * Everything due before `to`, and at `to` what is due for parties below `rank`; then it is `to`. Throws
   * RangeError where `to` has passed.
   */
  advanceTo(to: Instant, rank = Number.POSITIVE_INFINITY): void {
    if (to < this.#now) throw new RangeError(`time cannot go back from ${this.#now} to ${to}`);
    let last = this.#now;
    for (let wakes = 0; this.step(to, rank); wakes++) {
      if (this.#now !== last) [wakes, last] = [0, this.#now];
      if (wakes > MOST_WAKES_AT_ONE_INSTANT) throw new Error(`time stands still at ${this.#now}`);
    }
    this.#now = to;
  }

  save(): Json {
    return { now: this.#now, parties: Object.fromEntries(this.#parties.map((p) => [p.name, p.save()])) };
  }

  load(state: { now: number; parties: Record<string, Json> }): void {
    this.#now = instant(state.now);
    for (const party of this.#parties) party.load(state.parties[party.name] ?? null);
  }
}
