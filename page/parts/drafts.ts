import type { Visit } from '../visit.ts';
import {
  amount,
  amountText,
  DAYS,
  type FluidDraft,
  fluidEntry,
  hours,
  isBlank,
  type LimitDraft,
  limitEntry,
  type OpeningDraft,
  openingEntry,
  type PatientDraft,
  type ProgramDraft,
  patientEntry,
  programEntry,
} from './draft.ts';
import { unitIn } from './drug-of.ts';
import { drugsNow, limitNow, patientNow, programNow } from './now.ts';

export const PARTS = ['fluid', 'program', 'patient', 'opening', 'limits', 'run'] as const;
export type Part = (typeof PARTS)[number];

/** Everything that stands in the forms of a prescription. */
export interface Drafts {
  readonly fluid: FluidDraft;
  readonly program: ProgramDraft;
  readonly patient: PatientDraft;
  readonly opening: OpeningDraft;
  readonly lowReservoir: ReturnType<typeof amount>;
  readonly ceiling: ReturnType<typeof amount>;
  readonly doseLimit: LimitDraft;
  readonly run: 'yes' | 'no';
  /** What becomes of a prime, a bridge or a delayed start that is under way. */
  readonly underway: 'goesOn' | 'cancel' | 'recompute';
}

/** Rates and boluses of a drug, before anything is entered. */
export function blankDoses(unit: string): Pick<Drafts, 'program' | 'patient' | 'ceiling' | 'doseLimit'> {
  const rate = `${unit}/day`;
  const day = { at: '00:00', give: amount(rate) };
  const group = (days: readonly (typeof DAYS)[number][]) => ({ days, steps: [day] });
  return {
    program: {
      kind: 'constant',
      give: amount(rate),
      change: '',
      steps: [day, { at: '12:00', give: amount(rate) }],
      groups: [group(DAYS.slice(0, 5)), group(DAYS.slice(5))],
      bolus: amount(unit),
      duration: hours('0', '5'),
      every: hours(),
      dates: [],
    },
    patient: {
      kind: 'none',
      dose: amount(unit),
      duration: hours('0', '5'),
      lockout: hours(),
      maxPerDay: '',
      parts: [],
    },
    ceiling: amount(rate),
    doseLimit: { kind: 'none', dose: amount(unit), window: hours() },
  };
}

/** The forms as they open: with what is in the pump, and with no drug chosen where there is nothing. */
export function draftsNow(visit: Pick<Visit, 'status' | 'drugs'>, parts: readonly Part[]): Drafts {
  const prescription = visit.status?.prescription ?? null;
  const unit = unitIn(visit, prescription === null ? '' : prescription.drugs[0]?.name);
  const doses = blankDoses(unit);
  const now = prescription === null ? [] : drugsNow(prescription, (name) => unitIn(visit, name));
  return {
    ...doses,
    program: { ...doses.program, ...(prescription === null ? {} : programNow(prescription, unit)) },
    patient: { ...doses.patient, ...(prescription === null ? {} : patientNow(prescription, unit)) },
    doseLimit: { ...doses.doseLimit, ...(prescription === null ? {} : limitNow(prescription, unit)) },
    fluid: {
      keeps: !parts.includes('fluid'),
      saline: prescription !== null && now.length === 0,
      // A strength is read off the vial, and typed: what stood there before would be programmed unseen.
      drugs:
        now.length === 0
          ? [{ name: '', strength: amount('mcg/mL') }]
          : now.map(({ name, strength }) => ({ name, strength: amount(strength.unit) })),
    },
    opening: {
      kind: openingAtFirst(parts, prescription !== null),
      catheter: amount('cm'),
      bridgeDose: amount(`${unit}/day`),
      startAt: '',
    },
    lowReservoir: amount('mL'),
    run: 'yes',
    underway: 'goesOn',
  };
}

/** Another fluid is bridged unless somebody decides otherwise: what it would do to the dose is easily forgotten. */
function openingAtFirst(parts: readonly Part[], isPrescribed: boolean): OpeningDraft['kind'] {
  if (parts.includes('fluid')) return isPrescribed ? 'bridge' : 'none';
  return parts.includes('opening') ? 'pumpAndCatheter' : 'none';
}

const differ = (a: object, b: object): boolean => JSON.stringify(a) !== JSON.stringify(b);

/**
 * What is to be entered: of a fluid that is another, everything; else what differs from what is in the pump, so that
 * nothing is programmed anew from the figures of a form. What a form leaves empty is not entered.
 */
export function entryOf(
  drafts: Drafts,
  before: Drafts,
  parts: readonly Part[],
  isStopped: boolean,
): Readonly<Record<string, unknown>> {
  const low = drafts.lowReservoir.number.trim();
  const isNew = parts.includes('fluid') && !drafts.fluid.keeps;
  const [program, patient] = [programEntry(drafts.program), patientEntry(drafts.patient)];
  const limit = limitEntry(drafts.doseLimit);
  return {
    ...(isNew ? fluidEntry(drafts.fluid) : {}),
    ...(parts.includes('program') && (isNew || differ(program, programEntry(before.program))) ? program : {}),
    ...(parts.includes('patient') && (isNew || differ(patient, patientEntry(before.patient))) ? patient : {}),
    ...(parts.includes('opening') ? openingEntry(drafts.opening) : {}),
    ...(parts.includes('limits') && low !== '' ? { lowReservoir: `${low} mL` } : {}),
    ...(parts.includes('limits') && !isBlank(drafts.ceiling) ? { ceiling: amountText(drafts.ceiling) } : {}),
    ...(parts.includes('limits') && differ(limit, limitEntry(before.doseLimit)) ? limit : {}),
    ...(drafts.underway === 'goesOn' ? {} : { opening: drafts.underway }),
    ...(parts.includes('run') && isStopped ? { run: drafts.run === 'yes' } : {}),
  };
}

/** What another fluid does to the forms: doses of one drug are none of another, and are entered anew. */
export function withFluid(drafts: Drafts, fluid: FluidDraft, visit: Pick<Visit, 'drugs' | 'status'>): Drafts {
  const primaryOf = ({ keeps, saline, drugs }: FluidDraft) =>
    keeps ? visit.status?.prescription?.drugs[0]?.name : saline ? undefined : drugs[0]?.name;
  const [was, is] = [primaryOf(drafts.fluid), primaryOf(fluid)];
  return { ...drafts, fluid, ...(was === is ? {} : blankDoses(unitIn(visit, is))) };
}
