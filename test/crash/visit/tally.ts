/** How many cases something came to pass in. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(happened: Iterable<string>, cases = 1): void {
    for (const what of happened) this.#counts.set(what, (this.#counts.get(what) ?? 0) + cases);
  }

  count(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  /** "3 an update interrupted, 1 the time lost". */
  get text(): string {
    const sorted = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([what, count]) => `${what} ${count}`).join(', ');
  }
}
