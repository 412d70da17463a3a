import { type DeviceProfile, type Prescription, profileNamed, readProfile } from '../../shared/index.ts';
import { type BarePump, implantedPump, type Speaker } from '../firmware/bare-pump.ts';
import { CommandedPump } from '../firmware/commanded.ts';
import type { Prescribe } from './fixture.ts';
import { therapyOf, treating } from './therapies.ts';

/** A shipped profile's values. */
export function valuesOf(profile: string): DeviceProfile {
  const sheet = profileNamed(profile);
  if (sheet === undefined) throw new Error(`no profile ${profile}`);
  return readProfile(sheet);
}

const ORDERS = new Map<string, Prescription>();

/** A profile's therapy, some of it changed, as the pump is sent it. */
export function ordersOf(profile: string, changes: Prescribe = {}): Prescription {
  const key = JSON.stringify([profile, changes]);
  const prescription = ORDERS.get(key) ?? treating(profile, changes).belief.prescription;
  if (prescription === null) throw new Error(`${profile}: nothing is prescribed`);
  ORDERS.set(key, prescription);
  return prescription;
}

/** A pump of a profile that gives its therapy, alone on the bench, and a clinician in session with it. */
export function onBench(
  profile: string,
  { order = {}, changes = {} }: { readonly order?: Prescribe; readonly changes?: Partial<DeviceProfile> } = {},
): { readonly pump: BarePump; readonly clinician: Speaker } {
  const made = implantedPump({ ...valuesOf(profile), ...changes });
  made.clinician.enter(`${therapyOf(profile).full} mL`);
  made.clinician.prescribe(ordersOf(profile, order));
  made.clinician.do('resume');
  return made;
}

/** The firmware's chart alone, that gives a profile's therapy: for many runs, or many presses. */
export function chartOf(profile: string, order: Prescribe = {}, changes: Partial<DeviceProfile> = {}): CommandedPump {
  const pump = new CommandedPump(changes, { profile });
  const refused = pump.prescribe(ordersOf(profile, order));
  if (refused !== undefined) throw new Error(`refused: ${refused.code}`);
  pump.do('resume');
  return pump;
}
