import type { DeviceProfile, Duration } from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';

/*
 * The motor stall, seen by the rotation sensor while the motor is driven. By `stallPolicy` a pump keeps driving: the
 * basal rate comes back with the rotation, boluses do not; or it stops, and the alarm waits for a clinician.
 */

export const stallDelay = ({ stallDetectionDelay }: DeviceProfile): Duration => stallDetectionDelay;

export const stallLatches = ({ stallPolicy }: DeviceProfile): boolean => stallPolicy === 'stopAndLatch';

export const stallPolicy = (profile: DeviceProfile): 'basalOnly' | 'stop' =>
  profile.stallPolicy === 'keepDriving' ? 'basalOnly' : 'stop';

/** Whether the calculated volume stands still: by `stallAccounting` what a stalled motor is asked for is not believed. */
export const holdsVolume = ({ profile, conditions }: PumpContext): boolean =>
  profile.stallAccounting === 'hold' && conditions.some(({ code, declared }) => code === 'stall' && declared !== null);
