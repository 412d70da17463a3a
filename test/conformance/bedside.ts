import type { Json } from '../../shared/index.ts';
import { at, isList, listAt, numberAt, textAt, type Wanted, wantedOf } from './json.ts';

const MILLION = 1_000_000n;

/** A value that is off by so many parts per million, rounded down; never below 0. */
function off(value: bigint, by: number): bigint {
  const exact = (value * (MILLION + BigInt(by))) / MILLION;
  return exact > 0n ? exact : 0n;
}

/** What is physically so: a reservoir, what flows out of it, and the hands that fill it. Times are simulated time. */
export class Bedside {
  readonly #say: (kind: string, data: Wanted) => void;
  #now: number;
  #rate = 0;
  #flowBias = 0;
  #syringeError = 0;
  readonly #conditions = new Set<string>();
  #reservoir = 0n;
  #solution: Json = null;
  #injected = 0n;
  #aspirated = 0n;
  #delivered = 0n;
  #dry = true;
  /** Drug ever delivered, by name, in volume units times ng/mL. */
  readonly masses = new Map<string, bigint>();

  /** A pump put in the place of one at the `old` bedside finds the same syringes. */
  constructor(now: number, say: (kind: string, data: Wanted) => void, old?: Bedside) {
    [this.#now, this.#say] = [now, say];
    this.#syringeError = old === undefined ? 0 : old.#syringeError;
  }

  /** What flows while `rate` is commanded and there is something to flow. */
  flowOf(rate: number): number {
    if (this.#conditions.has('stall') || this.#conditions.has('occlusion')) return 0;
    const driven = off(BigInt(rate), this.#flowBias);
    const more = this.#conditions.has('overFlow') ? 2n * driven : driven;
    return Number(this.#conditions.has('underFlow') ? more / 2n : more);
  }

  ledger(): Wanted {
    return {
      reservoir: Number(this.#reservoir),
      injected: `${this.#injected}`,
      aspirated: `${this.#aspirated}`,
      delivered: `${this.#delivered}`,
    };
  }

  advanceTo(to: number): void {
    const flow = BigInt(this.flowOf(this.#rate));
    const wanted = flow * BigInt(to - this.#now);
    this.#now = to;
    const left = this.#reservoir - wanted;
    this.#flowOut(left < 0n ? this.#reservoir : wanted);
    if (!this.#dry && this.#reservoir === 0n && flow > 0n) {
      this.#dry = true;
      this.#say('ranDry', { ledger: this.ledger() });
    }
  }

  /** When the reservoir runs dry at this rate; undefined where it does not. */
  due(): number | undefined {
    const flow = BigInt(this.flowOf(this.#rate));
    if (this.#dry || flow === 0n) return undefined;
    return this.#now + Number((this.#reservoir + flow - 1n) / flow);
  }

  #flowOut(amount: bigint): void {
    this.#reservoir -= amount;
    this.#delivered += amount;
    for (const drug of isList(this.#solution) ? this.#solution : []) {
      const name = textAt(drug, 'name');
      const mass = amount * BigInt(numberAt(drug, 'concentration'));
      this.masses.set(name, (this.masses.get(name) ?? 0n) + mass);
    }
  }

  command(rate: number, now: number): void {
    this.advanceTo(now);
    this.#rate = rate;
  }

  /** The motor turns as far as its stroke goes, at once. */
  completeStroke(rest: bigint, now: number): void {
    this.advanceTo(now);
    const driven = BigInt(this.flowOf(Number(rest)));
    const volume = driven < this.#reservoir ? driven : this.#reservoir;
    this.#flowOut(volume);
    if (this.#reservoir === 0n) this.#dry = true;
    this.#say('stroke', { volume: Number(volume), ledger: this.ledger() });
  }

  fault(type: string, by: number): void {
    if (type === 'flowBias') this.#flowBias = by;
    if (type === 'syringeError') this.#syringeError = by;
  }

  /** Something gets in the way of the fluid, or is gone. */
  conditionIs(code: string, so: boolean): void {
    if (so) this.#conditions.add(code);
    else this.#conditions.delete(code);
  }

  hands(act: Json): void {
    const type = textAt(act, 'type');
    if (type === 'inject') this.#inject(act);
    else if (type === 'drain') this.#aspirate(this.#reservoir);
    else if (type === 'aspirate') this.#aspirate(BigInt(numberAt(act, 'volume')));
    else if (type === 'rinse') {
      for (let i = 0; i < numberAt(act, 'times'); i++) {
        this.#inject(act);
        this.#aspirate(this.#reservoir);
      }
    }
  }

  /** Whether what would be injected is another fluid than the one that is there. */
  wouldMix(act: Json): boolean {
    const solution = at(act, 'solution');
    if (textAt(act, 'type') !== 'inject' || !isList(solution) || this.#reservoir === 0n) return false;
    const said = (list: Json) =>
      listAt({ list }, 'list').map((drug) => `${textAt(drug, 'name')} ${numberAt(drug, 'concentration')}`);
    return (
      said(solution).sort().join() !==
      said(this.#solution ?? [])
        .sort()
        .join()
    );
  }

  #inject(act: Json): void {
    const volume = BigInt(numberAt(act, 'volume'));
    const solution = at(act, 'solution');
    if (isList(solution)) this.#solution = solution;
    this.#reservoir += volume;
    this.#injected += volume;
    if (this.#reservoir > 0n) this.#dry = false;
    this.#say('injected', { volume: Number(volume), solution: wantedOf(this.#solution), ledger: this.ledger() });
  }

  #aspirate(asked: bigint): void {
    const volume = asked < this.#reservoir ? asked : this.#reservoir;
    this.#reservoir -= volume;
    this.#aspirated += volume;
    // What hands took out did not run dry.
    if (this.#reservoir === 0n) this.#dry = true;
    const reading = Number(off(volume, this.#syringeError));
    this.#say('aspirated', { volume: Number(volume), reading, ledger: this.ledger() });
  }
}
