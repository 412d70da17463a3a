import type { AlarmCode, DeviceProfile, Status } from '../shared/index.ts';

/** How a handset judges the reservoir of its pump: whether it does, and what counts as empty. */
export type HandsetRules = Pick<DeviceProfile, 'lowReservoirBy' | 'emptyAt'>;

/**
 * The alarms a handset raises of its own from what the pump has told: of a reservoir that is low by the threshold of
 * the prescription or empty by the device's. At the threshold counts; an empty reservoir is a low one too. None before
 * anything is prescribed, and none where the pump raises them itself.
 */
export function handsetAlarms(status: Status, { lowReservoirBy, emptyAt }: HandsetRules): readonly AlarmCode[] {
  const { prescription, service, volume } = status;
  if (lowReservoirBy === 'pump' || prescription === null || service === 'shelf') return [];
  if (volume <= emptyAt) return ['lowReservoir', 'emptyReservoir'];
  return volume <= prescription.lowReservoir ? ['lowReservoir'] : [];
}
