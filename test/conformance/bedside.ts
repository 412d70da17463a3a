import type { DeviceProfile, Json } from '../../shared/index.ts';
import { Beyond } from './beyond.ts';
import { drugsIn, type Fluid, mixture, off, rinse, said, told } from './fluids.ts';
import { at, flagAt, isFields, isList, numberAt, textAt, type Wanted, wantedOf } from './json.ts';
import { Motor, type Stance } from './motor.ts';
import { reasonAgainst } from './refusals.ts';
import { firstOf } from './rhythm.ts';

/** What is told of what happens: by the plant, and by hands that found something. */
export interface Telling {
  plant(kind: string, data: Wanted): void;
  found(data: Wanted): void;
  /** Whether the pump alarms. */
  alarms(): boolean;
}

/** A rotor pump turns once for 120 mcL. */
const PER_TURN = 120_000n * 86_400_000n;

/** What is physically so: a reservoir, what flows out of it, and the hands that fill it. Times are simulated time. */
export class Bedside {
  readonly #device: DeviceProfile;
  readonly #say: Telling;
  readonly motor = new Motor();
  readonly beyond: Beyond;
  #now: number;
  #rate = 0;
  /** How the rotor stood earlier at this instant, where that was told. */
  #stances: Stance[] = [];
  #syringeError = 0;
  isFlipped = false;
  inScanner = false;
  #gauge = { gain: 0, offset: 0 };
  #reservoir = 0n;
  readonly #residual: bigint;
  /** Never filled: its residual is of water. */
  isNew = true;
  #drugs: readonly Fluid[] = [];
  /** What was put in last, before it mixed. */
  #comes: readonly Fluid[] | null = null;
  #injected = 0n;
  #aspirated = 0n;
  #delivered = 0n;
  #dry = true;
  /** How far the rotor has turned, and had at the last film. */
  #turned = 0n;
  #asked = 0n;
  #filmed: { readonly at: number; readonly turned: bigint; readonly asked: bigint } | null = null;
  /** Drug ever delivered, by name, in volume units times ng/mL. */
  readonly masses = new Map<string, bigint>();

  /** A pump put in the place of one at the `old` bedside finds the same patient, catheter and syringes. */
  constructor(now: number, device: DeviceProfile, say: Telling, old?: Bedside) {
    [this.#device, this.#residual] = [device, BigInt(device.residualVolume)];
    [this.#now, this.#say] = [now, say];
    this.#syringeError = old === undefined ? 0 : old.#syringeError;
    this.beyond = old?.beyond ?? new Beyond();
    this.inScanner = old?.inScanner ?? false;
    if (this.inScanner && this.#hasRotor) this.motor.field(true, now, false);
  }

  get reservoir(): bigint {
    return this.#reservoir;
  }

  get capacity(): number {
    return this.#device.reservoirCapacity;
  }

  /** Whether a fluid is known that would be injected if nobody said which. */
  get isFluidKnown(): boolean {
    return this.#comes !== null;
  }

  get now(): number {
    return this.#now;
  }

  get isStuck(): boolean {
    return this.motor.stance(this.#now).stuck;
  }

  get #hasRotor(): boolean {
    return this.#device.safetyValve === 'notNeeded';
  }

  #moves(amount: bigint): bigint {
    return this.motor.moves(amount, this.#reservoir, this.motor.stance(this.#now));
  }

  /** What flows while `rate` is commanded and there is something to flow. */
  #flowOf(rate: number): bigint {
    return this.motor.through(this.#moves(BigInt(rate)));
  }

  /** What flow is to be told, where `got` is: all that happens at one instant happens one after the other. */
  flowTold(rate: number, got: Json | undefined): number {
    for (let stance = this.#stances[0]; stance !== undefined; stance = this.#stances[0]) {
      const flow = Number(this.motor.through(this.motor.moves(BigInt(rate), this.#reservoir, stance)));
      if (flow === got) return flow;
      this.#stances.shift();
    }
    return Number(this.#flowOf(rate));
  }

  ledger(): Wanted {
    return {
      reservoir: Number(this.#reservoir),
      injected: `${this.#injected}`,
      aspirated: `${this.#aspirated}`,
      delivered: `${this.#delivered}`,
      ...this.beyond.ledger(),
    };
  }

  #tell(kind: string, data: { readonly [key: string]: Wanted } = {}): void {
    this.#say.plant(kind, { ...data, ledger: this.ledger() });
  }

  advanceTo(to: number): void {
    const [from, moved, before] = [this.#now, this.#moves(BigInt(this.#rate)), this.#reservoir];
    const flow = this.motor.through(moved);
    const wanted = flow * BigInt(to - from);
    this.#turned += moved * BigInt(to - from);
    this.#asked += BigInt(this.#rate) * BigInt(to - from);
    this.#flowOut(wanted < this.#reservoir ? wanted : this.#reservoir);
    this.#now = to;
    if (to > from) {
      const fellOff = !this.motor.fellOff(before) && this.motor.fellOff(this.#reservoir);
      this.#stances = this.motor.stances(from, to, fellOff);
    }
    if (!this.#dry && this.#reservoir === 0n && flow > 0n) {
      this.#dry = true;
      this.#tell('ranDry');
    }
    if (this.beyond.leaks(from) !== this.beyond.leaks(to)) this.#tell('catheter');
  }

  /** What the rotor has turned, and turns in each ms. */
  get turns(): readonly [turned: bigint, turning: bigint] {
    return [this.#turned, this.#moves(BigInt(this.#rate))];
  }

  /** When something here happens next by itself; undefined where nothing does. */
  due(): number | undefined {
    const flow = this.#flowOf(this.#rate);
    const runsDry = !this.#dry && flow > 0n;
    return firstOf([
      runsDry ? this.#now + Number((this.#reservoir + flow - 1n) / flow) : undefined,
      this.motor.due(this.#now, this.#reservoir, flow),
      this.beyond.due(this.#now),
    ]);
  }

  #flowOut(amount: bigint): void {
    this.#reservoir -= amount;
    this.#delivered += amount;
    this.beyond.comes(amount, this.#now);
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
    const moved = this.#moves(rest);
    this.#turned += moved;
    this.#asked += rest;
    const driven = this.motor.through(moved);
    const volume = driven < this.#reservoir ? driven : this.#reservoir;
    this.#flowOut(volume);
    if (this.#reservoir === 0n) this.#dry = true;
    this.#tell('stroke', { volume: Number(volume) });
  }

  /** Both valves are held open by a field: what is there is driven out, or shuts the third valve after 10 mcL. */
  #valvesOpen(): void {
    const isShutting = this.#device.safetyValve === 'flowActivated' && this.#reservoir > 0n;
    const most = isShutting ? 864_000_000_000n : this.#reservoir;
    const all = most < this.#reservoir ? most : this.#reservoir;
    const volume = this.motor.shut || this.#hasRotor ? 0n : all;
    this.#flowOut(volume);
    if (this.#reservoir === 0n) this.#dry = true;
    this.motor.shut ||= isShutting;
    this.#tell('discharged', { volume: Number(volume) });
  }

  /** What the fill sensor of a reservoir that holds so much shows. */
  level(): number {
    const shown = Number(off(this.#reservoir, this.#gauge.gain)) + this.#gauge.offset;
    const level = shown < 0 ? 0 : Math.min(shown, this.capacity);
    this.#say.plant('gauge', { level });
    return level;
  }

  /** Takes a fault of pump, catheter or syringe; whether it was one. */
  fault(type: string, data: Json): boolean {
    this.#stances = [];
    if (type === 'syringeError') this.#syringeError = numberAt(data, 'by');
    else if (type === 'fillSensor') this.#gauge = { gain: numberAt(data, 'gain'), offset: numberAt(data, 'offset') };
    else if (type === 'valvesOpen') this.#valvesOpen();
    else if (type === 'pumpFlipped') this.isFlipped = flagAt(data, 'flipped');
    else if (type === 'accessPort') this.beyond.port = textAt(data, 'port');
    else if (this.beyond.fault(type, data, this.#now)) this.#tell('catheter');
    else return this.motor.fault(type, data, this.#now);
    return true;
  }

  /** Why hands are refused what they try; undefined where they are not. */
  against(act: Json): string | undefined {
    return reasonAgainst(act, this);
  }

  hands(act: Json): void {
    this.#stances = [];
    const type = textAt(act, 'type');
    const amount = () => BigInt(numberAt(act, 'volume'));
    if (type === 'resetValve') this.motor.shut = false;
    else if (type === 'inject') this.#inject(act);
    else if (type === 'drain') this.#aspirate(this.#reservoir);
    else if (type === 'aspirate') this.#aspirate(amount());
    else if (type === 'prepare') {
      const given = at(act, 'solution') ?? null;
      this.#drugs = drugsIn(given);
      this.#comes = this.#drugs;
      this.isNew = false;
      this.#tell('prepared', { solution: wantedOf(given) });
    } else if (type === 'rinse') {
      const was = this.#drugs;
      const comes = drugsIn(at(act, 'solution') ?? null);
      for (let i = 1; i <= numberAt(act, 'times'); i++) {
        this.#fill(act, comes, rinse(was, this.#residual, comes, amount(), i));
        this.#aspirate(this.#reservoir);
      }
    } else if (type === 'listen') this.#say.found({ done: true });
    else if (type === 'film') this.#film();
    else if (type === 'askPatient') this.#say.found({ done: true });
    else this.#beyondThePump(type, act);
  }

  #beyondThePump(type: string, act: Json): void {
    const asked = at(act, 'volume') === undefined ? 0n : BigInt(numberAt(act, 'volume'));
    const volume = Number(asked);
    if (type === 'aspiratePocket') {
      const came = asked < this.beyond.pocket ? asked : this.beyond.pocket;
      this.beyond.underSkin(-came);
      this.#tell('pocketAspirated', { volume: Number(came), reading: this.#reads(came) });
    } else if (type === 'aspiratePort') {
      this.beyond.drawn(asked);
      this.#tell('portAspirated', { volume, reading: this.#reads(asked) });
    } else if (type === 'injectPort' || type === 'dyeStudy') {
      this.beyond.comes(asked, this.#now);
      this.#tell('portInjected', { volume, solution: wantedOf(at(act, 'solution') ?? []) });
      if (type === 'dyeStudy') this.#say.found({ done: true, found: [this.beyond.shows(this.#now)] });
    } else if (type === 'withdrawCsf') {
      this.beyond.drawn(asked);
      this.#tell('csfWithdrawn', { volume });
    } else if (type === 'catheter') {
      const tip = textAt(act, 'tip');
      this.beyond.renew(tip);
      this.motor.conditionIs('occlusion', false);
      this.#tell('catheter', { volume: this.#heldBy(at(act, 'size') ?? null), tip });
    } else if (type === 'connectCatheter' || type === 'disconnectCatheter') {
      this.beyond.isConnected = type === 'connectCatheter';
      this.#tell(this.beyond.isConnected ? 'connected' : 'disconnected');
    } else if (type === 'enterScanner' || type === 'leaveScanner') {
      this.inScanner = type === 'enterScanner';
      this.#say.plant('scanner', { field: this.inScanner ? numberAt(act, 'field') : 0 });
      if (this.#hasRotor) this.motor.field(this.inScanner, this.#now, this.#say.alarms());
      else if (this.inScanner) this.#valvesOpen();
    }
  }

  /** What a catheter holds, by its length in mm and the nL in each, where that is what was said. */
  #heldBy(size: Json): number {
    const perMm = BigInt(this.#device.catheterVolumePerLength) * 86_400_000n;
    const isLength = isFields(size) && 'length' in size;
    return isLength ? Number(BigInt(numberAt(size, 'length')) * perMm) : numberAt(size, 'volume');
  }

  /** The rotor beside how it stood at the film before, in whole degrees. */
  #film(): void {
    const before = this.#filmed;
    this.#filmed = { at: this.#now, turned: this.#turned, asked: this.#asked };
    if (before === null) {
      this.#say.found({ done: true, found: ['firstFilm'] });
      return;
    }
    const due = this.#asked - before.asked;
    const [turned, asked] = [this.#turned - before.turned, due].map((much) => Number((much * 360n) / PER_TURN));
    const since = this.#now - before.at;
    // Ten degrees can be seen.
    const seen = (much = 0) => much >= 10;
    const isSoon = !seen(turned) && (since === 0 || (due > 0n && !seen(asked)));
    const found = isSoon ? 'rotorUnclear' : (turned ?? 0) > 0 ? 'rotorTurned' : 'rotorStill';
    this.#say.found({ done: true, turned: turned ?? 0, asked: asked ?? 0, since, found: [found] });
  }

  #inject(act: Json): void {
    const given = at(act, 'solution') ?? null;
    const volume = BigInt(numberAt(act, 'volume'));
    const comes = isList(given) ? drugsIn(given) : (this.#comes ?? []);
    if (at(act, 'into') !== 'pocket') {
      this.#fill(act, comes, mixture(comes, volume, this.#drugs, this.#residual + this.#reservoir));
      return;
    }
    this.beyond.underSkin(volume);
    this.#tell('pocketInjected', { volume: Number(volume), solution: told(comes) });
  }

  /** The reservoir takes in what `comes`, and is then of what it `holds`. */
  #fill(act: Json, comes: readonly Fluid[], holds: readonly Fluid[]): void {
    const volume = BigInt(numberAt(act, 'volume'));
    this.#comes = comes;
    if (this.isNew || said(holds) !== said(this.#drugs)) this.#drugs = holds;
    this.isNew = false;
    this.#reservoir += volume;
    this.#injected += volume;
    if (this.#reservoir > 0n) this.#dry = false;
    this.#tell('injected', { volume: Number(volume), solution: told(comes), holds: told(holds) });
  }

  #reads(volume: bigint): number {
    return Number(off(volume, this.#syringeError));
  }

  #aspirate(asked: bigint): void {
    const volume = asked < this.#reservoir ? asked : this.#reservoir;
    this.#reservoir -= volume;
    this.#aspirated += volume;
    // What hands took out did not run dry.
    if (this.#reservoir === 0n) this.#dry = true;
    this.#tell('aspirated', { volume: Number(volume), reading: this.#reads(volume) });
  }
}
