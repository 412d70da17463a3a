import type { Json } from '../../shared/index.ts';
import { decoded } from './cbor.ts';
import { ANY, at, difference, flagAt, isList, numberAt, textAt, type Wanted } from './json.ts';
import type { Memory } from './memory.ts';
import { nextBolus, overLimit, overLimitByClock } from './next-bolus.ts';
import { isPast, openingFaults, shortestOpening } from './opening.ts';
import { faultsOf, type Prescription, readPrescription, shortestOf } from './prescription.ts';
import type { Pump } from './pump.ts';
import { againstOrder } from './single-bolus.ts';
import { statusOf } from './status.ts';

/** A frame a station sent to the pump. */
export interface Frame {
  readonly from: string;
  readonly name: string;
  readonly session: number;
  readonly sequence: number;
  readonly payload: Json;
}

/** What the pump must answer, and what the checker learns from how it did. */
export interface Answer {
  readonly to: string;
  readonly name: string;
  readonly payload: Wanted;
  readonly learn?: (payload: Json) => void;
  /** The answer to an earlier command that it hands on. */
  readonly recalled?: Said;
}

/** An answer, whoever it is for. */
export type Said = Omit<Answer, 'to'>;

/** A command that was carried out or refused, and what was answered. */
interface Commanded {
  readonly session: number;
  readonly sequence: number;
  readonly said: Said;
}

/** The checks of a frame, one after the other; sums of the same instant are told in that order. */
const IN_ORDER = ['start', 'version', 'length', 'crc', 'tag', 'session', 'sequence', 'type', 'payload'];

const DAY = 86_400_000;

interface Session {
  readonly role: string;
  heard: number;
  /** The sequence number of the last frame taken, and the answer to it. */
  sequence: number;
  answer: Answer | undefined;
}

/** A station that has asked for a session, and not yet proved who it is. */
interface Greeting {
  readonly role: string;
  readonly nonce: string;
  readonly answer: Answer;
  /** What its session will be called. */
  session: number | undefined;
}

/** So many questions of one role are kept. */
const MOST_GREETINGS = 4;

/** What anyone may say, and what the roles below the clinician's may say besides. */
const BY_ANYONE = ['openSession', 'authenticate', 'closeSession', 'interrogate'];
const BY_OTHERS: Readonly<Record<string, ReadonlySet<string>>> = {
  patient: new Set([...BY_ANYONE, 'recall', 'requestBolus']),
  refill: new Set([...BY_ANYONE, 'recall', 'enterReservoir']),
  emergency: new Set([...BY_ANYONE, 'stop']),
};
/** What is read or said about the session itself: nothing to come back for. */
const NO_COMMANDS = new Set([...BY_ANYONE, 'recall', 'readHistory', 'readLog']);

/** What a pump that delivers no more takes no more. */
const ENDED_AT_END = new Set([
  'stagePrescription',
  'beginUpdate',
  'commitUpdate',
  'resume',
  'minimumRate',
  'clinicianBolus',
]);

/** The pump's end of the link: sessions, and what a command leads to or why it is refused. */
export class Radio {
  readonly #pump: Pump;
  readonly #memory: Memory;
  readonly #sessions = new Map<number, Session>();
  #greetings: readonly Greeting[] = [];
  /** The last command of each role; a reset does not forget it. */
  readonly #commanded = new Map<string, Commanded>();
  /** The session closed last, whose farewell may be asked for again. */
  #ended: { readonly id: number; readonly sequence: number; readonly answer: Answer } | undefined;
  /** Codes of rejected frames that are only counted for now: how many, and until when. */
  readonly #counted = new Map<string, { more: number; until: number }>();
  serial: string | undefined;
  #staged:
    | { prescription: Prescription; run: boolean; override: boolean; endOpening: boolean; digest: string }
    | undefined;

  constructor(pump: Pump, memory: Memory, serial: string | undefined) {
    [this.#pump, this.#memory, this.serial] = [pump, memory, serial];
  }

  /** When the first session has been silent too long, or a count of rejected frames is told, as pump time. */
  due(): number | undefined {
    const silent = [...this.#sessions.values()].map(({ heard }) => heard + this.#pump.device.sessionTimeout);
    const sums = [...this.#counted.values()].filter(({ more }) => more > 0).map(({ until }) => until);
    const dues = [...silent, ...sums];
    return dues.length === 0 ? undefined : Math.min(...dues);
  }

  /**
   * Closes the sessions that have been silent too long, of two at one instant the patient's first, and tells how many
   * frames were rejected.
   */
  expire(): void {
    const patientsFirst = [...this.#sessions].sort(([, a], [, b]) => (a.role < b.role ? 1 : a.role > b.role ? -1 : 0));
    for (const [id, { role, heard }] of patientsFirst) {
      if (heard + this.#pump.device.sessionTimeout > this.#pump.now) continue;
      this.#sessions.delete(id);
      this.#pump.sessionClosed(role, true, id);
    }
    for (const error of IN_ORDER) {
      const counted = this.#counted.get(error);
      if (counted === undefined) continue;
      if (counted.more === 0 || counted.until > this.#pump.now) continue;
      this.#pump.framesRejected(error, counted.more);
      this.#counted.set(error, { more: 0, until: this.#pump.now + DAY });
    }
  }

  /** The first of a code is told, those of the day after it as one number. */
  reject(error: string): undefined {
    const counted = this.#counted.get(error);
    if (counted !== undefined && this.#pump.now < counted.until) {
      counted.more += 1;
      return undefined;
    }
    this.#pump.frameRejected(error);
    this.#counted.set(error, { more: 0, until: this.#pump.now + DAY });
    return undefined;
  }

  /** A reset ends every session without a word, and forgets what was sent but is not in force. */
  reset(): void {
    this.#sessions.clear();
    this.#greetings = [];
    this.#ended = undefined;
    this.#counted.clear();
    this.#staged = undefined;
  }

  /** What the pump answers; undefined where it answers nothing. */
  take(frame: Frame): Answer | undefined {
    const to = frame.from;
    if (frame.name === 'openSession') return this.#greet(frame);
    const greeting = this.#greetings.find((each) => each.session === frame.session);
    if (greeting !== undefined && frame.name === 'authenticate') return this.#open(frame, greeting.role);
    const session = this.#sessions.get(frame.session);
    const ended = this.#ended;
    if (session === undefined && ended?.id === frame.session && ended.sequence === frame.sequence) return ended.answer;
    if (session === undefined) {
      if (frame.session !== 0) this.reject('session');
      return { to, ...refusal('noSession') };
    }
    // What was overtaken by a later request is asked too late; the same again is answered as it was.
    if (frame.sequence < session.sequence) return this.reject('sequence');
    if (frame.sequence === session.sequence && session.answer !== undefined) return session.answer;
    session.heard = this.#pump.now;
    const said = this.#inSession(frame, session);
    const { session: id, sequence, name } = frame;
    if (!NO_COMMANDS.has(name)) this.#commanded.set(session.role, { session: id, sequence, said });
    const answer = { to, ...said };
    [session.sequence, session.answer] = [frame.sequence, answer];
    if (!this.#sessions.has(frame.session)) this.#ended = { id: frame.session, sequence: frame.sequence, answer };
    return answer;
  }

  #inSession(frame: Frame, session: Session): Said {
    const { name } = frame;
    if (name === 'recall') return this.#recall(frame.payload, session.role);
    if (BY_OTHERS[session.role]?.has(name) === false) return this.#refuse(name, 'roleTooLow');
    const serial = at(frame.payload, 'serial');
    if (typeof serial === 'string' && this.serial !== undefined && serial !== this.serial) {
      return this.#refuse(name, 'wrongSerial');
    }
    return this.#command(frame, session);
  }

  /** A challenge: nothing is open yet. The same question again gets the same one. */
  #greet({ from, payload: asked }: Frame): Answer {
    const [role, nonce] = [textAt(asked, 'role'), textAt(asked, 'nonce')];
    const again = this.#greetings.find((each) => each.role === role && each.nonce === nonce);
    if (again !== undefined) return again.answer;
    const answer: Answer = {
      to: from,
      name: 'openSession',
      payload: { serial: this.serial ?? ANY, profile: this.#pump.device.name, session: ANY, nonce: ANY },
      learn: (payload) => {
        greeting.session = numberAt(payload, 'session');
        this.serial = textAt(payload, 'serial');
      },
    };
    const greeting: Greeting = { role, nonce, answer, session: undefined };
    const same = this.#greetings.filter((each) => each.role === role).slice(1 - MOST_GREETINGS);
    this.#greetings = [...this.#greetings.filter((each) => each.role !== role), ...same, greeting];
    return answer;
  }

  #recall(asked: Json, role: string): Said {
    const last = this.#commanded.get(role);
    const [session, sequence] = [numberAt(asked, 'session'), numberAt(asked, 'sequence')];
    if (last?.session === session && last.sequence === sequence)
      return {
        name: 'recall',
        payload: { became: 'answered', answer: { payload: saying(last.said.payload) } },
        recalled: last.said,
      };
    const isPast =
      last !== undefined && (last.session > session || (last.session === session && last.sequence > sequence));
    return { name: 'recall', payload: { became: isPast ? 'unknown' : 'neverArrived', answer: null } };
  }

  #open({ from, sequence, session: number }: Frame, role: string): Answer {
    // Nobody speaks from two heads at once: who opens a session has lost the one before.
    for (const [id, open] of this.#sessions) {
      if (open.role !== role) continue;
      this.#sessions.delete(id);
      this.#pump.sessionClosed(role, true, id);
    }
    this.#pump.sessionOpened(role);
    this.#greetings = this.#greetings.filter((each) => each.role !== role);
    const alarms = this.#pump.alarms.told.map(({ code }) => code);
    const answer: Answer = { to: from, name: 'authenticate', payload: { alarms, now: this.#pump.now } };
    this.#sessions.set(number, { role, heard: this.#pump.now, sequence, answer });
    return answer;
  }

  /** Refuses for the first reason that is so, and tells the others. */
  #refuse(command: string, code: string, also: readonly string[] = [], until: number | null = null): Said {
    this.#pump.refused(command, code, also);
    return { name: 'refusal', payload: { code, also, until, shortest: null } };
  }

  #command(frame: Frame, session: Session): Said {
    const pump = this.#pump;
    const { name, payload } = frame;
    const done = (answer: Wanted = {}): Said => ({ name, payload: answer });
    switch (name) {
      case 'closeSession':
        this.#sessions.delete(frame.session);
        pump.sessionClosed(session.role, false, frame.session);
        return done();
      case 'interrogate':
        return done(statusOf(pump, this.serial ?? ANY));
      case 'implant':
        if (pump.service !== 'shelf') return this.#refuse(name, 'alreadyImplanted');
        pump.implant(numberAt(payload, 'wall'));
        return done();
      case 'enterReservoir': {
        const volume = numberAt(payload, 'volume');
        if (volume > pump.device.reservoirCapacity) return this.#refuse(name, 'overCapacity');
        return done(pump.enterReservoir(volume));
      }
      case 'requestBolus':
        return this.#request();
      case 'clinicianBolus':
        return this.#order(frame);
      case 'readHistory':
        return done(this.#memory.history(numberAt(payload, 'from')));
      case 'readLog':
        return done(this.#memory.log(numberAt(payload, 'from')));
      default:
        return name === 'silenceAlarm' ? this.#silence(frame) : this.#clinician(name, payload);
    }
  }

  #request(): Said {
    const pump = this.#pump;
    const denial = pump.request();
    if (denial !== undefined) return { name: 'refusal', payload: { ...denial, shortest: null } };
    const { bolus } = pump;
    const volume = bolus === null ? ANY : bolus.rate * (bolus.end - bolus.start);
    const next = nextBolus(pump, pump.prescription);
    return { name: 'requestBolus', payload: { ends: bolus?.end ?? ANY, volume, nextBolus: next } };
  }

  #order({ name, payload }: Frame): Said {
    const pump = this.#pump;
    const [rate, duration] = [numberAt(payload, 'rate'), numberAt(payload, 'duration')];
    const order = { rate, duration, then: textAt(payload, 'then') };
    const refused = againstOrder(pump, order);
    if (refused !== undefined) {
      pump.refused(name, refused.code, refused.also);
      return { name: 'refusal', payload: { ...refused } };
    }
    pump.order(order);
    return { name, payload: { ends: pump.now + duration, volume: rate * duration } };
  }

  #silence({ name, session, payload }: Frame): Said {
    const pump = this.#pump;
    const silenced = pump.alarms.silence(textAt(payload, 'alarm'), session, pump.now);
    if (typeof silenced === 'number') return { name, payload: { until: silenced } };
    pump.refused(name, silenced.code, silenced.also);
    return { name: 'refusal', payload: { ...silenced, shortest: null } };
  }

  #clinician(name: string, payload: Json): Said {
    const [code, ...also] = this.#against(name, payload);
    if (code !== undefined) return this.#refuse(name, code, also);
    const pump = this.#pump;
    const done = { name, payload: {} };
    switch (name) {
      case 'stagePrescription':
        return this.#stage(payload);
      case 'beginUpdate':
        return this.#begin(textAt(payload, 'digest'));
      case 'commitUpdate':
        return this.#commit(textAt(payload, 'digest'));
      case 'stop':
        pump.stop();
        return done;
      case 'resume':
        pump.resume();
        return done;
      case 'minimumRate':
        pump.minimumRate();
        return done;
      case 'setClock': {
        const wall = numberAt(payload, 'wall');
        const over = overLimitByClock(pump, wall);
        if (over !== null) return this.#refuse(name, 'overLimitForNow', [], over.clearsAt);
        pump.setClock(wall);
        return done;
      }
      default:
        // A command the checker knows nothing of: whatever it does to delivery will be seen.
        return { name: '', payload: ANY };
    }
  }

  /** Everything that stands against a clinician's command now, in the order it is told. */
  #against(name: string, payload: Json): readonly string[] {
    const pump = this.#pump;
    const { mode, prescription, device } = pump;
    const notStaged = this.#staged === undefined || this.#staged.digest !== at(payload, 'digest');
    const onShelf: Reason = ['onShelf', pump.service === 'shelf'];
    const ended: Reason = ['endOfService', pump.ended && ENDED_AT_END.has(name)];
    const updating: Reason = ['updating', mode === 'updating'];
    const noPrescription: Reason = ['noPrescription', prescription === null];
    const empty: Reason = ['emptyReservoir', pump.level() === 'empty' && device.emptyPolicy === 'stop'];
    const reasons: Readonly<Record<string, readonly Reason[]>> = {
      stagePrescription: [onShelf, ended, updating],
      beginUpdate: [ended, updating, ['notStaged', notStaged]],
      commitUpdate: [ended, ['notUpdating', mode !== 'updating'], ['notStaged', notStaged]],
      stop: [onShelf, ended, ['alreadyStopped', mode === 'stopped']],
      resume: [
        onShelf,
        ended,
        updating,
        noPrescription,
        ['alreadyRunning', pump.isRunning],
        ['alreadyAtMinimum', mode === 'minimumRate' && pump.isAtMinimumByProgram],
        empty,
        [`${pump.level()}Reservoir`, mode === 'minimumRate' && pump.atMinimumByPolicy && !empty[1]],
      ],
      minimumRate: [onShelf, ended, updating, noPrescription, ['alreadyAtMinimum', mode === 'minimumRate'], empty],
    };
    return (reasons[name] ?? [ended]).filter(([, so]) => so).map(([reason]) => reason);
  }

  #stage(payload: Json): Said {
    const pump = this.#pump;
    const prescription = readPrescription(at(payload, 'prescription'));
    const [run, override] = [flagAt(payload, 'run'), flagAt(payload, 'override')];
    const endOpening = flagAt(payload, 'endOpening');
    if (pump.opened !== null && !endOpening) return this.#refuse('stagePrescription', 'openingRunning');
    const faults = faultsOf(prescription, pump.device);
    const { opening } = prescription;
    if (faults.size === 0) {
      const { mode } = pump.deliveryUnder(prescription, run, pump.before);
      for (const code of openingFaults(pump, opening, mode)) faults.add(code);
      if (faults.size === 0 && isPast(pump, opening)) faults.add('startInPast');
    }
    const over = faults.size === 0 && !override ? overLimit(pump, prescription) : null;
    const until = over?.clearsAt ?? null;
    if (over !== null) faults.add('overLimitForNow');
    if (faults.size > 0) {
      pump.refusedFor('stagePrescription', reasons(faults));
      const shortest = faults.has('bolusTooFast')
        ? (shortestOf(prescription, pump.device) ?? shortestOpening(pump, opening))
        : null;
      return { name: 'refusal', payload: (got) => reasons(faults)(got) ?? unlike({ until, shortest }, got) };
    }
    // What is taken is an event, if only one that stores the time.
    pump.settle();
    return {
      name: 'stagePrescription',
      payload: {
        digest: ANY,
        nextBolus: nextBolus(pump, prescription),
        delivery: pump.deliveryUnder(prescription, run, pump.before),
      },
      learn: (answer) => {
        this.#staged = { prescription, run, override, endOpening, digest: textAt(answer, 'digest') };
      },
    };
  }

  /** Refuses for reasons of which none is the first. */
  #refuseFor(command: string, faults: ReadonlySet<string>): Said {
    this.#pump.refusedFor(command, reasons(faults));
    return { name: 'refusal', payload: reasons(faults) };
  }

  #begin(digest: string): Said {
    const staged = this.#staged;
    const pump = this.#pump;
    if (staged !== undefined) {
      if (pump.opened !== null && !staged.endOpening) return this.#refuse('beginUpdate', 'openingRunning');
      const { opening } = staged.prescription;
      const faults = openingFaults(
        pump,
        opening,
        pump.deliveryUnder(staged.prescription, staged.run, pump.before).mode,
      );
      if (faults.size === 0 && isPast(pump, opening)) faults.add('startInPast');
      if (faults.size > 0) return this.#refuseFor('beginUpdate', faults);
    }
    if (staged !== undefined) this.#pump.updateBegins(digest, overLimit(this.#pump, staged.prescription));
    return { name: 'beginUpdate', payload: {} };
  }

  #commit(digest: string): Said {
    const staged = this.#staged;
    if (staged !== undefined) {
      const { prescription, run } = staged;
      const pump = this.#pump;
      const { mode } = pump.deliveryUnder(prescription, run, pump.beforeUpdate);
      const faults = openingFaults(pump, prescription.opening, mode);
      if (faults.size > 0) return this.#refuseFor('commitUpdate', faults);
    }
    if (staged !== undefined) this.#pump.commit(staged.prescription, staged.run, digest);
    return { name: 'commitUpdate', payload: { record: this.#pump.record } };
  }
}

/** Why not, and whether it is so. */
type Reason = readonly [code: string, so: boolean];

const refusal = (code: string): Said => ({
  name: 'refusal',
  payload: { code, also: [], until: null, shortest: null },
});

/** Of several reasons against a prescription the rules name no first: all must be there, in any order. */
const reasons =
  (faults: ReadonlySet<string>) =>
  (got: Json | undefined): string | undefined => {
    const also = at(got, 'also');
    const told = [at(got, 'code'), ...(isList(also) ? also : [])];
    const all = told.length === faults.size && told.every((code) => typeof code === 'string' && faults.has(code));
    return all ? undefined : `code and also: ${[...faults].join(', ')}`;
  };

/** Bytes that say what was answered. */
const saying =
  (payload: Wanted) =>
  (got: Json | undefined): string | undefined => {
    const found = difference(payload, typeof got === 'string' ? decoded(got) : undefined, 'answered');
    return found === undefined ? undefined : `${found.where}: ${found.expected}, not ${found.got}`;
  };

const unlike = (wanted: Readonly<Record<string, number | null>>, got: Json | undefined): string | undefined =>
  Object.entries(wanted).every(([key, value]) => at(got, key) === value) ? undefined : JSON.stringify(wanted);
