import { after, type Instant } from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';

/**
 * When a pump in service that delivers nothing has done so for too long. Only delivery restarts the deadline; after
 * the end of service there is none.
 */
export function whenStoppedTooLong(context: PumpContext): Instant | undefined {
  if (!context.inService || context.endSince !== null) return undefined;
  if (context.idleSince === null || context.stoppedTooLong !== null) return undefined;
  return after(context.idleSince, context.profile.stoppedAlarm);
}
