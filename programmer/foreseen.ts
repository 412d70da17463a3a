import {
  bolusVolume,
  type DeviceProfile,
  highestBasal,
  type OverBasal,
  type PatientBolus,
  type Prescription,
  REFUSALS,
  type RefusalCode,
  rate,
  type Status,
  volume,
} from '../shared/index.ts';
import { hasLostMemory, isLocked } from './lost-memory.ts';

/*
 * What the pump will refuse of a single bolus, as far as its status tells, said before anybody confirms it. A
 * prescription needs none of it: the pump has judged it by its review. Of a bolus the pump alone judges, when it is
 * ordered.
 */

/** The most a kind of pump holds and delivers, and the volume at which it counts as empty. */
export type Bounds = Pick<
  DeviceProfile,
  | 'reservoirCapacity'
  | 'rateMaximum'
  | 'emptyAt'
  | 'basalMinimum'
  | 'basalMaximum'
  | 'clinicianBolusShortest'
  | 'clinicianBolusLongest'
>;

type Ordered = Pick<PatientBolus, 'rate' | 'duration'>;

interface Rules {
  readonly bounds?: Bounds | undefined;
  readonly dayRules: OverBasal;
}

/** One line for each reason that can be told; one without a reason where the pump takes none for another. */
export function foreseenChecks(status: Status, order: Ordered, rules: Rules): string[] {
  const { prescription, accepts, alarms } = status;
  const reasons: string[] = [];
  if (hasLostMemory(alarms)) reasons.push(REFUSALS.memoryFailed);
  else if (isLocked(alarms)) reasons.push(REFUSALS.memoryLocked);
  else if (prescription === null) reasons.push(REFUSALS.noPrescription);
  else if (rules.bounds !== undefined)
    reasons.push(...beyond(status, prescription, order, rules.bounds, rules.dayRules));
  if (reasons.length === 0 && !accepts.includes('clinicianBolus')) reasons.push('it takes no single bolus now');
  return reasons.map((reason) => `Check: THE PUMP WILL REFUSE IT: ${reason}`);
}

function beyond(
  { stopped, volume: held, reservoir }: Status,
  { program }: Prescription,
  order: Ordered,
  { emptyAt, rateMaximum }: Bounds,
  { bolusOverBasal }: OverBasal,
): string[] {
  const reasons: string[] = [];
  const say = (code: RefusalCode, figures: string) => reasons.push(`${REFUSALS[code]}: ${figures}`);
  const left = held - emptyAt;
  if (reservoir !== 'empty' && bolusVolume(order) > left)
    say(
      'tooLittleLeft',
      `${volume.format(bolusVolume(order), 4)} of ${volume.format(volume.of(Math.max(0, left)), 4)}`,
    );
  // Nothing runs beside it on a stopped pump.
  const basal = stopped === null && bolusOverBasal === 'add' ? highestBasal(program) : 0;
  const periodic = stopped === null && program.type === 'periodic' ? program.bolus.rate : 0;
  const all = rate.of(order.rate + basal + periodic);
  if (all > rateMaximum) say('bolusTooFast', `${rate.format(all)} of ${rate.format(rateMaximum)}`);
  return reasons;
}
