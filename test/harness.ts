import type { ExecutorName } from '../firmware-sim/index.ts';
import type {
  BasalEntry,
  BolusEntry,
  DayPartEntry,
  OpeningEntry,
  PrescribeEntry,
  ProgramEntry,
} from '../programmer/index.ts';
import {
  type AfterBolus,
  concentration,
  type DeviceProfile,
  type DrugName,
  doseRate,
  mass,
  parseDuration,
  parseWallClock,
  profileNamed,
  rate,
  readProfile,
  span,
  volume,
} from '../shared/index.ts';
import type { Outcome, TypedClinicianAct } from '../workbench/act.ts';
import { Simulation, type SimulationOptions } from '../workbench/simulation.ts';
import type { TraceRecord } from '../workbench/trace.ts';

/** A shipped profile's values, some of them changed. */
export function profileOf(name: string, changes: Partial<DeviceProfile> = {}): DeviceProfile {
  const sheet = profileNamed(name);
  if (sheet === undefined) throw new Error(`no profile ${name}`);
  return { ...readProfile(sheet), ...changes };
}

export const mL = (text: string) => volume.parse(`${text} mL`);

interface BolusText {
  dose: string;
  duration: string;
  lockout: string;
  maxPerDay: number;
  parts?: readonly DayPartEntry[];
}

/** What a clinician types, in his own units; the rest is left as the pump has it. */
export function prescribe(entry: {
  drug?: DrugName;
  concentration?: string;
  basal?: string;
  bolus?: BolusText | 'none';
  ceiling?: string;
  lowReservoir?: string;
  run?: boolean;
  override?: boolean;
  program?: ProgramEntry;
  doseLimit?: { dose: string; window: string } | 'none';
  opening?: OpeningEntry;
  underway?: 'cancel' | 'recompute';
}): PrescribeEntry {
  const { basal, bolus, drug, doseLimit } = entry;
  return {
    type: 'prescribe',
    drugs:
      drug === undefined || entry.concentration === undefined
        ? null
        : [{ name: drug, concentration: concentration.parse(entry.concentration) }],
    primary: drug ?? null,
    program: entry.program ?? (basal === undefined ? null : { type: 'constant', basal: basalEntry(basal) }),
    patientBolus: bolus === undefined ? null : bolus === 'none' ? 'none' : bolusEntry(bolus),
    ceiling: entry.ceiling === undefined ? null : doseRate.parse(entry.ceiling),
    lowReservoir: entry.lowReservoir === undefined ? null : volume.parse(entry.lowReservoir),
    doseLimit:
      doseLimit === undefined
        ? null
        : doseLimit === 'none'
          ? 'none'
          : { dose: mass.parse(doseLimit.dose), window: parseDuration(doseLimit.window) },
    opening: entry.opening ?? null,
    underway: entry.underway ?? null,
    run: entry.run ?? false,
    override: entry.override ?? false,
  };
}

/** A single bolus as typed, in one act or to be reviewed. */
export const singleBolus = (
  amount: string,
  duration: string,
  then: AfterBolus = 'basal',
  type: 'bolus' | 'editBolus' = 'bolus',
): Extract<TypedClinicianAct, { type: 'bolus' | 'editBolus' }> => ({
  type,
  dose: amount.endsWith('L') ? null : mass.parse(amount),
  volume: amount.endsWith('L') ? volume.parse(amount) : null,
  duration: parseDuration(duration),
  then,
});

/** A basal rate as typed: "200 mcg/day" or "0.4 mL/day". */
export const basalEntry = (text: string): BasalEntry =>
  text.includes('L/') ? { rate: rate.parse(text) } : { dose: doseRate.parse(text) };

function bolusEntry(bolus: BolusText): BolusEntry {
  const byVolume = bolus.dose.endsWith('L');
  return {
    dose: byVolume ? null : mass.parse(bolus.dose),
    volume: byVolume ? volume.parse(bolus.dose) : null,
    duration: parseDuration(bolus.duration),
    lockout: parseDuration(bolus.lockout),
    maxPerDay: bolus.maxPerDay,
    parts: bolus.parts ?? [],
  };
}

/**
 * A pump, a programmer and the link between them, powered on, with everything they say kept in `records`. The
 * programmer has no drug library unless one is given.
 */
export function bench(options: Partial<SimulationOptions> & { readonly executor?: ExecutorName } = {}) {
  const wallClock = parseWallClock('2026-01-05 08:00') ?? span(0);
  const sim = new Simulation({ profile: profileOf('synchromed-ii-like-20'), wallClock, library: null, ...options });
  const records: TraceRecord[] = [];
  sim.onTrace((record) => records.push(record));
  sim.powerOn();
  return {
    sim,
    records,
    clinician: (act: TypedClinicianAct): Outcome => sim.act({ by: 'clinician', act }),
    press: (): Outcome => sim.act({ by: 'patient', act: { type: 'requestBolus' } }),
    advance: (time: string): void => sim.advance(parseDuration(time)),
    logged: (kind: string) =>
      records.flatMap(({ layer, kind: told, data }) => {
        const record = data as { kind?: string; data?: Record<string, unknown>; at?: number };
        return layer === 'firmware' && told === 'log' && record.kind === kind
          ? [{ at: record.at, ...record.data }]
          : [];
      }),
  };
}

/** A bench whose pump is filled with 20 mL baclofen 500 mcg/mL, implanted and running at 200 mcg/day. */
export function running(
  options: Parameters<typeof bench>[0] = {},
  entry: Parameters<typeof prescribe>[0] = {},
): ReturnType<typeof bench> {
  const made = bench(options);
  const solution = [{ name: 'baclofen', concentration: concentration.parse('500 mcg/mL') }] as const;
  made.sim.act({ by: 'hands', act: { type: 'inject', volume: mL('20'), solution } });
  made.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
  made.clinician({ type: 'implant' });
  made.clinician(
    prescribe({ drug: 'baclofen', concentration: '500 mcg/mL', basal: '200 mcg/day', lowReservoir: '2 mL', ...entry }),
  );
  return made;
}
