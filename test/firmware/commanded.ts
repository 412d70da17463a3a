import { prepare } from '../../firmware-sim/firmware/commands.ts';
import type { Effect, ExecutorName, PumpContext, PumpEvent } from '../../firmware-sim/index.ts';
import {
  type AfterBolus,
  concentration,
  type DeviceProfile,
  type Drug,
  doseRate,
  instant,
  type PatientBolus,
  type Prescription,
  type Program,
  parseDuration,
  parseWallClock,
  prescriptionDigest,
  type Refusal,
  rate,
  rateOver,
  span,
  volume,
} from '../../shared/index.ts';
import { ChartOnBench } from './chart-on-bench.ts';

export const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];

/** A rate, a length of time and a local time as written. */
export const rateOf = (text: string) => rate.parse(text);
export const ms = (text: string) => parseDuration(text);
/** Monday, five days into the year. */
export const START = wallOf('2026-01-05 08:00');

export function wallOf(text: string) {
  const wall = parseWallClock(text);
  if (wall === undefined) throw new Error(`${text} is no local time`);
  return wall;
}

export const BACLOFEN: Drug = { name: 'baclofen', concentration: concentration.parse('500 mcg/mL') };

/** A constant program, and steps of every day: "00:00" to a rate. */
export const constant = (text: string): Program => ({ type: 'constant', rate: rateOf(text) });
const stepsOf = (steps: Readonly<Record<string, string>>) =>
  Object.entries(steps).map(([at, flow]) => {
    const [hours = 0, minutes = 0] = at.split(':').map(Number);
    return { at: span(hours * HOUR + minutes * MINUTE), rate: rateOf(flow) };
  });
export const daily = (steps: Readonly<Record<string, string>>): Program => ({
  type: 'daily',
  groups: [{ days: [0, 1, 2, 3, 4, 5, 6], steps: stepsOf(steps) }],
});
export const weekly = (groups: readonly (readonly [number[], Readonly<Record<string, string>>])[]): Program => ({
  type: 'daily',
  groups: groups.map(([days, steps]) => ({ days: [...days], steps: stepsOf(steps) })),
});
export const periodic = (basal: string, bolus: string, duration: string, interval: string): Program => ({
  type: 'periodic',
  rate: rateOf(basal),
  bolus: { rate: rateOf(bolus), duration: ms(duration) },
  interval: ms(interval),
});

/** 14.4 mL/day for 2 min is 0.02 mL: 10 mcg of baclofen 500 mcg/mL. */
export const PRESS: PatientBolus = {
  rate: rateOf('14.4 mL/day'),
  duration: ms('2min'),
  lockout: ms('1h'),
  maxPerDay: 20,
  parts: [],
};

/** A prescription of baclofen 500 mcg/mL, as far as it is not said otherwise. */
export const ordered = (changes: Partial<Prescription> = {}): Prescription => ({
  drugs: [BACLOFEN],
  program: constant('0.4 mL/day'),
  patientBolus: PRESS,
  doseLimit: null,
  opening: null,
  ceiling: doseRate.parse('10000 mg/day'),
  lowReservoir: volume.of(0),
  ...changes,
});

/** A rate commanded from an instant on, and the drugs it was of. */
export interface Commanded {
  readonly at: number;
  readonly rate: number;
  readonly drugs: readonly Drug[];
}

type Logged = Extract<Effect, { type: 'log' }>;

interface Setting {
  readonly profile?: string;
  readonly executor?: ExecutorName;
  readonly wall?: number;
  readonly fill?: string;
}

/** A pump in service, told what to do as over the link, that keeps every rate it commands and every log record. */
export class CommandedPump {
  readonly chart: ChartOnBench;
  readonly rates: Commanded[] = [];
  readonly log: Logged[] = [];

  constructor(changes: Partial<DeviceProfile> = {}, setting: Setting = {}) {
    const { profile = 'synchromed-ii-like-20', executor = 'table', wall = START, fill } = setting;
    this.chart = new ChartOnBench(changes, executor, profile);
    this.send({ type: 'POWER_ON', at: this.chart.now });
    this.send({ type: 'IMPLANT', at: this.chart.now, wall: span(wall) });
    this.fill(fill);
    this.send({ type: 'SESSION_OPENED', at: this.chart.now, role: 'clinician' });
  }

  get now(): number {
    return this.chart.now;
  }
  get context(): PumpContext {
    return this.chart.context;
  }
  get rate(): number {
    return this.chart.context.rate;
  }

  #keep(effects: readonly Effect[]): readonly Effect[] {
    for (const effect of effects) {
      if (effect.type === 'log') this.log.push(effect);
      if (effect.type === 'drive')
        this.rates.push({ at: this.now, rate: effect.rate, drugs: this.context.prescription?.drugs ?? [] });
    }
    return effects;
  }

  send(event: PumpEvent): readonly Effect[] {
    return this.#keep(this.chart.executor.send(event));
  }

  passTo(ms: number): void {
    for (let next = this.chart.next; next !== undefined && next.due <= ms; next = this.chart.next) {
      this.chart.now = next.due;
      this.send({ type: next.type, at: next.due });
      if (this.chart.next?.type === next.type && this.chart.next.due === next.due)
        throw new Error(`${next.type} stays due at ${next.due}`);
    }
    this.chart.now = instant(ms);
  }

  pass(time: string | number): void {
    this.passTo(this.now + (typeof time === 'number' ? time : ms(time)));
  }

  fill(amount?: string): void {
    const full = amount === undefined ? this.context.profile.reservoirCapacity : volume.parse(amount);
    this.send({ type: 'ENTER_RESERVOIR', at: this.chart.now, volume: full });
  }

  /** Asks as over the link: the refusal, if there is one. */
  ask(request: Parameters<typeof prepare>[1]): Refusal | undefined {
    const { event, refused } = prepare(this.context, request, this.chart.now, 'clinician');
    if (refused === undefined || request.name === 'requestBolus') this.send(event);
    return refused;
  }

  /** A clinician's bolus of a volume. */
  order(amount: string, duration: string, then: AfterBolus = 'basal'): Refusal | undefined {
    const time = ms(duration);
    const payload = { serial: '', rate: rateOver(volume.parse(amount), time), duration: time, then };
    return this.ask({ name: 'clinicianBolus', payload });
  }
  press(): Refusal | undefined {
    return this.ask({ name: 'requestBolus', payload: {} });
  }
  /** What a press would be answered, without one. */
  wouldRefuse(): Refusal | undefined {
    return prepare(this.context, { name: 'requestBolus', payload: {} }, this.chart.now, 'patient').refused;
  }

  do(name: 'stop' | 'resume' | 'minimumRate'): Refusal | undefined {
    return this.ask({ name, payload: {} });
  }

  setClock(wall: number): Refusal | undefined {
    return this.ask({ name: 'setClock', payload: { wall: span(wall) } });
  }
  /** Moves the clock by so much. */
  moveClock(by: number): Refusal | undefined {
    return this.setClock(this.now + (this.context.wallOffset ?? 0) + by);
  }

  reset(): void {
    this.send({ type: 'RESET', at: this.chart.now, timeLost: false });
  }

  stage(prescription: Prescription, { run = true, override = false, endOpening = false } = {}): Refusal | undefined {
    return this.ask({
      name: 'stagePrescription',
      payload: { serial: '', prescription, run, override, endOpening },
    });
  }
  begin(prescription: Prescription): Refusal | undefined {
    return this.ask({ name: 'beginUpdate', payload: { digest: prescriptionDigest(prescription) } });
  }
  commit(prescription: Prescription): Refusal | undefined {
    return this.ask({ name: 'commitUpdate', payload: { digest: prescriptionDigest(prescription), library: null } });
  }
  /** Stages, begins and commits: the first refusal. */
  prescribe(prescription: Prescription, options: { run?: boolean; override?: boolean } = {}): Refusal | undefined {
    return this.stage(prescription, options) ?? this.begin(prescription) ?? this.commit(prescription);
  }

  /** The kinds logged, and the records of one kind. */
  kinds(): string[] {
    return this.log.map(({ kind }) => kind);
  }
  logged(
    kind: string,
  ): readonly { readonly at: number; readonly delivered?: unknown; readonly undelivered?: unknown }[] {
    return this.log.filter((record) => record.kind === kind).map(({ at, data }) => ({ at: Number(at), ...data }));
  }

  /** A pump that goes its own way from here. */
  fork(): CommandedPump {
    const other = new CommandedPump(this.context.profile, { profile: 'synchromed-ii-like-20' });
    other.chart.executor.load(structuredClone(this.chart.state));
    other.chart.now = this.chart.now;
    other.rates.splice(0, other.rates.length, ...this.rates);
    other.log.splice(0, other.log.length, ...this.log);
    return other;
  }
}

/** A pump that runs under a prescription. */
export function runs(
  prescription: Partial<Prescription> = {},
  changes: Partial<DeviceProfile> = {},
  setting: Setting = {},
): CommandedPump {
  const pump = new CommandedPump(changes, setting);
  const refused = pump.prescribe(ordered(prescription));
  if (refused !== undefined) throw new Error(`refused: ${refused.code}`);
  return pump;
}
