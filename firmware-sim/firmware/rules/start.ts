import { ALARMS, type Instant } from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { declaredIn } from './conditions.ts';
import type { Reason } from './refusal.ts';
import { isTesting } from './self-test.ts';

/*
 * What stands against a start of delivery, by resuming or by a prescription, beside what delivery may do: by
 * `startWithAlarm` the critical alarm of a condition that is declared, gone or not. What is calculated of the reservoir
 * and a pump that was stopped too long stand against none: a start is what ends the one, and the other has its policies.
 */
export const alarmed = (context: PumpContext): Reason | false =>
  context.profile.startWithAlarm === 'refuse' &&
  declaredIn(context).some((code) => ALARMS[code].class === 'critical') && { code: 'alarmActive' };

export const mayStart = (context: PumpContext, at: Instant): boolean =>
  !isTesting(context, at) && alarmed(context) === false;
