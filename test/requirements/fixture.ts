import { expect } from 'vitest';
import { fromJson, type Instant, instant, type LogKind, type LogRecord } from '../../shared/index.ts';
import { type RunningPump, type SimulateOptions, type Start, simulate } from '../../workbench/index.ts';

export type Prescribe = NonNullable<Start['prescribe']>;

/*
 * The fixture of the acceptance items, on the generic PCA pump. Times are minutes: 6 mL/h are 0.1 mL a minute, a
 * bolus is 1 mL in 1 min beside it, the lockout is 30 min from its end. 1 mg/mL makes mg and mL the same number.
 * Items about something else have no dose limit, and no count that could be used up.
 */

export const BOLUS = { dose: '1 mL', duration: '1min', lockout: '30min', maxPerDay: 48 } as const;
export const PROGRAM: Prescribe = {
  constant: '6 mL/h',
  patientBolus: BOLUS,
  lowReservoir: '1 mL',
  // 144 mg of morphine a day: a pump at the bedside is not what a library of intrathecal drugs is of.
  aboveLimits: 'accept',
};
/** At most 26.5 mg in any 4 h: basal for 4 h, and 2.5 boluses. */
export const LIMITED: Prescribe = { ...PROGRAM, doseLimit: { dose: '26.5 mg', window: '4h' } };

export interface Bed {
  readonly volume?: string;
  readonly prescribe?: Prescribe;
  readonly options?: SimulateOptions;
}

/** A PCA pump at the bedside, filled and programmed, that waits for its start. */
export const waiting = ({ volume = '100 mL', prescribe = PROGRAM, options = {} }: Bed = {}): RunningPump =>
  simulate('generic-pca', { fill: { volume, morphine: '1 mg/mL' }, prescribe }, options);

/** The same, started at a minute. */
export function running(bed: Bed = {}, minute = 0): RunningPump {
  const pump = waiting(bed);
  toMinute(pump, minute);
  pump.clinician('resume');
  return pump;
}

/** The same, started at minute 60, as the narratives of the reservoir have it. */
export const runningFrom60 = (bed: Bed = {}): RunningPump => running(bed, 60);

/** A minute of the pump's life, such as 119.5. */
export const minute = (minute: number): Instant => instant(Math.round(minute * 60_000));

/** Lets time pass until a minute of the pump's life. Throws where it has passed. */
export function toMinute(pump: RunningPump, to: number): void {
  pump.advance(`${minute(to) - pump.belief.now}ms`);
}

/** A press at a minute. */
export function pressAt(pump: RunningPump, at: number): ReturnType<RunningPump['press']> {
  toMinute(pump, at);
  return pump.press();
}

/** Expects what a step of a scenario could expect. */
export function expectThat(pump: RunningPump, wanted: Parameters<RunningPump['check']>[0]): void {
  expect(pump.check(wanted).filter(({ met }) => !met)).toEqual([]);
}

/** The records of one kind in the pump's log: when, and what they tell. */
export const logged = (pump: RunningPump, wanted: LogKind) =>
  pump.trace.flatMap(({ layer, kind, data }) => {
    if (layer !== 'firmware' || kind !== 'log') return [];
    const record = fromJson<LogRecord>(data);
    return record.kind === wanted ? [{ at: record.at, ...record.data }] : [];
  });

/** Every rate the pump commanded, what it is for, and from when on. */
export const rates = (pump: RunningPump) =>
  pump.trace.flatMap(({ t, layer, kind, data }) =>
    layer === 'firmware' && kind === 'rate' ? [{ at: t, ...fromJson<{ rate: number; infusion: string }>(data) }] : [],
  );
