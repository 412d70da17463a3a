import type { DeviceProfile } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';

/*
 * A battery that falters makes the processor start anew. The pump alarms until somebody has prescribed or resumed; where
 * the device goes to its safe state, that is what the profile says, and the prescription waits, whole.
 */

export const noteBatteryReset = (draft: Draft, { at }: EventOf<'BATTERY_RESET'>): void => {
  draft.batteryReset ??= at;
};

export const forgetBatteryReset = (draft: Draft): void => {
  draft.batteryReset = null;
};

/** Whether the pump goes to its safe state, and that is this one. */
export const safeTo =
  (state: DeviceProfile['safeState']) =>
  ({ profile }: PumpContext, { safeState }: EventOf<'BATTERY_RESET'>): boolean =>
    safeState && profile.safeState === state;
