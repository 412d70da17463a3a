const MILLION = 1_000_000n;
const most = (a: bigint, b: bigint) => (a > b ? a : b);
const least = (a: bigint, b: bigint) => (a < b ? a : b);
const off = (amount: bigint, by: bigint) => most(0n, (amount * (MILLION + by)) / MILLION);

/** Something that comes and goes from an instant on. */
export interface Again {
  readonly lasts: number;
  readonly every: number;
}

/** The same physics again, in the plainest way: one stretch of flow after the other. */
export class Model {
  readonly #capacity: bigint;
  volume = 0n;
  injected = 0n;
  aspirated = 0n;
  delivered = 0n;
  now = 0;
  asked = 0n;
  bias = 0n;
  drift: { readonly by: bigint; readonly every: number; next: number } | null = null;
  fallOff = { below: -1n, by: 0n };
  stalls: (Again & { readonly from: number }) | null = null;
  inScanner = false;
  /** What is beyond the reservoir, and how much of it not in the patient, in millionths. */
  beyond = 0n;
  pocket = 0n;
  outside = 0n;
  leak: { readonly share: bigint; readonly isHalfWay: boolean; readonly again: Again | null; from: number } | null =
    null;
  isOut = false;
  isConnected = true;
  readonly ranDry: number[] = [];

  constructor(capacity: bigint) {
    this.#capacity = capacity;
  }

  #isOn(again: (Again & { readonly from: number }) | null): boolean {
    return again !== null && (this.now - again.from) % again.every < again.lasts;
  }

  get flow(): bigint {
    if (this.inScanner || this.#isOn(this.stalls)) return 0n;
    const moved = off(this.asked, this.bias);
    return this.volume <= this.fallOff.below ? off(moved, this.fallOff.by) : moved;
  }

  get #leaks(): boolean {
    const { leak } = this;
    return leak !== null && (leak.again === null || this.#isOn({ ...leak.again, from: leak.from }));
  }

  /** Whether nothing comes back at the port. */
  get isOff(): boolean {
    const isAtConnector = this.leak?.isHalfWay === false && this.leak.share === MILLION;
    return this.isOut || !this.isConnected || (this.#leaks && isAtConnector);
  }

  get places(): { readonly patient: bigint; readonly pocket: bigint; readonly outside: bigint } {
    const [pocket, outside] = [this.pocket / MILLION, this.outside / MILLION];
    return { patient: this.beyond - pocket - outside, pocket, outside };
  }

  advance(ms: number): void {
    const end = this.now + ms;
    while (this.now < end) {
      this.#flows(Math.min(end, ...this.#changes()) - this.now);
      if (this.drift?.next === this.now) {
        this.bias += this.drift.by;
        this.drift.next += this.drift.every;
      }
    }
  }

  /** When something changes next that is no act. */
  #changes(): number[] {
    const turns = [this.stalls, this.leak?.again ? { ...this.leak.again, from: this.leak.from } : null];
    const changes = turns.flatMap((again) => {
      if (again === null) return [];
      const began = this.now - ((this.now - again.from) % again.every);
      return [began + again.lasts, began + again.every].filter((at) => at > this.now);
    });
    if (this.drift !== null) changes.push(this.drift.next);
    const above = this.volume - this.fallOff.below;
    if (this.fallOff.below >= 0n && above > 0n && this.flow > 0n) changes.push(this.now + this.#takes(above));
    return changes;
  }

  /** In how many ms so much has flowed, or more. */
  #takes(amount: bigint): number {
    return Number((amount + this.flow - 1n) / this.flow);
  }

  #flows(ms: number): void {
    const wanted = this.flow * BigInt(ms);
    if (this.volume > 0n && wanted >= this.volume) this.ranDry.push(this.now + this.#takes(this.volume));
    const out = least(wanted, this.volume);
    this.volume -= out;
    this.delivered += out;
    this.arrives(out);
    this.now += ms;
  }

  /** So much comes in at the pump, or at the port on it. */
  arrives(amount: bigint): void {
    this.beyond += amount;
    if (!this.isConnected) this.outside += amount * MILLION;
    else if (this.isOut) this.pocket += amount * MILLION;
    else if (this.#leaks) this.pocket += amount * (this.leak?.share ?? 0n);
  }

  /** So much is put under the skin, or drawn up there. */
  underSkin(amount: bigint): void {
    this.beyond += amount;
    this.pocket += amount * MILLION;
  }

  inject(amount: bigint): boolean {
    if (this.volume + amount > this.#capacity) return false;
    this.volume += amount;
    this.injected += amount;
    return true;
  }

  rinse(amount: bigint, times: bigint): boolean {
    if (this.volume > 0n || amount > this.#capacity) return false;
    this.injected += amount * times;
    this.aspirated += amount * times;
    return true;
  }

  /** What is new about another pump; time, the catheter and the patient, and what was told go on. */
  replace(): void {
    this.volume = this.injected = this.aspirated = this.delivered = this.asked = this.bias = 0n;
    this.drift = null;
    this.stalls = null;
    this.fallOff = { below: -1n, by: 0n };
  }

  aspirate(amount: bigint): bigint {
    const came = least(amount, this.volume);
    this.volume -= came;
    this.aspirated += came;
    return came;
  }
}
