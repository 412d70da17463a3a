import type { Effect, Executor, ExecutorName, PumpEvent, PumpState } from '../../firmware-sim/index.ts';
import {
  DEADLINES,
  factoryContext,
  names,
  plainChart,
  tableExecutor,
  xstateExecutor,
} from '../../firmware-sim/index.ts';
import {
  type DeviceProfile,
  type Instant,
  instant,
  type Prescription,
  parseDuration,
  type Role,
  volume,
} from '../../shared/index.ts';
import { profileOf } from '../harness.ts';
import { prescriptionOf, stagedOf, WALL } from './prescriptions.ts';

export const EXECUTORS = { xstate: xstateExecutor, table: tableExecutor };

type WithoutTime<E> = E extends unknown ? Omit<E, 'at'> : never;
export type Happening = WithoutTime<PumpEvent>;

/** The chart alone, without hardware: events in, effects out, and time that lets deadlines fall due. */
export class ChartOnBench {
  readonly executor: Executor;
  now: Instant = instant(0);

  constructor(
    changes: Partial<DeviceProfile> = {},
    executor: ExecutorName = 'table',
    profile = 'synchromed-ii-like-20',
  ) {
    this.executor = EXECUTORS[executor]({ chart: plainChart, names }, factoryContext(profileOf(profile, changes)));
  }

  get state(): PumpState {
    return this.executor.state();
  }
  get context(): PumpState['context'] {
    return this.state.context;
  }
  /** The state of a region. */
  at(region: string): string {
    return this.state.value[region] ?? '';
  }

  send(happening: Happening): readonly Effect[] {
    return this.executor.send({ ...happening, at: this.now });
  }

  /** The deadline that falls due first, if any. */
  get next(): { type: (typeof DEADLINES)[number]['type']; due: Instant } | undefined {
    const state = this.state;
    let first: { type: (typeof DEADLINES)[number]['type']; due: Instant } | undefined;
    for (const { type, due } of DEADLINES) {
      const when = due(state);
      if (when !== undefined && (first === undefined || when < first.due)) first = { type, due: when };
    }
    return first;
  }

  /** Lets time pass, deadlines falling due on the way, those at the end included. */
  pass(time: string): readonly Effect[] {
    return this.passTo(this.now + parseDuration(time));
  }

  passTo(ms: number): readonly Effect[] {
    const effects: Effect[] = [];
    for (let next = this.next; next !== undefined && next.due <= ms; next = this.next) {
      this.now = next.due;
      effects.push(...this.send({ type: next.type }));
      if (this.next?.type === next.type && this.next.due === next.due) throw new Error(`${next.type} stays due`);
    }
    this.now = instant(ms);
    return effects;
  }

  /** A clinician's session, a prescription staged in it, and its update begun. */
  beginUpdate(prescription: Prescription, run = false, override = false): void {
    if (this.at('telemetry') === 'closed') this.send({ type: 'SESSION_OPENED', role: 'clinician' });
    const staged = stagedOf(prescription, run, override);
    this.send({ type: 'STAGE', staged });
    this.send({ type: 'UPDATE_BEGIN', digest: staged.digest });
  }

  commit(prescription: Prescription, run = false, override = false): readonly Effect[] {
    this.beginUpdate(prescription, run, override);
    return this.send({
      type: 'UPDATE_COMMIT',
      digest: stagedOf(prescription).digest,
      role: 'clinician',
      library: null,
    });
  }

  closeSession(lost = false, role: Role = 'clinician'): readonly Effect[] {
    return this.send({ type: 'SESSION_CLOSED', role, lost });
  }

  enter(amount: string): readonly Effect[] {
    return this.send({ type: 'ENTER_RESERVOIR', volume: volume.parse(amount) });
  }

  press(): 'granted' | 'denied' {
    const before = this.context.granted;
    this.send({ type: 'BOLUS_REQUEST' });
    return this.context.granted > before ? 'granted' : 'denied';
  }
}

/** A chart in service with a full reservoir and a prescription in force, its session closed. */
export function runningChart(
  changes: Partial<DeviceProfile> = {},
  prescription: Prescription = prescriptionOf(),
  executor: ExecutorName = 'table',
): ChartOnBench {
  const pump = new ChartOnBench(changes, executor);
  pump.send({ type: 'POWER_ON' });
  pump.enter('20 mL');
  pump.send({ type: 'IMPLANT', wall: WALL });
  pump.commit(prescription);
  pump.closeSession();
  if (pump.at('infusion') === 'stopped') pump.send({ type: 'RESUME' });
  return pump;
}

/** The kinds of log record among effects, in order. */
export const logged = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) => (effect.type === 'log' ? [effect.kind] : []));
