import type { Json } from '../../shared/index.ts';
import { DEFAULT, MINIMUM, NOTHING } from './conditions.ts';
import type { Emergencies } from './emergencies.ts';
import { ANY, at, flagAt, isList, listAt, numberAt, textAt, type Wanted, wantedOf } from './json.ts';
import type { Memory } from './memory.ts';
import { hourlyLimitOf, nextBolus, overLimit, overLimitByClock } from './next-bolus.ts';
import { isPast, openingFaults, shortestOpening } from './opening.ts';
import { faultsOf, type Prescription, readPrescription, shortestOf } from './prescription.ts';
import type { Pump } from './pump.ts';
import { type Frame, refusal, type Said } from './said.ts';
import { againstOrder } from './single-bolus.ts';
import { statusOf } from './status.ts';

/** What a pump that delivers no more takes no more. */
const ENDED_AT_END = new Set([
  'stagePrescription',
  'beginUpdate',
  'commitUpdate',
  'resume',
  'minimumRate',
  'clinicianBolus',
]);

/** What a request inside a session leads to, or why it is refused. */
export class Commands {
  readonly #pump: Pump;
  readonly #memory: Memory;
  readonly #emergencies: Emergencies;
  readonly #serial: () => string | undefined;
  #staged:
    | { prescription: Prescription; run: boolean; override: boolean; endOpening: boolean; digest: string }
    | undefined;

  constructor(pump: Pump, memory: Memory, emergencies: Emergencies, serial: () => string | undefined) {
    [this.#pump, this.#memory, this.#emergencies, this.#serial] = [pump, memory, emergencies, serial];
  }

  /** A reset forgets what was sent but is not in force. */
  reset(): void {
    this.#staged = undefined;
  }

  /** Refuses for the first reason that is so, and tells the others. */
  #refuse(command: string, code: string, also: readonly string[] = [], until: number | null = null): Said {
    this.#pump.refused(command, code, also);
    return refusal(code, also, until);
  }

  /** A locked memory takes nothing that programs, whatever else stands against it. */
  #refuseLocked(command: string, ...others: readonly Reason[]): Said {
    const also = others.filter(([, so]) => so).map(([code]) => code);
    return this.#refuse(command, 'memoryLocked', also);
  }

  /** What somebody in a session of a role is answered. */
  take(frame: Frame, role: string): Said {
    const { name, payload } = frame;
    const told = at(payload, 'serial');
    const serial = this.#serial();
    if (typeof told === 'string' && serial !== undefined && told !== serial) return this.#refuse(name, 'wrongSerial');
    const pump = this.#pump;
    const done = (answer: Wanted = {}): Said => ({ name, payload: answer });
    switch (name) {
      case 'interrogate':
        return done(statusOf(pump, serial ?? ANY));
      case 'implant':
        if (pump.memoryLocked) return this.#refuseLocked(name, ['alreadyImplanted', pump.service !== 'shelf']);
        if (pump.service !== 'shelf') return this.#refuse(name, 'alreadyImplanted');
        pump.implant(numberAt(payload, 'wall'));
        return done();
      case 'enterReservoir': {
        const volume = numberAt(payload, 'volume');
        const isTooMuch = volume > pump.device.reservoirCapacity;
        if (pump.memoryLocked) return this.#refuseLocked(name, ['overCapacity', isTooMuch]);
        if (isTooMuch) return this.#refuse(name, 'overCapacity');
        const aspirated = at(payload, 'aspirated');
        return done(pump.enterReservoir(volume, typeof aspirated === 'number' ? aspirated : null));
      }
      case 'noteDiscrepancy': {
        if (pump.memoryLocked) return this.#refuseLocked(name);
        const [expected, aspirated] = [numberAt(payload, 'expected'), numberAt(payload, 'aspirated')];
        const [reason, note] = [textAt(payload, 'reason'), textAt(payload, 'note')];
        pump.discrepancyNoted({ expected, aspirated, reason, note });
        return done();
      }
      case 'requestBolus':
        return this.#request();
      case 'clinicianBolus':
        return this.#order(frame);
      case 'readHistory':
        return done(this.#memory.history(numberAt(payload, 'from')));
      case 'readLog':
        return done(this.#memory.log(numberAt(payload, 'from')));
      case 'noteLimit':
        return this.#note(frame);
      default:
        return name === 'silenceAlarm' ? this.#silence(frame) : this.#clinician(name, payload, role);
    }
  }

  #request(): Said {
    const pump = this.#pump;
    const denial = pump.request();
    if (denial !== undefined) return refusal(denial.code, denial.also, denial.until);
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

  /** What is told of the limits of a drug library is written down as it is told, and leads to nothing. */
  #note({ name, payload }: Frame): Said {
    const answer = textAt(payload, 'answer');
    const library = `${textAt(at(payload, 'library'), 'name')} ${textAt(at(payload, 'library'), 'version')}`;
    for (const limit of listAt(payload, 'limits')) {
      const [drug, which, value] = [textAt(limit, 'drug'), textAt(limit, 'limit'), numberAt(limit, 'value')];
      this.#pump.limitNoted(answer, {
        drug,
        limit: which,
        value,
        bound: wantedOf(at(limit, 'bound') ?? null),
        library,
      });
    }
    return { name, payload: {} };
  }

  #clinician(name: string, payload: Json, role: string): Said {
    const pump = this.#pump;
    const [code, ...also] = this.#against(name, payload, role);
    if (code !== undefined) {
      if (this.#emergencies.tells(role, 'refused')) pump.refused(name, code, also);
      return refusal(code, also, code === 'selfTest' ? pump.testedAt : null);
    }
    const done = { name, payload: {} };
    switch (name) {
      case 'stagePrescription':
        return this.#stage(payload);
      case 'beginUpdate':
        return this.#begin(textAt(payload, 'digest'));
      case 'commitUpdate':
        return this.#commit(textAt(payload, 'digest'), at(payload, 'library') ?? null);
      case 'stop':
        pump.stop(role);
        return done;
      case 'resume':
        pump.resume();
        return done;
      case 'minimumRate':
        pump.minimumRate();
        return done;
      case 'clearAlarm':
        pump.clearAlarm(textAt(payload, 'alarm'));
        return done;
      case 'setAlarmInterval':
        if (!pump.alarms.setCriticalInterval(numberAt(payload, 'interval')))
          return this.#refuse(name, 'intervalOutOfRange');
        pump.settle();
        return done;
      case 'testAlarm':
        pump.alarms.test();
        pump.settle();
        return { name, payload: { critical: pump.device.criticalToneLength, nonCritical: pump.device.toneLength } };
      case 'setClock': {
        const wall = numberAt(payload, 'wall');
        const over = overLimitByClock(pump, wall);
        const hour = overLimitByClock(pump, wall, true);
        const also = hour === null ? [] : ['hourlyMaximum'];
        if (pump.memoryLocked)
          return this.#refuseLocked(
            name,
            ['updating', pump.mode === 'updating'],
            ['overLimitForNow', over !== null],
            ['hourlyMaximum', hour !== null],
          );
        if (over !== null) return this.#refuse(name, 'overLimitForNow', also, over.clearsAt);
        if (hour !== null) return this.#refuse(name, 'hourlyMaximum', [], hour.clearsAt);
        pump.setClock(wall);
        return done;
      }
      default:
        // A command the checker knows nothing of: whatever it does to delivery will be seen.
        return { name: '', payload: ANY };
    }
  }

  /** Everything that stands against a clinician's command now, in the order it is told. */
  #against(name: string, payload: Json, role: string): readonly string[] {
    const pump = this.#pump;
    const { mode, prescription } = pump;
    const alarm = name === 'clearAlarm' ? textAt(payload, 'alarm') : '';
    const notStaged = this.#staged === undefined || this.#staged.digest !== at(payload, 'digest');
    const fits = name !== 'setAlarmInterval' || pump.alarms.takesInterval(numberAt(payload, 'interval'));
    const onShelf: Reason = ['onShelf', pump.service === 'shelf'];
    const locked: Reason = ['memoryLocked', pump.memoryLocked];
    const ended: Reason = ['endOfService', pump.ended && ENDED_AT_END.has(name)];
    const testing: Reason = ['selfTest', pump.isTesting];
    const updating: Reason = ['updating', mode === 'updating'];
    const noPrescription: Reason = ['noPrescription', prescription === null];
    const barred = (most: number) => pump.againstMoreThan(most).map((code): Reason => [code, true]);
    const reasons: Readonly<Record<string, readonly Reason[]>> = {
      stagePrescription: [locked, onShelf, ended, updating],
      beginUpdate: [locked, ended, updating, ['notStaged', notStaged]],
      commitUpdate: [locked, ended, ['notUpdating', mode !== 'updating'], ['notStaged', notStaged]],
      stop: [onShelf, ended, ['alreadyStopped', mode === 'stopped' && pump.clearedByStop(role) === undefined]],
      resume: [
        onShelf,
        ended,
        testing,
        updating,
        noPrescription,
        ['alreadyRunning', pump.isRunning],
        ['alreadyAtMinimum', mode === 'minimumRate' && pump.isAtMinimumByProgram],
        ...barred(mode === 'minimumRate' ? MINIMUM : mode === 'defaultSchedule' ? DEFAULT : NOTHING),
        ['alarmActive', pump.isAlarmed],
      ],
      minimumRate: [
        onShelf,
        ended,
        ['selfTest', pump.isTesting && mode === 'stopped'],
        updating,
        noPrescription,
        ['alreadyAtMinimum', mode === 'minimumRate'],
        ...barred(NOTHING),
      ],
      setAlarmInterval: [locked, ['intervalOutOfRange', pump.memoryLocked && !fits]],
      testAlarm: [],
      clearAlarm: pump.conditions
        .against(alarm, pump.alarms.has(alarm), pump.isMistaken(alarm))
        .map((code): Reason => [code, true]),
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
      for (const code of openingFaults(pump, prescription, mode)) faults.add(code);
      if (faults.size === 0 && isPast(pump, opening)) faults.add('startInPast');
    }
    const over = faults.size === 0 && !override ? overLimit(pump, prescription) : null;
    const hour = faults.size === 0 ? overLimit(pump, prescription, hourlyLimitOf(pump)) : null;
    const until = (over ?? hour)?.clearsAt ?? null;
    if (over !== null) faults.add('overLimitForNow');
    if (hour !== null) faults.add('hourlyMaximum');
    if (faults.size > 0) {
      pump.refusedFor('stagePrescription', reasons(faults));
      // How long it would have to be is told of the reason that is the answer.
      const shortest = (got: Json | undefined) =>
        at(got, 'code') === 'bolusTooFast'
          ? (shortestOf(prescription, pump.device) ?? shortestOpening(pump, opening))
          : null;
      return {
        name: 'refusal',
        payload: (got) => reasons(faults)(got) ?? unlike({ until, shortest: shortest(got) }, got),
      };
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
        staged.prescription,
        pump.deliveryUnder(staged.prescription, staged.run, pump.before).mode,
      );
      if (faults.size === 0 && isPast(pump, opening)) faults.add('startInPast');
      if (faults.size > 0) return this.#refuseFor('beginUpdate', faults);
    }
    if (staged !== undefined) this.#pump.updateBegins(digest, overLimit(this.#pump, staged.prescription));
    return { name: 'beginUpdate', payload: {} };
  }

  #commit(digest: string, library: Json): Said {
    const staged = this.#staged;
    if (staged !== undefined) {
      const { prescription, run } = staged;
      const pump = this.#pump;
      const { mode } = pump.deliveryUnder(prescription, run, pump.beforeUpdate);
      const faults = openingFaults(pump, prescription, mode);
      if (faults.size > 0) return this.#refuseFor('commitUpdate', faults);
    }
    if (staged !== undefined) this.#pump.commit(staged.prescription, staged.run, digest, library);
    return { name: 'commitUpdate', payload: { record: this.#pump.record } };
  }
}

/** Why not, and whether it is so. */
type Reason = readonly [code: string, so: boolean];

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
