import { createPump, EventLog, type ExecutorName, memoryStore } from '../../firmware-sim/index.ts';
import {
  type DeviceProfile,
  type Instant,
  instant,
  type Prescription,
  prescriptionDigest,
  type Request,
  Timeline,
  volume,
  type Witness,
} from '../../shared/index.ts';
import { profileOf } from '../harness.ts';
import { ms, ordered, START } from './commanded.ts';
import { HandStation } from './station.ts';

const SERIAL = 'BENCH-2';

/** A pump whose processor can be made to start anew between any two frames; what it says of itself is kept. */
export class PoweredPump {
  readonly timeline = new Timeline();
  readonly store = memoryStore();
  readonly told: string[] = [];
  readonly profile: DeviceProfile;
  readonly #pump: ReturnType<typeof createPump>;
  #take: (frame: Uint8Array) => void = () => undefined;
  #sent: Uint8Array | undefined;
  readonly #clinician = new HandStation((bytes) => this.give(bytes), 'clinician', SERIAL);

  constructor(changes: Partial<DeviceProfile> = {}, executor: ExecutorName = 'table') {
    this.profile = profileOf('synchromed-ii-like-20', changes);
    const witness: Witness = {
      cause: 0,
      hears: () => true,
      tell: (layer, kind, data) => this.told.push(JSON.stringify([this.timeline.now, layer, kind, data])),
      because: (_, what) => what(),
    };
    this.#pump = createPump({
      profile: this.profile,
      serial: SERIAL,
      clock: this.timeline,
      antenna: {
        send: (frame) => {
          this.#sent = frame;
        },
        onFrame: (take) => {
          this.#take = take;
        },
      },
      executor,
      witness,
      store: this.store,
    });
    this.timeline.join(this.#pump.plant);
    this.timeline.join(this.#pump.firmware);
    this.#pump.firmware.powerOn();
    this.open();
    this.ask({ name: 'implant', payload: { serial: SERIAL, wall: START } });
    this.fill();
  }

  get now(): Instant {
    return this.timeline.now;
  }
  /** By the pump's own count. */
  get time(): Instant {
    return this.status.now;
  }
  get status() {
    return this.#pump.firmware.status();
  }

  give(bytes: Uint8Array): Uint8Array | undefined {
    this.#sent = undefined;
    this.#take(bytes);
    return this.#sent;
  }

  /** Asks in the open session: the code of the refusal, if there is one. */
  ask(request: Request): string | undefined {
    const answer = this.#clinician.ask(request);
    return 'refused' in answer ? answer.refused.code : undefined;
  }

  open(): void {
    this.#clinician.open();
  }
  do(name: 'stop' | 'resume' | 'requestBolus' | 'closeSession' | 'minimumRate'): string | undefined {
    return this.ask({ name, payload: {} });
  }
  fill(amount = '20 mL'): string | undefined {
    return this.ask({
      name: 'enterReservoir',
      payload: { serial: SERIAL, volume: volume.parse(amount), aspirated: null },
    });
  }
  stage(prescription: Prescription, run = false): string | undefined {
    return this.ask({
      name: 'stagePrescription',
      payload: { serial: SERIAL, prescription, run, override: false, endOpening: false },
    });
  }
  begin(prescription: Prescription): string | undefined {
    return this.ask({ name: 'beginUpdate', payload: { digest: prescriptionDigest(prescription) } });
  }
  commit(prescription: Prescription): string | undefined {
    return this.ask({ name: 'commitUpdate', payload: { digest: prescriptionDigest(prescription), library: null } });
  }
  prescribe(prescription: Prescription): string | undefined {
    return this.stage(prescription) ?? this.begin(prescription) ?? this.commit(prescription);
  }
  setClock(wall: number): string | undefined {
    return this.ask({ name: 'setClock', payload: { wall: ms(`${wall}ms`) } });
  }

  pass(time: string | number): void {
    this.timeline.advanceTo(instant(this.now + (typeof time === 'number' ? time : ms(time))));
  }
  reset(timeLost: boolean): void {
    this.#pump.plant.inflict({ type: 'reset', timeLost });
    this.timeline.advanceTo(this.now);
  }

  /** The event log as the store holds it. */
  get log() {
    return EventLog.inStore(this.store, this.profile.logCapacity);
  }
  logged(kind: string) {
    return this.log.filter((record) => record.kind === kind).map(({ at, data }) => ({ at: Number(at), ...data }));
  }
}

/** One that runs, its session closed. */
export function powered(
  prescription: Partial<Prescription> = {},
  changes: Partial<DeviceProfile> = {},
  executor: ExecutorName = 'table',
): PoweredPump {
  const pump = new PoweredPump(changes, executor);
  const refused = pump.prescribe(ordered(prescription));
  if (refused !== undefined) throw new Error(`refused: ${refused}`);
  pump.do('closeSession');
  return pump;
}
