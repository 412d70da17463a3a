import { Programmer, type ProgrammerOptions } from '../../programmer/index.ts';
import {
  type Answer,
  answerBytes,
  type Clock,
  decodeFrame,
  encodeFrame,
  type Instant,
  instant,
  type Key,
  type MessageName,
  type Port,
  type Prescription,
  parseDuration,
  prescriptionDigest,
  proportion,
  type RefusalCode,
  type Request,
  readRequest,
  roleKey,
  type Status,
  sessionKey,
  silent,
  simulatedPairing,
  simulatedSecret,
  span,
  volume,
} from '../../shared/index.ts';
import { profileOf } from '../harness.ts';
import { NONCES, STATUS } from '../shared/examples.ts';

/** A clock set by hand. */
export class HandClock implements Clock {
  now: Instant = instant(0);
}

export const refused = (code: RefusalCode): Answer => ({
  refused: { code, also: [], until: null, shortest: null },
});

/** What a fake pump answers to a press: a bolus that begins at its instant. */
export const GRANT = {
  ends: instant(STATUS.now + 120_000),
  volume: volume.parse('0.02 mL'),
  nextBolus: instant(STATUS.now + 14_400_000),
} as const;

/** How a pump departs from an honest one: it does and answers something else than `honest`, or is silent. */
export type Tampering = { readonly [N in MessageName]?: (honest: () => Answer) => Answer | 'silence' };

/** A pump made of answers: nothing in it pumps. It answers honestly unless it is tampered with. */
export class FakePump {
  readonly asked: Request[] = [];
  tampering: Tampering = {};
  status: Status = STATUS;
  /** When a patient's bolus would be possible after what was staged. */
  nextBolus: Instant | null = null;
  #staged: Prescription | null = null;
  #session = 0;
  #key: Key | null = null;
  #take: (frame: Uint8Array) => void = () => {};
  readonly #waiting: Uint8Array[] = [];

  readonly port: Port = {
    send: (frame) => {
      this.#waiting.push(frame);
    },
    onFrame: (take) => {
      this.#take = take;
    },
  };

  /** The names of what it was asked. */
  get names(): MessageName[] {
    return this.asked.map(({ name }) => name);
  }

  /** Answers everything it was sent, and what is sent because of the answers. */
  answerAll(): void {
    for (let bytes = this.#waiting.shift(); bytes !== undefined; bytes = this.#waiting.shift()) {
      const frame = decodeFrame(bytes);
      if ('error' in frame) throw new Error(`the programmer sent a frame of wrong ${frame.error}`);
      const request = readRequest(frame.type, frame.payload);
      if ('error' in request) throw new Error(`the programmer sent a request of wrong ${request.error}`);
      this.asked.push(request);
      const honest = () => this.#honest(request);
      const answer = (this.tampering[request.name] ?? ((asItIs) => asItIs()))(honest);
      if (answer === 'silence') continue;
      this.#take(encodeFrame({ ...frame, ...answerBytes(answer) }, frame.session === 0 ? null : this.#key));
    }
  }

  #honest(request: Request): Answer {
    switch (request.name) {
      case 'openSession': {
        const { serial, profile } = this.status;
        const { role, nonce: station } = request.payload;
        this.#session += 1;
        const nonces = { session: this.#session, station, pump: NONCES.pump };
        this.#key = sessionKey(roleKey(simulatedPairing(serial), role), nonces);
        const payload = { session: this.#session, serial, profile, nonce: NONCES.pump };
        return { reply: { name: 'openSession', payload } };
      }
      case 'authenticate': {
        const { alarms, now } = this.status;
        return { reply: { name: 'authenticate', payload: { alarms: alarms.map(({ code }) => code), now } } };
      }
      case 'recall':
        return { reply: { name: 'recall', payload: { became: 'neverArrived', answer: null } } };
      case 'interrogate':
        return { reply: { name: 'interrogate', payload: this.status } };
      case 'enterReservoir': {
        const expected = this.status.volume;
        this.status = { ...this.status, volume: request.payload.volume };
        return { reply: { name: 'enterReservoir', payload: { expected, commanded: volume.parse('4 mL') } } };
      }
      case 'stagePrescription':
        this.#staged = request.payload.prescription;
        return {
          reply: {
            name: 'stagePrescription',
            payload: {
              digest: prescriptionDigest(request.payload.prescription),
              nextBolus: this.nextBolus,
              delivery: { mode: 'basal', why: null },
            },
          },
        };
      case 'commitUpdate':
        this.status = { ...this.status, prescription: this.#staged, record: this.status.record + 1 };
        return { reply: { name: 'commitUpdate', payload: { record: this.status.record } } };
      case 'setClock':
        this.status = { ...this.status, wall: request.payload.wall };
        return { reply: { name: 'setClock', payload: {} } };
      case 'readHistory':
        return { reply: { name: 'readHistory', payload: { entries: [], total: 0, anchor: null } } };
      case 'readLog':
        return { reply: { name: 'readLog', payload: { records: [], next: 1, dropped: 0 } } };
      case 'requestBolus':
        return { reply: { name: 'requestBolus', payload: GRANT } };
      case 'clinicianBolus':
        return { reply: { name: 'clinicianBolus', payload: { ends: instant(1), volume: volume.parse('0.1 mL') } } };
      case 'silenceAlarm':
        return { reply: { name: 'silenceAlarm', payload: { until: instant(120_000) } } };
      case 'testAlarm':
        return { reply: { name: 'testAlarm', payload: { critical: span(3000), nonCritical: span(1000) } } };
      default:
        return { reply: { name: request.name, payload: {} } };
    }
  }
}

/**
 * A programmer before a fake pump, with a clock that stands still unless somebody waits. Local time stands
 * still too, `ahead` milliseconds ahead of what the pump shows at first.
 */
export function atFakePump(
  options: Partial<ProgrammerOptions> & { readonly tampering?: Tampering; readonly ahead?: number } = {},
) {
  const { ahead = 0 } = options;
  const pump = new FakePump();
  pump.tampering = options.tampering ?? {};
  const clock = new HandClock();
  /** How far the programmer's local time has gone on. */
  const local = { passed: 0 };
  const programmer = new Programmer({
    port: pump.port,
    clock,
    localTime: () => span((STATUS.wall ?? 0) + ahead + local.passed),
    serial: STATUS.serial,
    lowReservoirDefault: volume.parse('2 mL'),
    deadSpace: profileOf('synchromed-ii-like-20'),
    clockTolerance: parseDuration('5min'),
    dayRules: profileOf('synchromed-ii-like-20'),
    flowAccuracy: proportion.parse('14.5 %'),
    witness: silent,
    pairing: simulatedPairing,
    secret: simulatedSecret('a programmer'),
    library: null,
    ...options,
  });
  const wait = () => {
    const due = programmer.due();
    if (due === undefined) throw new Error('the programmer waits for nothing');
    clock.now = due;
    programmer.wake(due);
    pump.answerAll();
  };
  return {
    pump,
    clock,
    local,
    programmer,
    /** Lets the programmer's next deadline pass. */
    wait,
    /** Does an act, waiting for whatever it takes. */
    act(act: Parameters<Programmer['act']>[0]) {
      programmer.act(act);
      pump.answerAll();
      while (programmer.outcome() === 'pending') wait();
      return programmer.outcome();
    },
  };
}
