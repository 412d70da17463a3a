import { expect } from 'vitest';
import { countAt } from '../../firmware-sim/firmware/rules/bolus-count.ts';
import { silenced } from '../../firmware-sim/firmware/rules/silence.ts';
import type { ExecutorName, PumpEvent } from '../../firmware-sim/index.ts';
import { type DeviceProfile, type Prescription, parseDuration, rate, type Status, volume } from '../../shared/index.ts';
import { BarePump, SERIAL, type Speaker } from './bare-pump.ts';
import { ChartOnBench } from './chart-on-bench.ts';
import { firstDue } from './life.ts';
import { type Path, type Reached, shortestPaths } from './model.ts';
import { prescriptionOf, stagedOf, WALL } from './prescriptions.ts';

/*
 * The chart as a model, the pump behind its antenna as the thing tested: a path the model knows is walked in frames
 * and time, and after each step the pump's status shows what the model says.
 */

const withBolus = prescriptionOf({ bolus: { lockout: '1h', maxPerDay: 2 } });
const without = prescriptionOf({ basal: '0.5 mL/day', bolus: null });
const CHANGES: Partial<DeviceProfile> = {
  lowReservoirPolicy: 'minimumRate',
  emptyPolicy: 'stop',
  sessionTimeout: parseDuration('10000d'),
  // A battery that gives out ends service before the reservoir is low.
  eriToEndOfService: parseDuration('3h'),
  patientBolusDuringClinicianBolus: 'preempt',
};

/** 0.1 mL in half an hour. */
const ORDER = { rate: rate.parse('4.8 mL/day'), duration: parseDuration('30min') };

const FULL = volume.parse('20 mL');
const LOW = volume.parse('2 mL');
const MOST_STEPS = 20_000;

/** What model and status can both tell. */
const shown = ({
  service = '',
  infusion = '',
  patientControl = '',
  reservoir = '',
  why,
  prescription,
  given,
}: {
  service?: string;
  infusion?: string;
  patientControl?: string;
  reservoir?: string;
  why: string | undefined;
  prescription: Prescription | null;
  given: number;
}): string => {
  const bolus = prescription?.patientBolus == null ? 'without bolus' : 'with bolus';
  return [service, infusion, why ?? '', patientControl, reservoir, bolus, given].join(' ');
};
const shownBy = ({
  service,
  infusion,
  patientControl,
  reservoir,
  stopped,
  prescription,
  bolusesGiven,
}: Status): string =>
  shown({ service, infusion, patientControl, reservoir, why: stopped?.why, prescription, given: bolusesGiven });
const shownIn = ({ value, context, now }: Reached): string =>
  shown({ ...value, why: context.stopped?.why, prescription: context.prescription, given: countAt(context, now) });

/** What tells states of the model apart: what is shown, and what an answer may depend on besides. */
const key = (state: Reached): string => {
  const { value, context } = state;
  const staged = context.staged === null ? '' : context.staged.prescription.patientBolus === null ? 'without' : 'with';
  const { clinician } = context;
  const ordered = clinician === null ? '' : `${clinician.then} ${clinician.alone}`;
  const quiet = silenced(context).map(({ code }) => code);
  return `${shownIn(state)} | ${quiet} ${value['telemetry']} ${staged} ${context.update?.stopped ?? ''} ${context.update?.reduced ?? ''} ${ordered}`;
};

/** An order to a full pump with nothing else under way, which ends in another mode than the pump was in. */
function ordersIn({ value, context, now: at }: Reached): readonly PumpEvent[] {
  const isPlain = value['patientControl'] === 'ready' && value['reservoir'] === 'normal' && context.staged === null;
  const then = value['infusion'] === 'stopped' ? 'basal' : 'stopped';
  return isPlain ? [{ type: 'CLINICIAN_BOLUS', at, ...ORDER, then }] : [];
}

/** What may happen next. Time goes on to the next deadline; what is due now is not put off. */
function events(state: Reached): readonly PumpEvent[] {
  const { value, context, now: at } = state;
  const { staged } = context;
  const deadline = firstDue(state);
  // No path is as long as a service life: ERI comes from the battery.
  const aged = deadline?.type === 'ERI' && !context.batteryLow;
  const passing: PumpEvent[] = deadline === undefined || aged ? [] : [{ type: deadline.type, at: deadline.at }];
  if (deadline !== undefined && deadline.at <= at) return passing;
  const press: PumpEvent = { type: 'BOLUS_REQUEST', at };
  const mayGiveOut =
    value['service'] === 'inService' && value['reservoir'] === 'normal' && (staged === null || context.update !== null);
  const battery: PumpEvent[] = mayGiveOut ? [{ type: 'BATTERY_LOW', at }] : [];
  const opened: PumpEvent = { type: 'SESSION_OPENED', at, role: 'clinician' };
  const closed: PumpEvent = { type: 'SESSION_CLOSED', at, role: 'clinician', lost: false };
  const session = value['telemetry'] === 'closed' ? opened : closed;
  // A battery gives out in any mode of a full pump; from then on people let it, but for what the end of service refuses.
  if (value['service'] === 'eri') {
    const silence: PumpEvent = { type: 'SILENCE_ALARM', at, alarm: 'eri' };
    return session === closed ? [...passing, silence, closed] : [...passing, opened];
  }
  if (value['service'] === 'endOfService') {
    const refused: PumpEvent[] = [press, { type: 'RESUME', at }, { type: 'STAGE', at, staged: stagedOf(without) }];
    return session === closed ? [...passing, ...refused, closed] : [...passing, press, opened];
  }
  if (session === opened) return [...passing, press, ...battery, opened];
  const digest = context.staged?.digest;
  const other = context.prescription?.patientBolus == null ? withBolus : without;
  const update: PumpEvent[] =
    digest === undefined
      ? [{ type: 'STAGE', at, staged: stagedOf(other) }]
      : [
          { type: 'UPDATE_BEGIN', at, digest },
          { type: 'UPDATE_COMMIT', at, digest, role: 'clinician', library: null },
        ];
  const entered = [FULL, LOW].map((amount): PumpEvent => ({ type: 'ENTER_RESERVOIR', at, volume: amount }));
  // While one of a clinician runs only what is shortest may happen: what else ends it stands in the tables.
  if (context.clinician !== null) return [...passing, press, { type: 'STOP', at }, { type: 'MINIMUM_RATE', at }];
  const plain = (['STOP', 'RESUME', 'MINIMUM_RATE'] as const).map((type): PumpEvent => ({ type, at }));
  return [...passing, press, ...battery, ...plain, ...ordersIn(state), ...entered, ...update, closed];
}

/** The model: a pump just implanted, full, running with a bolus prescribed, a clinician in session. */
const from = (): Reached => {
  const pump = new ChartOnBench(CHANGES);
  pump.send({ type: 'POWER_ON' });
  pump.enter('20 mL');
  pump.send({ type: 'IMPLANT', wall: WALL });
  pump.commit(withBolus);
  return { ...pump.state, now: pump.now };
};

/** The pump, in the same situation, and the people who talk to it. */
class Walker {
  readonly pump: BarePump;
  readonly #patient: Speaker;
  #clinician: Speaker;

  constructor(executor: ExecutorName) {
    this.pump = new BarePump(CHANGES, executor);
    this.#patient = this.pump.open('patient');
    this.#clinician = this.pump.open('clinician');
    this.#clinician.enter('20 mL');
    this.#clinician.implant();
    this.#clinician.prescribe(withBolus);
  }

  take(event: PumpEvent): void {
    switch (event.type) {
      case 'BOLUS_REQUEST':
        this.#patient.do('requestBolus');
        break;
      case 'SESSION_OPENED':
        this.#clinician = this.pump.open('clinician');
        break;
      case 'SESSION_CLOSED':
        this.#clinician.do('closeSession');
        break;
      case 'STOP':
        this.#clinician.do('stop');
        break;
      case 'RESUME':
        this.#clinician.do('resume');
        break;
      case 'MINIMUM_RATE':
        this.#clinician.do('minimumRate');
        break;
      case 'ENTER_RESERVOIR':
        this.#clinician.ask({
          name: 'enterReservoir',
          payload: { serial: SERIAL, volume: event.volume, aspirated: null },
        });
        break;
      case 'STAGE':
        this.#clinician.stage(event.staged.prescription, event.staged.run);
        break;
      case 'UPDATE_BEGIN':
        this.#clinician.ask({ name: 'beginUpdate', payload: { digest: event.digest } });
        break;
      case 'UPDATE_COMMIT':
        this.#clinician.ask({ name: 'commitUpdate', payload: { digest: event.digest, library: null } });
        break;
      case 'CLINICIAN_BOLUS': {
        const { rate, duration, then } = event;
        this.#clinician.ask({ name: 'clinicianBolus', payload: { serial: SERIAL, rate, duration, then } });
        break;
      }
      case 'BATTERY_LOW':
        this.pump.plant.inflict({ type: 'batteryLow' });
        break;
      case 'SILENCE_ALARM':
        this.#clinician.silence(event.alarm);
        break;
      default:
        this.#wait(event);
    }
  }

  /** Lets exactly one deadline fall due. */
  #wait(event: PumpEvent): void {
    const handled = this.pump.firmware.handled;
    while (this.pump.firmware.handled === handled) {
      if (!this.pump.timeline.step(event.at)) throw new Error(`${event.type} is not due at ${event.at}`);
    }
  }
}

/** The shortest paths to everything that can be told apart, by every event that leads there. */
export const everyPath = (): readonly Path[] => shortestPaths({ from: from(), events, key, limit: MOST_STEPS });

/** Walks a path with a pump on an executor. */
export function walk({ steps }: Path, executor: ExecutorName): void {
  const walker = new Walker(executor);
  for (const [i, { event, key: expected }] of steps.entries()) {
    walker.take(event);
    const walked = steps.slice(0, i + 1).map((step) => `${step.event.at} ${step.event.type}`);
    expect(shownBy(walker.pump.status()), walked.join('\n')).toBe(expected.split(' | ')[0]);
  }
}
