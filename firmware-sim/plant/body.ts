import {
  type DrugName,
  fromJson,
  type Instant,
  type Json,
  type Level,
  level,
  type Mass,
  mass,
  type Rate,
  rate,
  Total,
  VOLUME_PER_ML,
  type Volume,
  volume,
} from '../../shared/index.ts';
import {
  type Catheter,
  isTubing,
  LINE_CELLS,
  type Split,
  splitOf,
  transfersBack,
  type Way,
  wayAlong,
} from './catheter.ts';
import { Compartments, type Inlet, type Transfer } from './compartments.ts';
import { BODY, numberOf, PHARMACOLOGY } from './pharmacology.ts';
import type { Solution } from './reservoir.ts';

/** Where a drug may be once it has left the reservoir: the cells of tubing and catheter come first. */
const PLACES = [
  'csf',
  'epidural',
  'depot',
  'blood',
  'usual',
  'reached',
  'cleared',
  'outside',
  'drawn',
  'forgotten',
] as const;
type Place = (typeof PLACES)[number];
const AT = Object.fromEntries(PLACES.map((place, i) => [place, LINE_CELLS + i])) as Readonly<Record<Place, number>>;
const COUNT = LINE_CELLS + PLACES.length;

const ML = Number(VOLUME_PER_ML);
const MS = { min: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const MILLION = 1_000_000n;

/** A share per ms from a half-life in hours. */
const halved = (hours: number): number => Math.LN2 / (hours * MS.h);

/** What becomes of a drug in the body, for each ms. */
function fate(drug: DrugName): readonly Transfer[] {
  const { volume, clearance } = PHARMACOLOGY[drug];
  const taken = halved(numberOf(BODY.epiduralHalfLife));
  const crossing = numberOf(BODY.epiduralToCsf) / 100;
  const adapting = 1 / (numberOf(BODY.adaptation) * MS.d);
  return [
    { from: AT.csf, to: AT.cleared, share: numberOf(clearance) / numberOf(volume) / MS.min },
    { from: AT.epidural, to: AT.csf, share: taken * crossing },
    { from: AT.epidural, to: AT.reached, share: taken * crossing, isCopy: true },
    { from: AT.epidural, to: AT.blood, share: taken * (1 - crossing) },
    { from: AT.depot, to: AT.blood, share: halved(numberOf(BODY.depotHalfLife)) },
    { from: AT.blood, to: AT.cleared, share: halved(numberOf(BODY.bloodHalfLife)) },
    { from: AT.csf, to: AT.usual, share: adapting, isCopy: true },
    { from: AT.usual, to: AT.forgotten, share: adapting },
  ];
}

/** What comes out of the tip into the CSF is counted as having reached the patient. */
const withReached = <Each extends Inlet | Transfer>(moves: readonly Each[]): Each[] => [
  ...moves,
  ...moves.flatMap((each): Each[] => (each.to === AT.csf ? [{ ...each, to: AT.reached, isCopy: true }] : [])),
];

/** A drug in the body at one instant. */
export interface DrugInBody {
  /** In the CSF, by the teaching model. */
  readonly csf: Level;
  /** What the patient has got used to. */
  readonly usual: Level;
  /** Everything that ever reached the CSF. */
  readonly reached: Mass;
  /** Under the skin: what leaked, or was injected beside the pump, and has not been taken up. */
  readonly pocket: Mass;
  readonly blood: Mass;
  /** In tubing and catheter. */
  readonly line: Mass;
}

const nearest = (amount: number): number => Math.floor(amount + 0.5);
const toMass = (amount: number): Mass => mass.of(nearest(amount));

/** Where fluid went that left the reservoir, or came out of a syringe: to the last unit; CSF that was drawn is less. */
export type Places = Readonly<Record<keyof Split, bigint>>;

/** A while in which nothing changed. */
interface Stretch {
  readonly flow: Rate;
  readonly fluid: Solution;
  /** In ms, and parts of one. */
  readonly time: number;
}

/** The drugs that have ever been there, in ng by compartment. */
type Drugs = ReadonlyMap<DrugName, readonly number[]>;
const NO_FLOW = rate.of(0);
const NOWHERE: Places = { patient: 0n, pocket: 0n, outside: 0n };

/** What happens to fluid and drug beyond the reservoir: tubing, catheter and the patient, who is never seen by the pump. */
export class Body {
  readonly #tubing: Volume;
  #catheter: Catheter;
  #since: Instant;
  #flow: Rate = NO_FLOW;
  #fluid: Solution = [];
  /** What of it was still there. */
  #left: Volume = volume.of(0);
  /** In millionths of a unit, as the shares of a flow are; and what has flowed since, and goes as the catheter is. */
  #places: Places = NOWHERE;
  #flowed = new Total();
  #drugs: Drugs = new Map();
  /** What has gone by since, and is worked out when somebody looks: most lives are lived unseen. */
  #waiting: Stretch[] = [];
  readonly #systems = new Map<string, Compartments>();

  constructor(now: Instant, tubing: Volume, catheter: Catheter) {
    this.#since = now;
    this.#tubing = tubing;
    this.#catheter = catheter;
  }

  get catheter(): Catheter {
    return this.#catheter;
  }

  /** From now on a fluid flows in from the pump, as long as any is left of so much. */
  flowOf(flow: Rate, fluid: Solution, left: Volume, now: Instant): void {
    this.#book(now);
    this.#flow = flow;
    this.#fluid = fluid;
    this.#left = left;
    // A drug that was never there is there from now on.
    if (fluid.some(({ name }) => !this.#drugs.has(name))) this.#each(fluid, (held) => held);
  }

  /** The catheter is another from now on, or something has happened to it. */
  change(by: Partial<Catheter>, now: Instant): void {
    this.#book(now);
    this.#setCatheter({ ...this.#catheter, ...by });
  }

  /** So much of a fluid comes in at once, from the pump or by hand at the access port. */
  push(amount: Volume, fluid: Solution, from: 'pump' | 'port', now: Instant): void {
    this.#book(now);
    this.#move(splitOf(this.#catheter), BigInt(amount));
    const { inlets, transfers } = this.#way(from);
    const system = new Compartments(COUNT, transfers, inlets);
    this.#each(fluid, (held, strength) => system.after(held, massIn(1, strength), amount));
  }

  #way(from: 'pump' | 'port'): Way {
    const { inlets, transfers } = wayAlong(this.#catheter, this.#tubing, from, AT);
    return { inlets: withReached(inlets), transfers: withReached(transfers) };
  }

  /** So much is drawn out at the access port; CSF follows. */
  draw(amount: Volume, now: Instant): void {
    this.#book(now);
    this.#move({ patient: -1_000_000, pocket: 0, outside: 0 }, BigInt(amount));
    this.#each([], (held, _, drug) => {
      const back = transfersBack(this.#catheter, { csf: AT.csf, drawn: AT.drawn, csfVolume: csfOf(drug) });
      return new Compartments(COUNT, back).after(held, 0, amount);
    });
  }

  /** CSF is withdrawn elsewhere than through the catheter; as much is made anew. */
  withdraw(amount: Volume, now: Instant): void {
    this.#book(now);
    this.#move({ patient: -1_000_000, pocket: 0, outside: 0 }, BigInt(amount));
    this.#each([], (held, _, drug) =>
      new Compartments(COUNT, [{ from: AT.csf, to: AT.drawn, share: 1 / csfOf(drug) }]).after(held, 0, amount),
    );
  }

  /** So much of a fluid is injected under the skin, beside the pump. */
  injectBeside(amount: Volume, fluid: Solution, now: Instant): void {
    this.#book(now);
    this.#move({ patient: 0, pocket: 1_000_000, outside: 0 }, BigInt(amount));
    this.#each(fluid, (held, strength) => held.map((ng, i) => (i === AT.depot ? ng + massIn(amount, strength) : ng)));
  }

  /** What was under the skin as fluid is drawn out again. */
  drawBeside(amount: Volume, now: Instant): void {
    this.#book(now);
    const there = this.placesAt(now).pocket;
    const share = there > 0n ? Math.min(1, Number(amount) / Number(there)) : 0;
    this.#move({ patient: 0, pocket: -1_000_000, outside: 0 }, BigInt(amount));
    this.#each([], (held) => {
      const gone = (held[AT.depot] ?? 0) * share;
      return held.map((ng, i) => (i === AT.depot ? ng - gone : i === AT.drawn ? ng + gone : ng));
    });
  }

  /** Another pump on the same catheter, with tubing of its own. */
  replacePump(now: Instant): void {
    this.#book(now);
    this.#flow = NO_FLOW;
    this.#fluid = [];
    this.#emptied(isTubing);
  }

  /** Another catheter, full of what holds no drug. */
  replaceCatheter(catheter: Catheter, now: Instant): void {
    this.#book(now);
    this.#setCatheter(catheter);
    this.#emptied((cell) => !isTubing(cell));
  }

  #setCatheter(catheter: Catheter): void {
    this.#settle();
    this.#move(splitOf(this.#catheter), this.#flowed.value);
    this.#flowed = new Total();
    this.#catheter = catheter;
    this.#systems.clear();
  }

  #emptied(which: (cell: number) => boolean): void {
    const isGone = (i: number) => i < LINE_CELLS && which(i);
    this.#each([], (held) => {
      const gone = held.reduce((sum, ng, i) => (isGone(i) ? sum + ng : sum), 0);
      return held.map((ng, i) => (isGone(i) ? 0 : i === AT.outside ? ng + gone : ng));
    });
  }

  placesAt(now: Instant): Places {
    return inUnits(this.#exactlyAt(now));
  }

  #exactlyAt(now: Instant): Places {
    const flowed = this.#flowed.value + BigInt(this.#flowedBy(now));
    return shared(this.#places, splitOf(this.#catheter), flowed);
  }

  /** Every drug that has ever been there, as it is at an instant. */
  drugsAt(now: Instant): ReadonlyMap<DrugName, DrugInBody> {
    return new Map([...this.#drugsAt(now)].map(([drug, held]) => [drug, inBody(drug, held)]));
  }

  /** The mass of a drug everywhere beyond the reservoir, in ng; what left the body, too. */
  totalAt(drug: DrugName, now: Instant): number {
    const counted = (i: number) => i !== AT.usual && i !== AT.reached && i !== AT.forgotten;
    return (this.#drugsAt(now).get(drug) ?? []).reduce((sum, ng, i) => (counted(i) ? sum + ng : sum), 0);
  }

  #drugsAt(now: Instant): Drugs {
    this.#settle();
    return this.#until(now).reduce((drugs, stretch) => this.#after(drugs, stretch), this.#drugs);
  }

  /** What has flowed in since it was last booked. */
  #flowedBy(now: Instant): number {
    return Math.min(this.#flow * (now - this.#since), this.#left);
  }

  /** What has gone by since it was last booked: it flows as long as there is any. */
  #until(now: Instant): readonly Stretch[] {
    const [flow, fluid, time] = [this.#flow, this.#fluid, now - this.#since];
    if (time === 0) return [];
    if (flow * time <= this.#left) return [{ flow, fluid, time }];
    const flowing = this.#left / flow;
    return [
      { flow, fluid, time: flowing },
      { flow: NO_FLOW, fluid, time: time - flowing },
    ];
  }

  /** Works out what nobody has asked about until now. */
  #settle(): void {
    for (const stretch of this.#waiting) this.#drugs = this.#after(this.#drugs, stretch);
    this.#waiting = [];
  }

  #after(drugs: Drugs, { flow, fluid, time }: Stretch): Drugs {
    const later = (drug: DrugName, held: readonly number[]) =>
      this.#system(drug, flow).after(held, massIn(flow, strengthIn(fluid, drug)), time);
    return new Map([...drugs].map(([drug, held]) => [drug, later(drug, held)]));
  }

  /** Everything that moves a drug at a flow. The few flows of a program come again and again. */
  #system(drug: DrugName, flow: Rate): Compartments {
    const key = `${drug} ${flow}`;
    const known = this.#systems.get(key);
    if (known !== undefined) return known;
    const { inlets, transfers } = this.#way('pump');
    const line = transfers.map((each) => ({ ...each, share: each.share * flow }));
    const system = new Compartments(COUNT, [...line, ...fate(drug)], inlets);
    if (this.#systems.size >= MOST_KEPT) this.#systems.clear();
    this.#systems.set(key, system);
    return system;
  }

  #book(now: Instant): void {
    if (now === this.#since) return;
    const flowed = this.#flowedBy(now);
    this.#flowed.add(flowed);
    if (this.#waiting.length >= MOST_WAITING) this.#settle();
    this.#waiting.push(...this.#until(now));
    this.#left = volume.of(this.#left - flowed);
    this.#since = now;
  }

  #move(split: Split, amount: bigint): void {
    this.#places = shared(this.#places, split, amount);
  }

  /** Each drug that is there or comes with a fluid. */
  #each(
    fluid: Solution,
    become: (held: readonly number[], strength: number, drug: DrugName) => readonly number[],
  ): void {
    this.#settle();
    const names = new Set([...this.#drugs.keys(), ...fluid.map(({ name }) => name)]);
    this.#drugs = new Map(
      [...names].map((drug) => [drug, become(this.#drugs.get(drug) ?? NONE, strengthIn(fluid, drug), drug)]),
    );
  }

  save(): Json {
    this.#settle();
    return {
      since: this.#since,
      flow: this.#flow,
      left: this.#left,
      fluid: this.#fluid.map((drug) => ({ ...drug })),
      catheter: { ...this.#catheter, leak: this.#catheter.leak === null ? null : { ...this.#catheter.leak } },
      places: Object.fromEntries(
        Object.entries(this.#exactlyAt(this.#since)).map(([place, volume]) => [place, `${volume}`]),
      ),
      drugs: [...this.#drugs].map(([drug, held]) => [drug, [...held]]),
    };
  }

  load(json: Json): void {
    const saved = fromJson<{
      since: Instant;
      flow: Rate;
      left: Volume;
      fluid: Solution;
      catheter: Catheter;
      places: Readonly<Record<keyof Split, string>>;
      drugs: readonly (readonly [DrugName, readonly number[]])[];
    }>(json);
    const { patient, pocket, outside } = saved.places;
    this.#waiting = [];
    this.#since = saved.since;
    this.#flow = saved.flow;
    this.#left = saved.left;
    this.#fluid = saved.fluid;
    this.#setCatheter(saved.catheter);
    this.#places = { patient: BigInt(patient), pocket: BigInt(pocket), outside: BigInt(outside) };
    this.#drugs = new Map(saved.drugs);
  }
}

/** Beyond this it is worked out, seen or not: it would fill the memory. */
const MOST_WAITING = 2 ** 20;
/** How many systems are kept worked out. */
const MOST_KEPT = 64;

const NONE: readonly number[] = new Array<number>(COUNT).fill(0);

const strengthIn = (fluid: Solution, drug: DrugName): number =>
  fluid.find(({ name }) => name === drug)?.concentration ?? 0;

/** The mass in a volume, in ng. */
const massIn = (amount: number, strength: number): number => (amount / ML) * strength;

const csfOf = (drug: DrugName): number => numberOf(PHARMACOLOGY[drug].volume) * ML;

const shared = (places: Places, split: Split, amount: bigint): Places => ({
  patient: places.patient + amount * BigInt(split.patient),
  pocket: places.pocket + amount * BigInt(split.pocket),
  outside: places.outside + amount * BigInt(split.outside),
});

/** What a share leaves over is counted in the patient: nothing is lost to rounding, however often somebody looks. */
function inUnits({ patient, pocket, outside }: Places): Places {
  const [beside, out] = [pocket / MILLION, outside / MILLION];
  return { patient: (patient + pocket + outside) / MILLION - beside - out, pocket: beside, outside: out };
}

function inBody(drug: DrugName, held: readonly number[]): DrugInBody {
  const ng = (place: Place) => held[AT[place]] ?? 0;
  const asLevel = (amount: number) => level.of(nearest((amount / numberOf(PHARMACOLOGY[drug].volume)) * 1000));
  return {
    csf: asLevel(ng('csf')),
    usual: asLevel(ng('usual')),
    reached: toMass(ng('reached')),
    pocket: toMass(ng('depot')),
    blood: toMass(ng('blood')),
    line: toMass(held.slice(0, LINE_CELLS).reduce((sum, amount) => sum + amount, 0)),
  };
}
