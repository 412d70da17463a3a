import { BASAL } from './conditions.ts';
import { type Opening, type Prescription, volumeOfBolus } from './prescription.ts';
import type { PumpState } from './pump-state.ts';

/* Openings by their rules: what stands against one, and when it is over. */

/** One that is under way. Times are pump time. */
export interface Opened {
  readonly setting: Opening;
  readonly start: number;
}

/** One that has ended. */
export interface Closed extends Opened {
  readonly end: number;
  readonly why: string;
}

/** When the program begins; undefined while nobody knows the local time it waits for. */
export function openingEnd({ setting, start }: Opened, ahead: number | null, clockMoved: number): number | undefined {
  if (setting.type !== 'delayed') return start + setting.duration;
  return ahead === null ? undefined : Math.max(start, clockMoved, setting.until - ahead);
}

/** What of it is still to come at a time. */
export const openingLeft = ({ setting, start }: Opened, now: number): number =>
  setting.type === 'delayed' ? 0 : setting.rate * Math.max(0, start + setting.duration - now);

/** What stands against an opening that would begin now, where delivery would be of a mode. In no order. */
export function openingFaults(pump: PumpState, prescription: Prescription, mode: string): Set<string> {
  const { opening } = prescription;
  const faults = new Set<string>();
  if (opening === null) return faults;
  if (mode !== 'basal') faults.add('openingHeld');
  if (opening.type === 'delayed') return faults;
  const { device } = pump;
  const amount = volumeOfBolus(opening);
  const level = pump.levelUnder(prescription);
  if (amount < BigInt(device.strokeVolume)) faults.add('bolusTooSmall');
  if (amount > BigInt(device.reservoirCapacity)) faults.add('overCapacity');
  if (opening.rate > device.rateMaximum) faults.add('bolusTooFast');
  if (level === 'empty') faults.add('emptyReservoir');
  else if (pump.volume - BigInt(device.emptyAt) < amount) faults.add('tooLittleLeft');
  if (level === 'low' && device.lowReservoirPolicy !== 'alarm') faults.add('lowReservoir');
  for (const code of pump.conditions.leavingAtMost(BASAL)) faults.add(code);
  return faults;
}

/** Whether the program would have to begin before it is put in force. */
export const isPast = ({ wall }: PumpState, opening: Opening | null): boolean =>
  opening?.type === 'delayed' && wall !== null && opening.until <= wall;

/** The shortest duration in which the same would be slow enough; null where it is, or never fits. */
export function shortestOpening({ device }: PumpState, opening: Opening | null): number | null {
  if (opening === null || opening.type === 'delayed' || opening.rate <= device.rateMaximum) return null;
  const step = BigInt(device.bolusDurationStep);
  for (let duration = step; ; duration += step)
    if (duration * BigInt(device.rateMaximum) >= volumeOfBolus(opening)) return Number(duration);
}
