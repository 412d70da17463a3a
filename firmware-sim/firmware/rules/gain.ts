import { firstAbove, Masses, type ToCome } from './masses.ts';

/** What a bolus adds to what flows anyway: its own flow, less that of the basal it replaces. Masses are exact. */
export class Gain {
  readonly #flow: bigint;
  readonly #replaced: Masses | undefined;
  /** What it adds in a millisecond at the least. */
  readonly #least: bigint;

  constructor(flow: bigint, flows: readonly ToCome[]) {
    this.#flow = flow;
    const most = flows.reduce((most, { basal }) => (basal > most ? basal : most), 0n);
    this.#least = flow - most;
    // Where it replaces nothing a division tells what else is searched for.
    if (most > 0n) this.#replaced = new Masses(flows.map(({ from, basal }) => ({ from, flow: basal })));
  }

  between(from: number, to: number): bigint {
    return to <= from ? 0n : this.#flow * BigInt(to - from) - (this.#replaced?.between(from, to) ?? 0n);
  }

  /** Whether it adds more than that in a time, wherever it begins. */
  exceeds(room: bigint, duration: number): boolean {
    return this.#least * BigInt(duration) > room;
  }

  /** For how long, at most, it adds no more than `room` from `from` on, up to `most`. */
  lasts(from: number, room: bigint, most: number): number {
    if (this.#replaced === undefined) return this.#timeFor(room);
    return firstAbove(most, (by) => this.between(from, from + by + 1) > room);
  }

  /** How late it must begin, from `from` on, to add no more than `room` up to `end`. */
  begins(from: number, end: number, room: bigint): number {
    if (this.#replaced === undefined) return end - this.#timeFor(room);
    return from + firstAbove(end - from, (by) => this.between(from + by, end) <= room);
  }

  #timeFor(room: bigint): number {
    return room > 0n && this.#flow > 0n ? Number(room / this.#flow) : 0;
  }
}
