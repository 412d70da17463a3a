import {
  concentration,
  type DeviceProfile,
  type Drug,
  type Instant,
  mass,
  type PatientBolus,
  type Prescription,
  span,
  VOLUME_PER_NL,
} from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { exceedsAlone, HORIZON, type Limited, whenWithinLimit } from './dose-limit.ts';
import { whenCommitWithinLimit, whenMovedWithinLimit } from './limit-change.ts';

/*
 * The hourly maximum: the most fluid in any 60 min, basal and boluses together, whatever is prescribed. It is a dose
 * limit that the device sets, and is judged as one, of a pump in which everything was one fluid of one strength. No
 * clinician overrides it; prime and bridge are exempt, as from every dose limit.
 */

const HOUR = span(3_600_000);
/** One ng a nL: what stands for every solution. */
const FLUID: Drug = { name: 'morphine', concentration: concentration.of(1_000_000) };

type Amount = Pick<PatientBolus, 'rate' | 'duration'>;

/** Whether there is one: none binds that the largest rate of the pump keeps by itself. */
const isBound = ({ hourlyMaximum, rateMaximum }: DeviceProfile): boolean => hourlyMaximum < rateMaximum * HOUR;

const fluidOf = (prescription: Prescription, { hourlyMaximum }: DeviceProfile): Limited => ({
  ...prescription,
  drugs: [FLUID],
  doseLimit: { dose: mass.of(Number(BigInt(hourlyMaximum) / VOLUME_PER_NL)), window: HOUR },
});

const inFluid = (context: PumpContext): PumpContext => ({
  ...context,
  prescription: context.prescription === null ? null : fluidOf(context.prescription, context.profile),
  recent: context.recent.map((each) => ({ ...each, drugs: [FLUID] })),
});

/** The first instant from `from` on at which a bolus keeps within it; undefined where none does. */
export const whenWithinHour = (
  context: PumpContext,
  at: Instant,
  from: Instant,
  bolus: Amount | null,
  last?: number,
) => (isBound(context.profile) ? whenWithinLimit(inFluid(context), at, from, bolus, last) : from);

/** The same for it and the dose limit of the prescription together. */
export function whenWithinBoth(
  context: PumpContext,
  at: Instant,
  from: Instant,
  bolus: Amount,
  last?: number,
): Instant | undefined {
  for (let start = from; start <= from + HORIZON; ) {
    const dosed = whenWithinLimit(context, at, start, bolus, last);
    const both = dosed === undefined ? undefined : whenWithinHour(context, at, dosed, bolus, last);
    if (both === undefined || both === dosed) return both;
    start = both;
  }
  return undefined;
}

/** Whether a program exceeds it by itself. */
export const exceedsHour = (context: PumpContext, prescription: Prescription): boolean =>
  isBound(context.profile) && exceedsAlone(context, fluidOf(prescription, context.profile));

/** When a prescription can take effect beside what was already given; undefined where that is not in sight. */
export const whenCommitWithinHour = (context: PumpContext, prescription: Prescription, at: Instant) =>
  isBound(context.profile) ? whenCommitWithinLimit(inFluid(context), fluidOf(prescription, context.profile), at) : at;

/** The same for the prescription in force with its local times moved. */
export const whenMovedWithinHour = (context: PumpContext, wallOffset: number, at: Instant) =>
  isBound(context.profile) ? whenMovedWithinLimit(inFluid(context), wallOffset, at) : at;
