import { type Duration, parseDuration } from '../../shared/index.ts';
import { type RunningPump, type SimulateOptions, type Start, simulate } from '../../workbench/index.ts';
import { BOLUS, type Prescribe } from './fixture.ts';

/** What a pump of a profile is filled with and told to give: an amount of its own size, with a patient bolus. */
export interface Therapy {
  readonly solution: Omit<NonNullable<Start['fill']>, 'volume'>;
  /** Millilitres in a full reservoir. */
  readonly full: number;
  readonly prescribe: Prescribe;
  /** The basal rate, and a higher one for a step of a schedule. */
  readonly basal: string;
  readonly higher: string;
  /** The time in which the basal rate gives a tenth of the reservoir. */
  readonly tenth: Duration;
  /** A dose limit in any 4 h: what the higher rate gives by itself, and half a bolus. */
  readonly limit: { readonly dose: string; readonly window: '4h' };
  /** One that leaves no room for a bolus: what the basal rate gives in 4 h. */
  readonly tight: string;
}

const implant = (full: number, tenth: string): Therapy => ({
  solution: { baclofen: '500 mcg/mL' },
  full,
  prescribe: {
    patientBolus: { dose: '0.02 mL', duration: '2min', lockout: '1h', maxPerDay: 20 },
    lowReservoir: '2 mL',
    ceiling: '10 mg/day',
  },
  basal: '0.4 mL/day',
  higher: '0.8 mL/day',
  tenth: parseDuration(tenth),
  limit: { dose: '71.67 mcg', window: '4h' },
  tight: '33.34 mcg',
});

/** Such a pump gives at least 0.6 mL a day. */
const fasterImplant = (full: number, tenth: string): Therapy => ({
  ...implant(full, tenth),
  basal: '0.8 mL/day',
  higher: '1.6 mL/day',
  limit: { dose: '138.34 mcg', window: '4h' },
  tight: '66.67 mcg',
});

/** Of a pump whose handset may give no baclofen. */
const analgesic = (therapy: Therapy): Therapy => ({ ...therapy, solution: { morphine: '500 mcg/mL' } });

const THERAPIES: Readonly<Record<string, Therapy>> = {
  'synchromed-ii-like-20': implant(20, '5d'),
  'synchromed-ii-like-40': implant(40, '10d'),
  'synchromed-iii-like-40': implant(40, '10d'),
  'synchromed-el-like-10': fasterImplant(10, '1d 6h'),
  'synchromed-el-like-18': fasterImplant(18, '2d 6h'),
  'valve-gated-like-20': analgesic(implant(20, '5d')),
  'valve-gated-like-40': analgesic(implant(40, '10d')),
  'valve-gated-first-like-20': analgesic(implant(20, '5d')),
  'sensor-reservoir-like': implant(20, '5d'),
  'minimed-2007-like': implant(15, '3d 18h'),
  'generic-pca': {
    solution: { morphine: '1 mg/mL' },
    full: 100,
    prescribe: { patientBolus: { ...BOLUS, maxPerDay: 20 }, lowReservoir: '1 mL', ceiling: '500 mg/day' },
    basal: '6 mL/h',
    higher: '9 mL/h',
    tenth: parseDuration('1h 40min'),
    limit: { dose: '36.5 mg', window: '4h' },
    tight: '24 mg',
  },
};

/** The therapy of a shipped profile. Throws where none is written for it yet. */
export function therapyOf(profile: string): Therapy {
  const found = THERAPIES[profile];
  if (found === undefined) throw new Error(`${profile}: no therapy is written`);
  return found;
}

/** What a profile's therapy prescribes, with some of it changed, whatever a drug library has to say to it. */
export const orderOf = (profile: string, changes: Prescribe = {}): Prescribe => ({
  ...(isProgram(changes) ? {} : { constant: therapyOf(profile).basal }),
  ...therapyOf(profile).prescribe,
  aboveLimits: 'accept',
  ...changes,
});
const isProgram = (entry: Prescribe) =>
  (['constant', 'daily', 'weekly', 'periodic', 'dated', 'minimumRate'] as const).some((key) => key in entry);

/** A pump of a profile that gives its therapy, some of it changed. */
export function treating(profile: string, changes: Prescribe = {}, options: SimulateOptions = {}): RunningPump {
  const { solution, full } = therapyOf(profile);
  const start = { fill: { ...solution, volume: `${full} mL` }, prescribe: orderOf(profile, changes) };
  const pump = simulate(profile, start, options);
  if (pump.belief.infusion === 'stopped') pump.clinician('resume');
  pump.clinician('endSession');
  return pump;
}
