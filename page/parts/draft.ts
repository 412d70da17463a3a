/** What stands in the forms of the page, as text, until it is entered; and the entry it makes, in the words of a scenario. */

/** A number and the unit beside it. */
export interface Amount {
  readonly number: string;
  readonly unit: string;
}
/** A time of hours and minutes, each in its own box. */
export interface Hours {
  readonly hours: string;
  readonly minutes: string;
}

export const amount = (unit: string, number = ''): Amount => ({ number, unit });
export const hours = (hours = '', minutes = ''): Hours => ({ hours, minutes });

export const amountText = ({ number, unit }: Amount): string => `${number.trim()} ${unit}`;
export const isBlank = ({ number }: Amount): boolean => number.trim() === '';
/** "4h 30min"; what is left empty is 0. */
export const hoursText = ({ hours, minutes }: Hours): string => {
  const part = (text: string, unit: string) => (Number(text) === 0 ? [] : [`${text.trim()}${unit}`]);
  return [...part(hours, 'h'), ...part(minutes, 'min')].join(' ') || '0s';
};

export interface DayStep {
  readonly at: string;
  readonly give: Amount;
}
/** Days that have the same steps. */
export interface DayGroup {
  readonly days: readonly Day[];
  readonly steps: readonly DayStep[];
}
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

export type ProgramKind = 'asItIs' | 'constant' | 'daily' | 'weekly' | 'periodic' | 'dated' | 'change' | 'minimumRate';
export interface ProgramDraft {
  readonly kind: ProgramKind;
  readonly give: Amount;
  readonly change: string;
  readonly steps: readonly DayStep[];
  readonly groups: readonly DayGroup[];
  readonly bolus: Amount;
  readonly duration: Hours;
  readonly every: Hours;
  readonly dates: readonly { readonly at: string; readonly give: Amount }[];
}

type Entry = Readonly<Record<string, unknown>>;

const stepsEntry = (steps: readonly DayStep[]) => steps.map(({ at, give }) => ({ at, give: amountText(give) }));

/** The program of a form as `edit` takes it; nothing where it stays as it is. */
export function programEntry(draft: ProgramDraft): Entry {
  switch (draft.kind) {
    case 'asItIs':
      return {};
    case 'constant':
      return { constant: amountText(draft.give) };
    case 'change':
      return { change: `${draft.change.trim()} %` };
    case 'minimumRate':
      return { minimumRate: true };
    case 'daily':
      return { daily: stepsEntry(draft.steps) };
    case 'weekly':
      return { weekly: draft.groups.map(({ days, steps }) => ({ days, steps: stepsEntry(steps) })) };
    case 'periodic':
      return {
        periodic: {
          give: amountText(draft.give),
          dose: amountText(draft.bolus),
          duration: hoursText(draft.duration),
          every: hoursText(draft.every),
        },
      };
    case 'dated':
      return {
        dated: [
          { give: amountText(draft.give) },
          ...draft.dates.map(({ at, give }) => ({ at: at.replace('T', ' '), give: amountText(give) })),
        ],
      };
  }
}

export interface FluidDraft {
  /** Whether the fluid stays as the pump has it. */
  readonly keeps: boolean;
  readonly saline: boolean;
  readonly drugs: readonly { readonly name: string; readonly strength: Amount }[];
}

export function fluidEntry({ keeps, saline, drugs }: FluidDraft): Entry {
  if (keeps) return {};
  if (saline) return { saline: true };
  const [first] = drugs;
  const strengths = Object.fromEntries(drugs.map(({ name, strength }) => [name, amountText(strength)]));
  return drugs.length > 1 && first !== undefined ? { primary: first.name, ...strengths } : strengths;
}

/** What the patient may have each time, and how soon again. */
interface BolusDraft {
  readonly dose: Amount;
  readonly duration: Hours;
  readonly lockout: Hours;
}
/** A part of the local day with a bolus of its own, or none. */
export interface DayPartDraft extends BolusDraft {
  readonly from: string;
  readonly to: string;
  readonly gives: 'bolus' | 'none';
}
export interface PatientDraft extends BolusDraft {
  readonly kind: 'asItIs' | 'none' | 'bolus';
  readonly maxPerDay: string;
  readonly parts: readonly DayPartDraft[];
}

const bolusEntry = ({ dose, duration, lockout }: BolusDraft) => ({
  dose: amountText(dose),
  duration: hoursText(duration),
  lockout: hoursText(lockout),
});

export function patientEntry({ kind, maxPerDay, parts, ...bolus }: PatientDraft): Entry {
  if (kind === 'asItIs') return {};
  if (kind === 'none') return { patientBolus: 'none' };
  const own = parts.map(({ from, to, gives, ...each }) => ({
    from,
    to,
    ...(gives === 'none' ? { none: true } : bolusEntry(each)),
  }));
  const byPart = own.length === 0 ? {} : { parts: own };
  return { patientBolus: { ...bolusEntry(bolus), maxPerDay: Number(maxPerDay), ...byPart } };
}

/** The most of the primary drug in any window of time. */
export interface LimitDraft {
  readonly kind: 'none' | 'limit';
  readonly dose: Amount;
  readonly window: Hours;
}

export const limitEntry = ({ kind, dose, window }: LimitDraft): Entry => ({
  doseLimit: kind === 'none' ? 'none' : { dose: amountText(dose), window: hoursText(window) },
});

export interface OpeningDraft {
  readonly kind: 'none' | 'pumpOnly' | 'pumpAndCatheter' | 'catheterOnly' | 'bridge' | 'startAt';
  readonly catheter: Amount;
  /** Of the old drug, where a bridge shall not keep to the one in the pump. */
  readonly bridgeDose: Amount;
  readonly startAt: string;
}

export function openingEntry({ kind, catheter, bridgeDose, startAt }: OpeningDraft): Entry {
  const size = amountText(catheter);
  switch (kind) {
    case 'none':
      return isBlank(catheter) ? {} : { catheter: size };
    case 'pumpOnly':
      return { prime: 'pumpOnly' };
    case 'bridge':
      return { bridge: { catheter: size, ...(isBlank(bridgeDose) ? {} : { dose: amountText(bridgeDose) }) } };
    case 'startAt':
      return { startAt: startAt.replace('T', ' ') };
    default:
      return { prime: { fill: kind, catheter: size } };
  }
}
