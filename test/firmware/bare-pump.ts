import { createPump, EventLog, type ExecutorName, memoryStore, type Store } from '../../firmware-sim/index.ts';
import {
  type AfterBolus,
  type AlarmCode,
  type Answer,
  type DeviceProfile,
  type Instant,
  instant,
  type LogData,
  type Prescription,
  parseDuration,
  prescriptionDigest,
  type Refusal,
  type RefusalCode,
  type Request,
  type Role,
  rateOver,
  silent,
  Timeline,
  volume,
  type WallClock,
  type Witness,
} from '../../shared/index.ts';
import { profileOf } from '../harness.ts';
import { WALL } from './prescriptions.ts';
import { HandStation } from './station.ts';

export { answerIn } from './station.ts';

export const SERIAL = 'BENCH-1';

/** A pump alone on the bench: frames go straight into its antenna, and nobody asks twice. */
export class BarePump {
  readonly timeline: Timeline;
  readonly store: Store;
  readonly profile: DeviceProfile;
  readonly firmware: ReturnType<typeof createPump>['firmware'];
  readonly plant: ReturnType<typeof createPump>['plant'];
  #take: (frame: Uint8Array) => void = () => undefined;
  #sent: Uint8Array[] = [];
  /** Called as the pump sends an answer. */
  onAnswer: () => void = () => undefined;

  /** A new pump; or, on a store that somebody has used, one that starts at a time of its own clock, or without. */
  constructor(
    changes: Partial<DeviceProfile> = {},
    executor: ExecutorName = 'table',
    store: Store = memoryStore(),
    start: { readonly at: Instant; readonly timeLost: boolean } = { at: instant(0), timeLost: false },
    witness: Witness = silent,
  ) {
    this.timeline = new Timeline(start.at);
    this.profile = profileOf('synchromed-ii-like-20', changes);
    this.store = store;
    const { firmware, plant } = createPump({
      profile: this.profile,
      serial: SERIAL,
      clock: this.timeline,
      antenna: { send: (frame) => this.#send(frame), onFrame: (take) => this.#listen(take) },
      executor,
      witness,
      store: this.store,
    });
    this.firmware = firmware;
    this.plant = plant;
    this.timeline.join(plant);
    this.timeline.join(firmware);
    firmware.powerOn(start.timeLost);
  }

  #send(frame: Uint8Array): void {
    this.#sent.push(frame);
    this.onAnswer();
  }

  #listen(take: (frame: Uint8Array) => void): void {
    this.#take = take;
  }

  /** Gives bytes to the antenna; what the pump sends back, if anything. */
  give(bytes: Uint8Array): Uint8Array | undefined {
    this.#sent = [];
    this.#take(bytes);
    return this.#sent[0];
  }

  pass(time: string): void {
    this.timeline.advanceTo(instant(this.timeline.now + parseDuration(time)));
  }

  status() {
    return this.firmware.status();
  }

  /** What the event log in the store holds of one kind. */
  logged(kind: string): LogData[] {
    return EventLog.inStore(this.store, this.profile.logCapacity)
      .filter((record) => record.kind === kind)
      .map(({ data }) => data);
  }

  /** Lets the processor start anew. */
  reset(timeLost: boolean): void {
    this.plant.inflict({ type: 'reset', timeLost });
  }

  open(role: Role, serial = this.status().serial): Speaker {
    return new Speaker(this, role, serial);
  }
}

export const refusalOf = (answer: Answer): Refusal | undefined => ('refused' in answer ? answer.refused : undefined);

/** Somebody in an open session: asks, and reads the answer from its bytes. */
export class Speaker extends HandStation {
  constructor(pump: BarePump, role: Role, serial = SERIAL) {
    super((bytes) => pump.give(bytes), role, serial);
    this.open();
  }

  /** The code of the refusal a request gets; undefined where it is carried out. */
  refused(request: Request): RefusalCode | undefined {
    return refusalOf(this.ask(request))?.code;
  }

  stage(prescription: Prescription, run = false, override = false, endOpening = false): Answer {
    const payload = { serial: SERIAL, prescription, run, override, endOpening };
    return this.ask({ name: 'stagePrescription', payload });
  }

  begin(prescription: Prescription): Answer {
    return this.ask({ name: 'beginUpdate', payload: { digest: prescriptionDigest(prescription) } });
  }

  commit(prescription: Prescription): Answer {
    return this.ask({ name: 'commitUpdate', payload: { digest: prescriptionDigest(prescription), library: null } });
  }

  /** Stages, begins and commits. */
  prescribe(prescription: Prescription, run = false): Answer {
    this.stage(prescription, run);
    this.begin(prescription);
    return this.commit(prescription);
  }

  enter(amount: string): Answer {
    return this.ask({
      name: 'enterReservoir',
      payload: { serial: SERIAL, volume: volume.parse(amount), aspirated: null },
    });
  }

  do(name: 'stop' | 'resume' | 'minimumRate' | 'requestBolus' | 'closeSession' | 'interrogate'): Answer {
    return this.ask({ name, payload: {} });
  }

  silence(alarm: AlarmCode): Answer {
    return this.ask({ name: 'silenceAlarm', payload: { alarm } });
  }

  /** Orders a single bolus. */
  order(amount: string, time: string, then: AfterBolus = 'basal'): Answer {
    const duration = parseDuration(time);
    const payload = { serial: SERIAL, rate: rateOver(volume.parse(amount), duration), duration, then };
    return this.ask({ name: 'clinicianBolus', payload });
  }

  clear(alarm: AlarmCode): Answer {
    return this.ask({ name: 'clearAlarm', payload: { serial: SERIAL, alarm } });
  }

  implant(wall: WallClock = WALL): Answer {
    return this.ask({ name: 'implant', payload: { serial: SERIAL, wall } });
  }

  setClock(wall: WallClock): Answer {
    return this.ask({ name: 'setClock', payload: { wall } });
  }
}

/** A pump filled with 20 mL, implanted, and in a clinician's session. */
export function implantedPump(changes: Partial<DeviceProfile> = {}, executor: ExecutorName = 'table', store?: Store) {
  const pump = new BarePump(changes, executor, store);
  const clinician = pump.open('clinician');
  clinician.enter('20 mL');
  clinician.implant();
  return { pump, clinician };
}
