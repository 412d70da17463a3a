import type { Status } from '../worker/protocol.ts';
import { amount, DAYS, type Hours, hours, type LimitDraft, type PatientDraft, type ProgramDraft } from './draft.ts';

/** What is in the pump, as it stands in the forms before anything is edited. */
type Prescription = NonNullable<Status['prescription']>;

const MS_PER_DAY = 86_400_000;
/** Nanograms in a unit of dose. */
const NG: Readonly<Record<string, number>> = { mcg: 1e3, mg: 1e6 };

/** As people write it: no more digits than a rate of whole nanolitres a day has. */
const tidy = (value: number): string => `${Number(value.toPrecision(7))}`;

/** How much a rate brings in a time, in the unit doses have; rates are nL a day, strengths ng/mL. */
function bringsIn({ drugs }: Prescription, unit: string): (rate: number, ms: number) => string {
  const strength = (drugs[0]?.concentration ?? 0) / (NG[unit] ?? 1);
  return (rate, ms) => tidy(((rate / 1e6) * (unit === 'mL' ? 1 : strength) * ms) / MS_PER_DAY);
}

const hoursOf = (ms: number): Hours => hours(`${Math.floor(ms / 3_600_000)}`, tidy((ms % 3_600_000) / 60_000));
const timeOf = (ms: number): string => new Date(ms).toISOString().slice(11, 16);

/** The program in the pump; of what it has not, nothing is said. */
export function programNow(prescription: Prescription, unit: string): Partial<ProgramDraft> {
  const { program } = prescription;
  const brings = bringsIn(prescription, unit);
  const give = (rate: number) => amount(`${unit}/day`, brings(rate, MS_PER_DAY));
  switch (program.type) {
    case 'minimumRate':
      return { kind: 'asItIs' };
    case 'constant': {
      const day = { at: '00:00', give: give(program.rate) };
      const group = (days: readonly (typeof DAYS)[number][]) => ({ days, steps: [day] });
      const groups = [group(DAYS.slice(0, 5)), group(DAYS.slice(5))];
      return { kind: 'constant', give: give(program.rate), steps: [day, { ...day, at: '12:00' }], groups };
    }
    case 'daily': {
      const groups = program.groups.map(({ days, steps }) => ({
        days: DAYS.filter((_, day) => days.includes(day)),
        steps: steps.map(({ at, rate }) => ({ at: timeOf(at), give: give(rate) })),
      }));
      const [first] = groups;
      return groups.length === 1 && first !== undefined
        ? { kind: 'daily', steps: first.steps }
        : { kind: 'weekly', groups };
    }
    case 'periodic': {
      const { rate, bolus, interval } = program;
      const dose = amount(unit, brings(bolus.rate, bolus.duration));
      const [duration, every] = [hoursOf(bolus.duration), hoursOf(interval)];
      return { kind: 'periodic', give: give(rate), bolus: dose, duration, every };
    }
    case 'dated': {
      const dates = program.steps.map(({ at, rate }) => ({
        at: new Date(at).toISOString().slice(0, 16),
        give: give(rate),
      }));
      return { kind: 'dated', give: give(program.first), dates };
    }
  }
}

/** What the patient may give himself, and in which parts of the day another bolus, or none. */
export function patientNow(prescription: Prescription, unit: string): Partial<PatientDraft> {
  const { patientBolus } = prescription;
  if (patientBolus === null) return { kind: 'none' };
  const brings = bringsIn(prescription, unit);
  const draft = ({ rate, duration, lockout }: Pick<typeof patientBolus, 'rate' | 'duration' | 'lockout'>) => ({
    dose: amount(unit, brings(rate, duration)),
    duration: hoursOf(duration),
    lockout: hoursOf(lockout),
  });
  const parts = patientBolus.parts.map(({ from, to, bolus }) => ({
    from: timeOf(from),
    to: timeOf(to),
    gives: bolus === null ? ('none' as const) : ('bolus' as const),
    // What a part without a bolus would have, were it given one.
    ...draft(bolus ?? patientBolus),
  }));
  return { kind: 'bolus', ...draft(patientBolus), maxPerDay: `${patientBolus.maxPerDay}`, parts };
}

/** The dose limit in the pump; of none, nothing is said. */
export function limitNow({ doseLimit }: Prescription, unit: string): Partial<LimitDraft> {
  if (doseLimit === null) return {};
  const { dose, window } = doseLimit;
  return { kind: 'limit', dose: amount(unit, tidy(dose / (NG[unit] ?? 1))), window: hoursOf(window) };
}

/** The drugs and strengths that the pump was told of. */
export const drugsNow = ({ drugs }: Prescription, unitOf: (name: string) => string) =>
  drugs.map(({ name, concentration }) => ({
    name,
    strength: amount(`${unitOf(name)}/mL`, tidy(concentration / (NG[unitOf(name)] ?? 1))),
  }));
