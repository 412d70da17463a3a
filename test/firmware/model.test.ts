import { describe, expect, test } from 'vitest';
import { countAt } from '../../firmware-sim/firmware/rules/bolus-count.ts';
import { EXECUTOR_NAMES, type ExecutorName, type PumpEvent } from '../../firmware-sim/index.ts';
import { type DeviceProfile, type Prescription, parseDuration, type Status, volume } from '../../shared/index.ts';
import { BarePump, SERIAL, type Speaker } from './bare-pump.ts';
import { ChartOnBench } from './chart-on-bench.ts';
import { firstDue } from './life.ts';
import { type Path, type Reached, shortestPaths } from './model.ts';
import { prescriptionOf, stagedOf, WALL } from './prescriptions.ts';

/*
 * The chart as a model, the pump behind its antenna as the thing tested: every path the model knows is walked
 * in frames and time, and after each step the pump's status shows what the model says.
 */

const withBolus = prescriptionOf({ bolus: { lockout: '1h', maxPerDay: 2 } });
const without = prescriptionOf({ basal: '0.5 mL/day', bolus: null });
const CHANGES: Partial<DeviceProfile> = {
  lowReservoirPolicy: 'minimumRate',
  emptyPolicy: 'stop',
  sessionTimeout: parseDuration('1000d'),
};

const FULL = volume.parse('20 mL');
const LOW = volume.parse('2 mL');
const MOST_STEPS = 20_000;

/** What model and status can both tell. */
const shown = ({
  infusion = '',
  patientControl = '',
  reservoir = '',
  why,
  prescription,
  given,
}: {
  infusion?: string;
  patientControl?: string;
  reservoir?: string;
  why: string | undefined;
  prescription: Prescription | null;
  given: number;
}): string => {
  const bolus = prescription?.patientBolus == null ? 'without bolus' : 'with bolus';
  return [infusion, why ?? '', patientControl, reservoir, bolus, given].join(' ');
};
const shownBy = ({ infusion, patientControl, reservoir, stopped, prescription, bolusesGiven }: Status): string =>
  shown({ infusion, patientControl, reservoir, why: stopped?.why, prescription, given: bolusesGiven });
const shownIn = ({ value, context, now }: Reached): string =>
  shown({ ...value, why: context.stopped?.why, prescription: context.prescription, given: countAt(context, now) });

/** What tells states of the model apart: what is shown, and what an answer may depend on besides. */
const key = (state: Reached): string => {
  const { value, context } = state;
  const staged = context.staged === null ? '' : context.staged.prescription.patientBolus === null ? 'without' : 'with';
  return `${shownIn(state)} | ${value['telemetry']} ${staged} ${context.update?.stopped ?? ''} ${context.update?.atMinimum ?? ''}`;
};

/** What may happen next. Time goes on to the next deadline; what is due now is not put off. */
function events(state: Reached): readonly PumpEvent[] {
  const { value, context, now: at } = state;
  const deadline = firstDue(state);
  const passing: PumpEvent[] = deadline === undefined ? [] : [{ type: deadline.type, at: deadline.at }];
  if (deadline !== undefined && deadline.at <= at) return passing;
  const press: PumpEvent = { type: 'BOLUS_REQUEST', at };
  if (value['telemetry'] === 'closed') return [...passing, press, { type: 'SESSION_OPENED', at, role: 'clinician' }];
  const digest = context.staged?.digest;
  const other = context.prescription?.patientBolus == null ? withBolus : without;
  const staged: PumpEvent[] =
    digest === undefined
      ? [{ type: 'STAGE', at, staged: stagedOf(other) }]
      : [
          { type: 'UPDATE_BEGIN', at, digest },
          { type: 'UPDATE_COMMIT', at, digest, role: 'clinician' },
        ];
  const entered = [FULL, LOW].map((amount): PumpEvent => ({ type: 'ENTER_RESERVOIR', at, volume: amount }));
  const closed: PumpEvent = { type: 'SESSION_CLOSED', at, role: 'clinician', lost: false };
  const plain = (['STOP', 'RESUME', 'MINIMUM_RATE'] as const).map((type): PumpEvent => ({ type, at }));
  return [...passing, press, ...plain, ...entered, ...staged, closed];
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
        this.#clinician.ask({ name: 'enterReservoir', payload: { serial: SERIAL, volume: event.volume } });
        break;
      case 'STAGE':
        this.#clinician.stage(event.staged.prescription, event.staged.run);
        break;
      case 'UPDATE_BEGIN':
        this.#clinician.ask({ name: 'beginUpdate', payload: { digest: event.digest } });
        break;
      case 'UPDATE_COMMIT':
        this.#clinician.ask({ name: 'commitUpdate', payload: { digest: event.digest } });
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

const paths: readonly Path[] = shortestPaths({ from: from(), events, key, limit: MOST_STEPS });

describe('paths of the model', () => {
  test('reach every state of four regions, and every reason to be stopped in service', () => {
    const reached = paths.flatMap(({ steps }) => steps.map((step) => step.key)).join('\n');
    const states = ['updating', 'basal', 'patientBolus', 'minimumRate', 'off', 'ready', 'lockedOut', 'countUsed'];
    const others = ['normal', 'low', 'empty', 'session', 'closed'];
    const reasons = ['stopped clinician', 'stopped updateInterrupted', 'stopped emptyReservoir'];
    for (const state of [...states, ...others, ...reasons]) expect(reached).toContain(state);
    process.stdout.write(
      `model: ${paths.length} paths, ${paths.reduce((n, { steps }) => n + steps.length, 0)} steps\n`,
    );
    expect(paths.length).toBeGreaterThan(100);
  });

  test.each(EXECUTOR_NAMES)('are walked by a pump on the %s executor, step by step', (executor) => {
    for (const { steps } of paths) {
      const walker = new Walker(executor);
      for (const [i, { event, key: expected }] of steps.entries()) {
        walker.take(event);
        const walked = steps.slice(0, i + 1).map((step) => `${step.event.at} ${step.event.type}`);
        expect(shownBy(walker.pump.status()), walked.join('\n')).toBe(expected.split(' | ')[0]);
      }
    }
  });
});
