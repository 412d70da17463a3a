import { type AlarmCode, CONDITION_CODES, type ConditionCode } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { activeAlarms } from './alarms.ts';
import { conditionIn, forgetCleared, isClearable } from './conditions.ts';
import { refuse } from './refusal.ts';

/*
 * Clearing: a clinician clears the alarms of conditions that latch, one at a time, once the condition is gone. It
 * starts no delivery: that is a command of its own.
 */

const conditionOf = (alarm: AlarmCode): ConditionCode | undefined => CONDITION_CODES.find((code) => code === alarm);

export function judgeClear(context: PumpContext, alarm: AlarmCode) {
  const condition = conditionOf(alarm);
  const sensed = condition === undefined ? undefined : conditionIn(context, condition);
  return refuse([
    !activeAlarms(context).some(({ code }) => code === alarm) && { code: 'alarmNotActive' },
    (condition === undefined || !isClearable(context, condition)) && { code: 'notClearable' },
    sensed !== undefined && !sensed.gone && { code: 'conditionPresent' },
  ]);
}

export function clearAlarm(draft: Draft, { at, alarm }: EventOf<'CLEAR_ALARM'>): void {
  const condition = conditionOf(alarm);
  if (condition === undefined) throw new Error(`${alarm} is not cleared by a command`);
  forgetCleared(draft, condition, at);
}
