import {
  ALARM_PRIORITIES,
  ALARMS,
  type AlarmCode,
  CONDITION_CODES,
  type ConditionCode,
  sure,
} from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { activeAlarms } from './alarms.ts';
import { conditionIn, forgetCleared, isClearable } from './conditions.ts';
import { falseSince, forgetFalse } from './false-alarm.ts';
import { refuse } from './refusal.ts';

/*
 * Clearing: a clinician clears the alarms of conditions that latch, one at a time, once the condition is gone. It
 * starts no delivery: that is a command of its own. An alarm of the reservoir that came by mistake is cleared so, too.
 */

const conditionOf = (alarm: AlarmCode): ConditionCode | undefined => CONDITION_CODES.find((code) => code === alarm);

export function judgeClear(context: PumpContext, alarm: AlarmCode) {
  const condition = conditionOf(alarm);
  const sensed = condition === undefined ? undefined : conditionIn(context, condition);
  return refuse([
    !activeAlarms(context).some(({ code }) => code === alarm) && { code: 'alarmNotActive' },
    falseSince(context, alarm) === null &&
      (condition === undefined || !isClearable(context, condition)) && { code: 'notClearable' },
    sensed !== undefined && !sensed.gone && { code: 'conditionPresent' },
  ]);
}

/**
 * By `stopWhileStopped` a clinician's stop on a stopped pump clears an alarm too: of those that can be cleared the one
 * with the highest priority, then the one that came first. Undefined where it clears none.
 */
export function clearedByStop(context: PumpContext, event: Pick<EventOf<'STOP'>, 'by'>): AlarmCode | undefined {
  const { inService, profile, stopped } = context;
  if (!inService || profile.stopWhileStopped === 'refuse' || stopped === null || event.by !== undefined)
    return undefined;
  const clearable = context.conditions.filter(({ code }) => judgeClear(context, code) === undefined);
  return ALARM_PRIORITIES.flatMap((priority) => clearable.filter(({ code }) => ALARMS[code].priority === priority))[0]
    ?.code;
}

export function clearByStop(draft: Draft, event: EventOf<'STOP'>): void {
  const alarm = sure(clearedByStop(draft, event), 'alarm that a stop clears');
  clearAlarm(draft, { type: 'CLEAR_ALARM', at: event.at, alarm });
}

export function clearAlarm(draft: Draft, { at, alarm }: EventOf<'CLEAR_ALARM'>): void {
  if (falseSince(draft, alarm) !== null) forgetFalse(draft, alarm);
  else forgetCleared(draft, sure(conditionOf(alarm), `condition behind ${alarm}`), at);
}
