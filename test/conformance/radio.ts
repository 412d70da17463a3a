import type { Json } from '../../shared/index.ts';
import { ANY, at, flagAt, isList, numberAt, textAt, type Wanted } from './json.ts';
import type { Memory } from './memory.ts';
import { nextBolus, overLimit, overLimitByClock } from './next-bolus.ts';
import { faultsOf, type Prescription, readPrescription, shortestOf } from './prescription.ts';
import type { Pump } from './pump.ts';
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
}

interface Session {
  readonly role: string;
  heard: number;
  /** The sequence number of the frame that opened it, of the last one taken, and the answer to that. */
  readonly opening: number;
  sequence: number;
  answer: Answer | undefined;
}

/** Commands for clinicians alone. */
const BY_PATIENTS = new Set(['openSession', 'closeSession', 'interrogate', 'requestBolus']);

/** What a pump that delivers no more takes no more. */
const ENDED_AT_END = new Set(['stagePrescription', 'beginUpdate', 'commitUpdate', 'resume', 'minimumRate']);

/** The pump's end of the link: sessions, and what a command leads to or why it is refused. */
export class Radio {
  readonly #pump: Pump;
  readonly #memory: Memory;
  readonly #sessions = new Map<number, Session>();
  /** The session closed last, whose farewell may be asked for again. */
  #ended: { readonly id: number; readonly sequence: number; readonly answer: Answer } | undefined;
  serial: string | undefined;
  #staged: { prescription: Prescription; run: boolean; override: boolean; digest: string } | undefined;

  constructor(pump: Pump, memory: Memory, serial: string | undefined) {
    [this.#pump, this.#memory, this.serial] = [pump, memory, serial];
  }

  /** When the first session has been silent too long, as pump time. */
  due(): number | undefined {
    const heard = [...this.#sessions.values()].map((session) => session.heard);
    return heard.length === 0 ? undefined : Math.min(...heard) + this.#pump.device.sessionTimeout;
  }

  /** Closes the sessions that have been silent too long; of two at one instant the patient's first. */
  expire(): void {
    const patientsFirst = [...this.#sessions].sort(([, a], [, b]) => (a.role < b.role ? 1 : a.role > b.role ? -1 : 0));
    for (const [id, { role, heard }] of patientsFirst) {
      if (heard + this.#pump.device.sessionTimeout > this.#pump.now) continue;
      this.#sessions.delete(id);
      this.#pump.sessionClosed(role, true, id);
    }
  }

  /** A reset ends every session without a word, and forgets what was sent but is not in force. */
  reset(): void {
    this.#sessions.clear();
    this.#ended = undefined;
    this.#staged = undefined;
  }

  /** What the pump answers; undefined where it answers nothing. */
  take(frame: Frame): Answer | undefined {
    const to = frame.from;
    if (frame.name === 'openSession') return this.#open(frame);
    const session = this.#sessions.get(frame.session);
    const ended = this.#ended;
    if (session === undefined && ended?.id === frame.session && ended.sequence === frame.sequence) return ended.answer;
    if (session === undefined) {
      if (frame.session !== 0) this.#pump.frameRejected('session');
      return { to, ...refusal('noSession') };
    }
    // What was overtaken by a later request is asked too late; the same again is answered as it was.
    if (frame.sequence < session.sequence) return this.#reject('sequence');
    if (frame.sequence === session.sequence && session.answer !== undefined) return session.answer;
    session.heard = this.#pump.now;
    const answer = { to, ...this.#inSession(frame, session) };
    [session.sequence, session.answer] = [frame.sequence, answer];
    if (!this.#sessions.has(frame.session)) this.#ended = { id: frame.session, sequence: frame.sequence, answer };
    return answer;
  }

  #reject(error: string): undefined {
    this.#pump.frameRejected(error);
    return undefined;
  }

  #inSession(frame: Frame, session: Session): Omit<Answer, 'to'> {
    const { name } = frame;
    if (session.role === 'patient' && !BY_PATIENTS.has(name)) return this.#refuse(name, 'roleTooLow');
    const serial = at(frame.payload, 'serial');
    if (typeof serial === 'string' && this.serial !== undefined && serial !== this.serial) {
      return this.#refuse(name, 'wrongSerial');
    }
    return this.#command(frame, session);
  }

  #open({ from, sequence, payload: asked }: Frame): Answer {
    const role = textAt(asked, 'role');
    // Nobody speaks from two heads at once: who opens a session has lost the one before, unless only its answer was lost.
    for (const [id, open] of this.#sessions) {
      if (open.role !== role) continue;
      if (open.opening === sequence && open.sequence === sequence && open.answer !== undefined) return open.answer;
      this.#sessions.delete(id);
      this.#pump.sessionClosed(role, true, id);
    }
    this.#pump.sessionOpened(role);
    const session: Session = { role, heard: this.#pump.now, opening: sequence, sequence, answer: undefined };
    const answer: Answer = {
      to: from,
      name: 'openSession',
      payload: {
        serial: this.serial ?? ANY,
        profile: this.#pump.device.name,
        session: ANY,
        alarms: this.#pump.alarms.told.map(({ code }) => code),
        now: this.#pump.now,
      },
      learn: (payload) => {
        this.#sessions.set(numberAt(payload, 'session'), session);
        this.serial = textAt(payload, 'serial');
      },
    };
    session.answer = answer;
    return answer;
  }

  /** Refuses for the first reason that is so, and tells the others. */
  #refuse(
    command: string,
    code: string,
    also: readonly string[] = [],
    until: number | null = null,
  ): Omit<Answer, 'to'> {
    this.#pump.refused(command, code, also);
    return { name: 'refusal', payload: { code, also, until, shortest: null } };
  }

  #command(frame: Frame, session: Session): Omit<Answer, 'to'> {
    const pump = this.#pump;
    const { name, payload } = frame;
    const done = (answer: Wanted = {}): Omit<Answer, 'to'> => ({ name, payload: answer });
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
      case 'readHistory':
        return done(this.#memory.history(numberAt(payload, 'from')));
      case 'readLog':
        return done(this.#memory.log(numberAt(payload, 'from')));
      default:
        return name === 'silenceAlarm' ? this.#silence(frame) : this.#clinician(name, payload);
    }
  }

  #request(): Omit<Answer, 'to'> {
    const pump = this.#pump;
    const denial = pump.request();
    if (denial !== undefined) return { name: 'refusal', payload: { ...denial, shortest: null } };
    const { bolus } = pump;
    const volume = bolus === null ? ANY : bolus.rate * (bolus.end - bolus.start);
    const next = nextBolus(pump, pump.prescription);
    return { name: 'requestBolus', payload: { ends: bolus?.end ?? ANY, volume, nextBolus: next } };
  }

  #silence({ name, session, payload }: Frame): Omit<Answer, 'to'> {
    const pump = this.#pump;
    const silenced = pump.alarms.silence(textAt(payload, 'alarm'), session, pump.now);
    if (typeof silenced === 'number') return { name, payload: { until: silenced } };
    pump.refused(name, silenced.code, silenced.also);
    return { name: 'refusal', payload: { ...silenced, shortest: null } };
  }

  #clinician(name: string, payload: Json): Omit<Answer, 'to'> {
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
        ['alreadyRunning', mode === 'basal'],
        ['alreadyAtMinimum', mode === 'minimumRate' && pump.isAtMinimumByProgram],
        empty,
        [`${pump.level()}Reservoir`, mode === 'minimumRate' && pump.atMinimumByPolicy && !empty[1]],
      ],
      minimumRate: [onShelf, ended, updating, noPrescription, ['alreadyAtMinimum', mode === 'minimumRate'], empty],
    };
    return (reasons[name] ?? [ended]).filter(([, so]) => so).map(([reason]) => reason);
  }

  #stage(payload: Json): Omit<Answer, 'to'> {
    const pump = this.#pump;
    const prescription = readPrescription(at(payload, 'prescription'));
    const [run, override] = [flagAt(payload, 'run'), flagAt(payload, 'override')];
    const faults = faultsOf(prescription, pump.device);
    const over = faults.size === 0 && !override ? overLimit(pump, prescription) : null;
    const until = over?.clearsAt ?? null;
    if (over !== null) faults.add('overLimitForNow');
    if (faults.size > 0) {
      pump.refusedFor('stagePrescription', reasons(faults));
      const shortest = faults.has('bolusTooFast') ? shortestOf(prescription, pump.device) : null;
      return { name: 'refusal', payload: (got) => reasons(faults)(got) ?? unlike({ until, shortest }, got) };
    }
    // What is taken is an event, if only one that stores the time.
    pump.settle();
    return {
      name: 'stagePrescription',
      payload: {
        digest: ANY,
        nextBolus: nextBolus(pump, prescription),
        delivery: pump.deliveryUnder(prescription, run, pump),
      },
      learn: (answer) => {
        this.#staged = { prescription, run, override, digest: textAt(answer, 'digest') };
      },
    };
  }

  #begin(digest: string): Omit<Answer, 'to'> {
    const staged = this.#staged;
    if (staged !== undefined) this.#pump.updateBegins(digest, overLimit(this.#pump, staged.prescription));
    return { name: 'beginUpdate', payload: {} };
  }

  #commit(digest: string): Omit<Answer, 'to'> {
    const staged = this.#staged;
    if (staged !== undefined) this.#pump.commit(staged.prescription, staged.run, digest);
    return { name: 'commitUpdate', payload: { record: this.#pump.record } };
  }
}

/** Why not, and whether it is so. */
type Reason = readonly [code: string, so: boolean];

const refusal = (code: string): Omit<Answer, 'to'> => ({
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

const unlike = (wanted: Readonly<Record<string, number | null>>, got: Json | undefined): string | undefined =>
  Object.entries(wanted).every(([key, value]) => at(got, key) === value) ? undefined : JSON.stringify(wanted);
