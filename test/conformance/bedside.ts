import type { Json } from '../../shared/index.ts';
import { at, isList, listAt, numberAt, textAt, type Wanted, wantedOf } from './json.ts';

const MILLION = 1_000_000n;

/** A value that is off by so many parts per million, rounded down; never below 0. */
function off(value: bigint, by: number): bigint {
  const exact = (value * (MILLION + BigInt(by))) / MILLION;
  return exact > 0n ? exact : 0n;
}

/** A drug in a fluid, and its ng/mL. */
type Fluid = readonly [name: string, strength: number];

const drugsIn = (list: Json): Fluid[] =>
  listAt({ list }, 'list').map((drug) => [textAt(drug, 'name'), numberAt(drug, 'concentration')]);

const said = (drugs: readonly Fluid[]): string =>
  drugs
    .map(([name, strength]) => `${name} ${strength}`)
    .sort()
    .join();

const strengthOf = (drugs: readonly Fluid[], wanted: string): bigint =>
  BigInt(drugs.find(([name]) => name === wanted)?.[1] ?? 0);

/** A ratio to the nearest whole number, halves up. */
const nearest = (over: bigint, under: bigint): number => Number((2n * over + under) / (2n * under));

/** Every drug of two fluids by its mass in both, the first named first; what comes to nothing is not there. */
function mixture(one: readonly Fluid[], volume: bigint, other: readonly Fluid[], there: bigint): Fluid[] {
  return rinse(other, there, one, volume, 1, one);
}

/** What is left of `was` in the residual, and how much of `comes`, after so many fills that were emptied again. */
function rinse(
  was: readonly Fluid[],
  residual: bigint,
  comes: readonly Fluid[],
  volume: bigint,
  times: number,
  first: readonly Fluid[] = was,
): Fluid[] {
  const all = residual + volume;
  if (all === 0n) return [];
  const names = [...new Set([...first, ...was, ...comes].map(([name]) => name))];
  const stays = residual ** BigInt(times);
  const of = all ** BigInt(times);
  return names.flatMap((name): Fluid[] => {
    const mass = strengthOf(was, name) * stays + strengthOf(comes, name) * (of - stays);
    const strength = nearest(mass, of);
    return strength === 0 ? [] : [[name, strength]];
  });
}

/** What is physically so: a reservoir, what flows out of it, and the hands that fill it. Times are simulated time. */
export class Bedside {
  readonly #say: (kind: string, data: Wanted) => void;
  #now: number;
  #rate = 0;
  #flowBias = 0;
  #syringeError = 0;
  /** Whether the valve against free flow has shut. */
  #shut = false;
  #gauge = { gain: 0, offset: 0 };
  readonly #conditions = new Set<string>();
  #reservoir = 0n;
  readonly #residual: bigint;
  /** Never filled: its residual is of water. */
  #isNew = true;
  #drugs: readonly Fluid[] = [];
  /** What was put in last, before it mixed. */
  #comes: readonly Fluid[] = [];
  #injected = 0n;
  #aspirated = 0n;
  #delivered = 0n;
  #dry = true;
  /** Drug ever delivered, by name, in volume units times ng/mL. */
  readonly masses = new Map<string, bigint>();

  /** A pump put in the place of one at the `old` bedside finds the same syringes. */
  constructor(now: number, residual: bigint, say: (kind: string, data: Wanted) => void, old?: Bedside) {
    this.#residual = residual;
    [this.#now, this.#say] = [now, say];
    this.#syringeError = old === undefined ? 0 : old.#syringeError;
  }

  /** What flows while `rate` is commanded and there is something to flow. */
  flowOf(rate: number): number {
    if (this.#shut) return 0;
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
    for (const [name, strength] of this.#drugs)
      this.masses.set(name, (this.masses.get(name) ?? 0n) + amount * BigInt(strength));
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

  /** Both valves are held open by a field: what is there is driven out, or shuts the third valve after 10 mcL. */
  valvesOpen(valve: string): void {
    const isShutting = valve === 'flowActivated' && this.#reservoir > 0n;
    const most = isShutting ? 864_000_000_000n : this.#reservoir;
    const all = most < this.#reservoir ? most : this.#reservoir;
    const volume = this.#shut || valve === 'notNeeded' ? 0n : all;
    this.#flowOut(volume);
    if (this.#reservoir === 0n) this.#dry = true;
    this.#shut ||= isShutting;
    this.#say('discharged', { volume: Number(volume), ledger: this.ledger() });
  }

  /** The fill sensor is off by a share of what is there, and by a volume. */
  misread(gain: number, offset: number): void {
    this.#gauge = { gain, offset };
  }

  /** What the fill sensor of a reservoir that holds so much shows. */
  level(capacity: number): number {
    const shown = Number(off(this.#reservoir, this.#gauge.gain)) + this.#gauge.offset;
    const level = shown < 0 ? 0 : Math.min(shown, capacity);
    this.#say('gauge', { level });
    return level;
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
    if (type === 'resetValve') this.#shut = false;
    else if (type === 'inject') this.#inject(act);
    else if (type === 'drain') this.#aspirate(this.#reservoir);
    else if (type === 'aspirate') this.#aspirate(BigInt(numberAt(act, 'volume')));
    else if (type === 'prepare') {
      const given = at(act, 'solution') ?? null;
      this.#drugs = drugsIn(given);
      this.#comes = this.#drugs;
      this.#isNew = false;
      this.#say('prepared', { solution: wantedOf(given), ledger: this.ledger() });
    } else if (type === 'rinse') {
      const was = this.#drugs;
      const comes = drugsIn(at(act, 'solution') ?? null);
      for (let i = 1; i <= numberAt(act, 'times'); i++) {
        this.#inject(act, rinse(was, this.#residual, comes, BigInt(numberAt(act, 'volume')), i));
        this.#aspirate(this.#reservoir);
      }
    }
  }

  /** `holds`, where it is known already, is what the reservoir becomes; else what is there and what comes, mixed. */
  #inject(act: Json, holds?: readonly Fluid[]): void {
    const volume = BigInt(numberAt(act, 'volume'));
    const given = at(act, 'solution') ?? null;
    const comes = isList(given) ? drugsIn(given) : this.#comes;
    this.#comes = comes;
    const was = this.#drugs;
    const becomes = holds ?? mixture(comes, volume, was, this.#residual + this.#reservoir);
    const isSame = !this.#isNew && said(becomes) === said(was);
    if (!isSame) this.#drugs = becomes;
    this.#isNew = false;
    this.#reservoir += volume;
    this.#injected += volume;
    if (this.#reservoir > 0n) this.#dry = false;
    const told = (drugs: readonly Fluid[]) => drugs.map(([name, strength]) => ({ name, concentration: strength }));
    this.#say('injected', {
      volume: Number(volume),
      solution: isList(given) ? wantedOf(given) : told(comes),
      holds: told(becomes),
      ledger: this.ledger(),
    });
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
