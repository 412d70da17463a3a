import {
  concentration,
  type DayPart,
  doseRate,
  mass,
  type Opening,
  type PatientBolus,
  type Prescription,
  type Program,
  parseDuration,
  parseWallClock,
  prescriptionDigest,
  rate,
  span,
  volume,
  type WallClock,
} from '../../shared/index.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A local date and time. Throws where the text is none. */
export function wallOf(text: string): WallClock {
  const wall = parseWallClock(text);
  if (wall === undefined) throw new Error(`${text} is no date and time`);
  return wall;
}

/** What clocks show where a pump on the bench is implanted: a Monday morning. */
export const WALL = wallOf('2026-01-05 08:00');

/** A schedule from "08:00" and rates: the same steps on all days. */
export const dailyOf = (steps: Readonly<Record<string, string>>): Program => ({
  type: 'daily',
  groups: [
    {
      days: [0, 1, 2, 3, 4, 5, 6],
      steps: Object.entries(steps).map(([time, flow]) => ({
        at: span(wallOf(`1970-01-01 ${time}`)),
        rate: rate.parse(flow),
      })),
    },
  ],
});

/** 0.4 mL/day, and 0.02 mL in 4 min every 6 h, unless asked for otherwise. */
export const periodicOf = (
  asked: { basal?: string; rate?: string; duration?: string; interval?: string } = {},
): Program => ({
  type: 'periodic',
  rate: rate.parse(asked.basal ?? '0.4 mL/day'),
  bolus: { rate: rate.parse(asked.rate ?? '7.2 mL/day'), duration: parseDuration(asked.duration ?? '4min') },
  interval: parseDuration(asked.interval ?? '6h'),
});

interface Asked {
  readonly concentration?: string;
  readonly basal?: string;
  readonly program?: Program;
  readonly doseLimit?: { dose: string; window: string };
  readonly bolus?: { rate?: string; duration?: string; lockout?: string; maxPerDay?: number; parts?: DayPart[] } | null;
  readonly ceiling?: string;
  readonly lowReservoir?: string;
  readonly opening?: Opening;
}

/** 0.02 mL in 2 min, at most four in 24 h and never within 4 h: 10 mcg of baclofen 500 mcg/mL. */
export function bolusOf(asked: NonNullable<Asked['bolus']> = {}): PatientBolus {
  return {
    rate: rate.parse(asked.rate ?? '14.4 mL/day'),
    duration: parseDuration(asked.duration ?? '2min'),
    lockout: parseDuration(asked.lockout ?? '4h'),
    maxPerDay: asked.maxPerDay ?? 4,
    parts: asked.parts ?? [],
  };
}

/** Baclofen 500 mcg/mL at 0.4 mL/day (200 mcg/day) with a patient bolus, unless asked for otherwise. */
export function prescriptionOf(asked: Asked = {}): Prescription {
  return {
    drugs: [{ name: 'baclofen', concentration: concentration.parse(asked.concentration ?? '500 mcg/mL') }],
    program: asked.program ?? { type: 'constant', rate: rate.parse(asked.basal ?? '0.4 mL/day') },
    patientBolus: asked.bolus === null ? null : bolusOf(asked.bolus),
    doseLimit:
      asked.doseLimit === undefined
        ? null
        : { dose: mass.parse(asked.doseLimit.dose), window: parseDuration(asked.doseLimit.window) },
    ceiling: doseRate.parse(asked.ceiling ?? '100 mg/day'),
    lowReservoir: volume.parse(asked.lowReservoir ?? '2 mL'),
    opening: asked.opening ?? null,
  };
}

export const stagedOf = (prescription: Prescription, run = false, override = false, endOpening = false) => ({
  prescription,
  run,
  override,
  endOpening,
  digest: prescriptionDigest(prescription),
});
