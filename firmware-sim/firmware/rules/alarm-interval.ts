import type { AlarmClass, Duration } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { refuse, unprogrammable } from './refusal.ts';

/*
 * How often an alarm sounds. A clinician may set it for the critical class: no shorter than the tone takes, and no
 * longer than a non-critical alarm waits. It holds until it is set again, also through a loss of power.
 */

export function intervalOf({ profile, criticalInterval }: PumpContext, of: AlarmClass): Duration {
  return of === 'critical' ? (criticalInterval ?? profile.criticalToneInterval) : profile.toneInterval;
}

export function judgeInterval(context: PumpContext, interval: Duration) {
  const { criticalToneLength, toneInterval, criticalToneInterval } = context.profile;
  const longest = Math.max(toneInterval, criticalToneInterval);
  const fits = interval > 0 && interval >= criticalToneLength && interval <= longest;
  return refuse([unprogrammable(context), !fits && { code: 'intervalOutOfRange' }]);
}

export function setCriticalInterval(draft: Draft, { interval }: EventOf<'SET_ALARM_INTERVAL'>): void {
  draft.criticalIntervalBefore = intervalOf(draft, 'critical');
  draft.criticalInterval = interval;
}
