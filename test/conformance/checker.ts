import { type DeviceProfile, type Json, profileNamed, profileSheet, readProfile } from '../../shared/index.ts';
import { Asked } from './asked.ts';
import { Battery } from './battery.ts';
import { Bedside, type Telling } from './bedside.ts';
import { decoded } from './cbor.ts';
import { Film } from './film.ts';
import { errorIn } from './frame.ts';
import { Handset } from './handset.ts';
import { at, type Difference, difference, flagAt, isFields, numberAt, textAt, type Wanted } from './json.ts';
import { Lane } from './lane.ts';
import { Memory } from './memory.ts';
import { Pump } from './pump.ts';
import { Radio } from './radio.ts';
import type { Answer, Frame, Said } from './said.ts';
import { Screens } from './screens.ts';
import { type Entry, type Header, readLine } from './trace.ts';

/** Where a trace and the rules part. `n` is the number of the record at which that is seen. */
export interface Mismatch {
  readonly scenario: string;
  readonly n: number;
  readonly t: number;
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

/** After so many nothing new is learned. */
const MOST_MISMATCHES = 20;

/** Kinds of log record that the rules here speak of. Others are left to those who know them. */
const KNOWN_LOGS = new Set(
  (
    'powerOn implanted sessionOpened sessionClosed reservoirEntered updateStarted updateInterrupted ' +
    'prescriptionCommitted deliveryStarted deliveryStopped minimumRateStarted defaultScheduleStarted bolusGranted bolusEnded bolusDenied ' +
    'commandRefused frameRejected alarmRaised alarmCleared zeroStep periodicStarted periodicEnded periodicSkipped ' +
    'limitOverridden clockSet reset alarmSilenced silenceEnded emergencySessions conditionDeclared conditionGone ' +
    'alarmIntervalSet alarmTested batteryReset limitAsked limitConfirmed limitDeclined limitRefused ' +
    'clinicianBolusStarted clinicianBolusSuspended clinicianBolusResumed clinicianBolusEnded ' +
    'openingStarted openingEnded discrepancyNoted memoryLocked memoryUnlocked'
  ).split(' '),
);

/** Follows one trace, line by line, and notes where it is not what the rules lead to. */
export class Checker {
  readonly mismatches: Mismatch[] = [];
  #header: Header = { scenario: '', profile: '', sheet: null };
  #follower: Follower | undefined;
  readonly #device: DeviceProfile | undefined;

  /** The device is the profile the header names, unless another is given. */
  constructor(device?: DeviceProfile) {
    this.#device = device;
  }

  /** Takes the next line of NDJSON. */
  line(text: string): void {
    const line = readLine(text);
    if ('profile' in line) {
      this.finish();
      this.#header = line;
      this.#follower = new Follower(this.#device ?? deviceOf(line), (n, t, found) => this.#note(n, t, found));
      return;
    }
    this.#follower?.take(line);
  }

  /** What must have been told by now and was not. */
  finish(): void {
    this.#follower?.finish();
    this.#follower = undefined;
  }

  /** The drug ever delivered, by name, to the nearest ng. */
  masses(): ReadonlyMap<string, bigint> {
    return this.#follower?.masses() ?? new Map();
  }

  #note(n: number, t: number, { where, expected, got }: Difference): void {
    if (this.mismatches.length >= MOST_MISMATCHES) return;
    this.mismatches.push({ scenario: this.#header.scenario, n, t, what: where, expected, got });
  }
}

/** The device of a run: of a shipped profile by its name, of any other as its sheet says. */
function deviceOf({ profile, sheet }: Header): DeviceProfile {
  if (isFields(sheet)) {
    const { thecal: _, ...own } = sheet;
    return readProfile(profileSheet.parse(own));
  }
  const shipped = profileNamed(profile);
  if (shipped === undefined) throw new TypeError(`no profile named ${profile}`);
  return readProfile(shipped);
}

type Note = (n: number, t: number, found: Difference) => void;

/** What can become of a frame instead of arriving at once as it was sent; of what is not lost, the arrival is told. */
const FATES = new Set(['lost', 'duplicated', 'corrupted', 'truncated', 'spared', 'heldBack']);

/** One run: the pump and its bedside by the rules, beside what is told of them. */
class Follower {
  readonly #device: DeviceProfile;
  readonly #note: Note;
  readonly #lanes: Readonly<Record<'log' | 'history' | 'plant' | 'rate' | 'handset' | 'found', Lane>>;
  #pump: Pump;
  #memory: Memory;
  #radio: Radio;
  #bedside: Bedside;
  #film = new Film();
  #battery: Battery;
  readonly #screens: Screens;
  readonly #handset: Handset;
  /** Simulated time less pump time. */
  #lost = 0;
  #now = 0;
  #last = 0;
  /** What was done and may yet turn out to have had no effect. */
  #pending: Entry[] = [];
  #answers: Answer[] = [];
  readonly #asked = { programmer: new Asked(), handset: new Asked() };
  /** How long a frame takes, each way. */
  #latency = 0;
  #logged = 0;
  #digest = '0'.repeat(32);
  #rate: Wanted = null;

  constructor(device: DeviceProfile, note: Note) {
    [this.#device, this.#note] = [device, note];
    this.#screens = new Screens(device);
    this.#lanes = {
      log: new Lane('log'),
      history: new Lane('history'),
      plant: new Lane('plant'),
      rate: new Lane('rate'),
      handset: new Lane('handset'),
      found: new Lane('found'),
    };
    this.#handset = new Handset(device, (kind, data) => this.#lanes.handset.expect(this.#now, { kind, data }));
    this.#memory = new Memory(device);
    this.#battery = new Battery(device, 0);
    this.#bedside = this.#newBedside();
    this.#pump = this.#newPump();
    this.#radio = this.#newRadio(undefined);
  }

  masses(): ReadonlyMap<string, bigint> {
    this.#settlePending(undefined);
    this.#bedside.advanceTo(this.#now);
    const perMl = 86_400_000_000_000n;
    return new Map([...this.#bedside.masses].map(([name, mass]) => [name, (mass + perMl / 2n) / perMl]));
  }

  #newBedside(old?: Bedside): Bedside {
    const say: Telling = {
      plant: (kind, data) => this.#lanes.plant.expect(this.#now, { kind, data }),
      found: (data) => this.#lanes.found.expect(this.#now, data),
      alarms: () => this.#pump.alarms.told.length > 0,
    };
    return new Bedside(this.#now, this.#device, say, old);
  }

  #newRadio(serial: string | undefined): Radio {
    const radio = new Radio(this.#pump, this.#memory, serial);
    radio.opens = () => this.#interrogated();
    return radio;
  }

  #newPump(): Pump {
    this.#memory = new Memory(this.#device);
    [this.#lost, this.#logged, this.#digest] = [0, 0, '0'.repeat(32)];
    return new Pump(this.#device, this.#now, {
      log: (record) => this.#lanes.log.expect(this.#now, record),
      history: (entry) => this.#lanes.history.expect(this.#now, entry),
      level: () => this.#bedside.level(),
      stroke: (rest) => this.#bedside.completeStroke(rest, this.#now),
      rate: (rate, infusion) => {
        this.#bedside.command(rate, this.#now);
        this.#film.asked(rate, this.#now);
        this.#lanes.rate.expect(this.#now, { rate, infusion });
      },
    });
  }

  take(entry: Entry): void {
    this.#settlePending(entry);
    if (entry.t < this.#now) this.#note(entry.n, entry.t, { where: 't', expected: `${this.#now}`, got: `${entry.t}` });
    this.#advanceTo(entry.t);
    for (const lane of Object.values(this.#lanes)) {
      for (const missed of lane.before(entry.t)) this.#note(entry.n, missed.t, missed.found);
    }
    this.#last = entry.n;
    this.#compare(entry);
  }

  finish(): void {
    this.#settlePending(undefined);
    for (const lane of Object.values(this.#lanes)) {
      for (const missed of lane.before(Number.POSITIVE_INFINITY)) this.#note(this.#last, missed.t, missed.found);
    }
    for (const { name } of this.#answers) this.#missing('answer', name);
  }

  #missing(what: string, expected: string): void {
    this.#note(this.#last, this.#now, { where: what, expected, got: 'nothing' });
  }

  /** Lets simulated time go on: what comes first happens first, what is physical before what the pump does. */
  #advanceTo(to: number): void {
    for (;;) {
      const pumpDue = this.#pump.due();
      const radioDue = this.#radio.due();
      const dues = [
        { at: this.#batteryDue(), act: () => this.#givesOut() },
        { at: this.#bedside.due(), act: () => {} },
        { at: pumpDue === undefined ? undefined : pumpDue + this.#lost, act: () => {} },
        { at: radioDue === undefined ? undefined : radioDue + this.#lost, act: () => this.#radio.expire() },
      ].filter((due) => due.at !== undefined && due.at <= to);
      const first = dues.reduce<(typeof dues)[number] | undefined>(
        (earliest, due) => (earliest === undefined || (due.at ?? 0) < (earliest.at ?? 0) ? due : earliest),
        undefined,
      );
      if (first?.at === undefined) break;
      this.#reach(Math.max(first.at, this.#now));
      first.act();
      this.#faltered();
    }
    this.#reach(to);
  }

  #batteryDue(): number | undefined {
    return this.#battery.due(this.#now, ...this.#bedside.turns);
  }

  #givesOut(): void {
    this.#battery.isOut = true;
    this.#pump.life.batteryGivesOut();
  }

  #reach(t: number): void {
    this.#now = t;
    const wasStuck = this.#bedside.isStuck;
    this.#bedside.advanceTo(t);
    // What is physical comes before what the pump does at that instant.
    if (this.#bedside.isStuck !== wasStuck) {
      this.#pump.now = t - this.#lost;
      this.#lookAtRotor();
    }
    this.#pump.advanceTo(t - this.#lost);
  }

  // What was done to the pump.

  /** What was done last has its effect, unless the next record says that it was lost or refused. */
  #settlePending(next: Entry | undefined): void {
    const all = this.#pending;
    this.#pending = [];
    for (const done of all) {
      if (settles(next, done, all.length === 1)) {
        this.#settle(done, next);
        this.#faltered();
      } else this.#pending.push(done);
    }
  }

  #settle(done: Entry, next: Entry | undefined): void {
    const undone = next !== undefined && next.because === done.n && undoes(next);
    if (done.kind === 'hands') this.#tried(done, undone ? next : undefined);
    if (undone) return;
    if (done.layer === 'link') this.#arrive(done);
    else if (done.kind === 'hands') this.#hands(done);
    else this.#world(done);
  }

  /** A frame arrives, at the pump or at a station. */
  #arrive({ data }: Entry): void {
    const error = errorIn(textAt(data, 'bytes'));
    const to = textAt(data, 'to');
    if (isStation(to) && error === undefined) this.#asked[to].hears(data);
    if (to !== 'pump') return;
    const answer = error === undefined ? this.#radio.take(frameIn(data)) : undefined;
    if (error !== undefined) this.#radio.reject(error);
    if (answer !== undefined) this.#answers.push(answer);
  }

  /** The processor of the pump starts anew: before it took a frame, or when it had carried it out and not answered. */
  #crash({ data }: Entry): void {
    this.#answers = [];
    this.#reset(flagAt(data, 'timeLost'));
  }

  #reset(timeLost: boolean): void {
    this.#pump.conditions.is('stall', this.#bedside.isStuck);
    this.#pump.reset(timeLost);
    this.#lost = this.#now - this.#pump.now;
    this.#radio.reset();
  }

  /** Hands were refused something, or were not. */
  #tried(done: Entry, refused: Entry | undefined): void {
    const got = refused === undefined ? null : at(refused.data, 'refused');
    const isReset = textAt(done.data, 'type') === 'resetMemory';
    const against = isReset && !this.#pump.memoryLocked ? 'alreadySo' : this.#bedside.against(done.data);
    const found = difference(against ?? null, got, 'refused');
    if (found !== undefined) this.#note((refused ?? done).n, done.t, found);
  }

  #hands({ data }: Entry): void {
    const type = textAt(data, 'type');
    if (type === 'resetMemory') {
      this.#lanes.plant.expect(this.#now, { kind: 'memoryReset', data: {} });
      this.#pump.memoryIsLocked(false);
      return;
    }
    if (type !== 'replace') {
      this.#bedside.hands(data);
      if (type === 'enterScanner' || type === 'leaveScanner') this.#lookAtRotor();
      // No old kink is in a new catheter.
      else if (type === 'catheter') this.#pump.conditionIs('occlusion', false);
      return;
    }
    this.#bedside = this.#newBedside(this.#bedside);
    this.#lanes.plant.expect(this.#now, { kind: 'replaced', data: { ledger: this.#bedside.ledger() } });
    const staying = this.#pump.conditions.ofCatheter();
    this.#pump = this.#newPump();
    for (const code of staying) this.#condition(code, true);
    this.#lookAtRotor();
    this.#radio = this.#newRadio(textAt(data, 'serial'));
    this.#film = new Film();
    this.#battery = new Battery(this.#device, this.#now);
  }

  #world({ data }: Entry): void {
    const type = textAt(data, 'type');
    if (type === 'reset') this.#reset(flagAt(data, 'timeLost'));
    else if (type === 'batteryReset') {
      this.#reset(false);
      this.#pump.batteryResets(flagAt(data, 'safeState'));
    } else if (type === 'memoryFault' && textAt(data, 'banks') === 'locked') this.#pump.memoryIsLocked(true);
    else if (type === 'batteryLow') this.#givesOut();
    else if (type === 'batteryEmpty') {
      this.#battery.isOut = true;
      this.#pump.life.batteryIsEmpty(this.#pump.now);
    } else if (type === 'falseAlarm') {
      const alarm = at(data, 'alarm');
      this.#pump.mistake = typeof alarm === 'string' ? alarm : null;
    } else if (type === 'localTime') this.#screens.localTimeMoved(numberAt(data, 'by'));
    else if (type === 'begins' || type === 'ends') this.#condition(textAt(data, 'condition'), type === 'begins');
    else if (type === 'latency') this.#latency = numberAt(data, 'oneWay');
    else if (type === 'resistiveFilm') this.#film.grows(data, this.#now);
    else if (this.#bedside.fault(type, data)) this.#lookAtRotor();
    // What else is wrong with the link shows in what becomes of the frames.
    else if (!['disconnect', 'reconnect', 'noise', 'frameFault'].includes(type)) {
      this.#note(this.#last, this.#now, { where: 'act', expected: 'something the rules here speak of', got: type });
    }
  }

  #condition(code: string, so: boolean): void {
    this.#bedside.motor.conditionIs(code, so);
    if (code === 'stall') this.#lookAtRotor();
    else this.#pump.conditionIs(code, so);
  }

  /** A rotor may be held by several things; the sensor sees whether it turns. */
  #lookAtRotor(): void {
    if (this.#bedside.motor.isBlurred(this.#now) && this.#pump.conditions.hasSeen('stall')) return;
    this.#pump.conditionIs('stall', this.#bedside.isStuck);
  }

  /** A station opens a session: what hung in telemetry mode is free, and the sensor is looked at. */
  #interrogated(): void {
    this.#battery.session();
    if (!this.#bedside.motor.interrogated()) return;
    this.#lanes.plant.expect(this.#now, { kind: 'interrogated', data: {} });
    this.#lookAtRotor();
  }

  /** A battery that falters has the processor start anew. */
  #faltered(): void {
    const safe = this.#film.falters;
    if (safe === null) return;
    this.#film.falters = null;
    this.#reset(false);
    this.#pump.batteryResets(safe);
  }

  // What is told.

  #compare(entry: Entry): void {
    const { layer, kind, data } = entry;
    const note = (found: Difference | undefined) => found && this.#note(entry.n, entry.t, found);
    // No frame on its way can overtake what happens to the programmer.
    if (layer === 'act' && kind === 'world' && at(data, 'type') === 'applicationCard')
      this.#screens.cardIs(at(data, 'card') ?? null);
    else if (layer === 'act' && kind !== 'refused' && (kind === 'hands' || kind === 'world')) this.#pending.push(entry);
    else if (layer === 'act' && kind === 'found') note(this.#lanes.found.take(data));
    else if (layer === 'link' && kind === 'frame') this.#compareFrame(entry, note);
    else if (layer === 'link' && kind === 'arrived') this.#pending.push(entry);
    else if (layer === 'link' && kind === 'crash') this.#crash(entry);
    else if (layer === 'firmware') this.#compareFirmware(kind, data, note);
    else if (layer === 'plant') this.#comparePlant(kind, data, note);
    else if (layer === 'programmer' && kind === 'screen') note(this.#screens.difference(data));
    else if (layer === 'programmer' && kind !== 'handset') note(this.#lanes.handset.take({ kind, data }));
  }

  #compareFrame(entry: Entry, note: (found: Difference | undefined) => void): void {
    const { data } = entry;
    // Where frames take their time, their arrival is told.
    if (this.#latency === 0) this.#pending.push(entry);
    if (at(data, 'to') === 'pump') {
      const from = textAt(data, 'from');
      if (!isStation(from) || !this.#asked[from].sends(data)) return;
      if (at(data, 'name') === 'implant') this.#screens.localTimeIs(numberAt(data, 'payload', 'wall'), this.#now);
      return;
    }
    const answer = this.#answers.shift();
    if (answer === undefined) {
      note({ where: 'answer', expected: 'nothing', got: textAt(data, 'name') });
      return;
    }
    if (answer.name === '') return;
    const { to, name } = answer;
    const payload = at(data, 'payload') ?? null;
    const found = difference({ to, name, payload: answer.payload }, data, 'answer');
    note(found);
    if (found !== undefined) return;
    answer.learn?.(payload);
    if (to === 'programmer') this.#asked.programmer.answered(data, this.#toldBy(answer, payload));
    if (to === 'handset' && name === 'interrogate')
      this.#asked.handset.answered(data, this.#handset.reading(this.#pump));
  }

  /** What the programmer learns from an answer that arrives, as things are when it is given. */
  #toldBy({ name, recalled }: Said, payload: Json): () => void {
    if (recalled !== undefined) return this.#toldBy(recalled, decoded(textAt(payload, 'answer', 'payload')));
    if (name === 'interrogate') return this.#screens.reading(this.#pump, this.#now);
    if (name !== 'enterReservoir') return () => {};
    const entered = Number(this.#pump.filled ?? 0n);
    return () => this.#screens.refilled(numberAt(payload, 'expected'), entered);
  }

  #compareFirmware(kind: string, data: Entry['data'], note: (found: Difference | undefined) => void): void {
    if (kind === 'rate') {
      // The same rate may be commanded again; another needs its reason.
      const next = this.#lanes.rate.next();
      if (next === undefined || difference(next, data) !== undefined) {
        if (difference(this.#rate, data) === undefined) return;
      }
      note(this.#lanes.rate.take(data));
      this.#rate = { rate: numberAt(data, 'rate'), infusion: textAt(data, 'infusion') };
    } else if (kind === 'log') this.#compareLog(data, note);
    else if (kind === 'history') {
      note(difference({ previous: this.#digest }, data, 'history'));
      note(this.#lanes.history.take(data));
      this.#digest = textAt(data, 'digest');
      this.#memory.recorded(data);
    } else if (kind === 'ledger') note(difference(this.#ledger(), data, 'ledger'));
  }

  #compareLog(data: Entry['data'], note: (found: Difference | undefined) => void): void {
    this.#logged += 1;
    note(difference({ number: this.#logged }, data, 'log'));
    this.#logged = numberAt(data, 'number');
    this.#memory.logged(data);
    const kind = textAt(data, 'kind');
    if (!KNOWN_LOGS.has(kind)) return;
    note(this.#lanes.log.take(data));
  }

  #ledger(): Wanted {
    const { account, now, volume } = this.#pump;
    return {
      entered: `${account.entered}`,
      commanded: `${account.commandedAt(now)}`,
      // What was commanded of an empty reservoir is adjusted, so that the account balances.
      adjusted: `${volume - account.entered + account.commandedAt(now)}`,
      volume: Number(volume),
    };
  }

  #comparePlant(kind: string, data: Entry['data'], note: (found: Difference | undefined) => void): void {
    if (kind === 'flow') {
      const rate = at(data, 'flow') === undefined ? 0 : this.#commanded();
      const flow = this.#bedside.flowTold(rate, at(data, 'flow'));
      note(difference({ flow, ledger: this.#bedside.ledger() }, data, 'flow'));
    } else if (kind !== 'fault') note(this.#lanes.plant.take({ kind, data }));
  }

  /** The rate told last, already held against the rules. */
  #commanded(): number {
    const rate = this.#rate;
    return typeof rate === 'object' && rate !== null && 'rate' in rate && typeof rate.rate === 'number' ? rate.rate : 0;
  }
}

/**
 * Whether what was done has its effect before the next record, or none. What alone was done has; of several frames under
 * way at one instant that one has which the next record follows from, those have that arrived before the one in which
 * the pump starts anew, and all have when time goes on.
 */
const settles = (next: Entry | undefined, done: Entry, isAlone: boolean): boolean =>
  next === undefined ||
  next.t > done.t ||
  next.because === done.n ||
  (isAlone && next.kind !== 'arrived') ||
  (next.kind === 'crash' && done.kind === 'arrived' && done.n < next.because);

/** Whether what was done has no effect after all, or not yet, as the record after it says. */
const undoes = ({ kind, data }: Entry): boolean =>
  kind === 'refused' || FATES.has(kind) || (kind === 'crash' && textAt(data, 'when') === 'before');

const isStation = (name: string): name is 'programmer' | 'handset' => name === 'programmer' || name === 'handset';

const frameIn = (data: Json): Frame => ({
  from: textAt(data, 'from'),
  name: textAt(data, 'name'),
  session: numberAt(data, 'session'),
  sequence: numberAt(data, 'sequence'),
  payload: at(data, 'payload') ?? null,
});
