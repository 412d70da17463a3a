import {
  ALARM_PRIORITIES,
  ALARMS,
  type AlarmCode,
  CONDITIONS,
  formatDuration,
  STOP_REASONS,
  type Status,
  showDateTime,
  span,
} from '../shared/index.ts';
import { clockWarnings, lostClockWarnings } from './clock.ts';
import { finishWarnings } from './finish.ts';
import { flowFoundText } from './flow-found.ts';
import { limitWarnings, limitWords } from './library/words.ts';
import { hasLostMemory, isLocked, LOCKED_MEMORY, LOST_MEMORY } from './lost-memory.ts';
import { openingWarnings } from './opening.ts';
import { otherFilledWarnings } from './other-filled.ts';
import { type Outcome, reasonOf } from './outcome.ts';
import { recalledText } from './recalled-words.ts';
import { refillWarnings } from './refill.ts';
import { figuresOf } from './refusal-figures.ts';
import { orderWarnings } from './single-bolus.ts';
import { localTimeOf, type VisitContext } from './visit-context.ts';
import { aboutLimits } from './visit-guards.ts';
import { ALARM_WORDS } from './words.ts';

/** What the clinician is warned of: a stopped pump first, then a lost clock, alarms, and what concerns this visit. */
export function warningsOf(context: VisitContext): string[] {
  const {
    status,
    outcome,
    refill,
    reviewed,
    orderReviewed,
    unreviewed,
    readAt,
    clock,
    settings,
    pendingDropped,
    mayBeStopped,
    recalled,
    otherFilled,
  } = context;
  const warnings: string[] = [];
  if (mayBeStopped)
    warnings.push('THE PUMP MAY BE STOPPED: its update was not confirmed; interrogate it before the patient leaves');
  if (status !== null && status.service !== 'shelf' && status.stopped !== null) {
    const since = showDateTime(localTimeOf(context, status.stopped.since));
    warnings.push(`THE PUMP IS STOPPED since ${since}: ${STOP_REASONS[status.stopped.why]}`);
  }
  warnings.push(...otherFilledWarnings(otherFilled, reviewed));
  const isLost = status !== null && hasLostMemory(status.alarms);
  if (isLost) warnings.push(LOST_MEMORY);
  if (status !== null && isLocked(status.alarms)) warnings.push(LOCKED_MEMORY);
  const waits = isLost ? 'it holds no program' : 'the program waits';
  if (status?.infusion === 'minimumRate' && status.prescription?.program.type !== 'minimumRate')
    warnings.push(`THE PUMP RUNS AT ITS MINIMUM RATE: ${waits}`);
  if (status?.infusion === 'defaultSchedule') warnings.push(`THE PUMP DELIVERS ITS DEFAULT SCHEDULE: ${waits}`);
  if (status !== null) warnings.push(...openingWarnings(status));
  if (status !== null) {
    warnings.push(...lostClockWarnings(status));
    for (const code of highestFirst(status.alarms)) warnings.push(`${ALARM_WORDS[code]}${alarmNotes(status, code)}`);
    for (const { code, declared } of status.conditions)
      if (declared === null) warnings.push(`Sensed, and not declared yet: ${CONDITIONS[code].text}`);
    warnings.push(...clockWarnings(status, readAt, clock));
  }
  const flow = flowFoundText(context);
  if (flow !== undefined) warnings.push(flow);
  if (pendingDropped) warnings.push('Edits that were not programmed have been discarded: the session lay idle');
  const reason = outcome === 'pending' ? undefined : refusalText(context, outcome);
  if (reason !== undefined) warnings.push(`Not done: ${reason}`);
  if (recalled !== null) warnings.push(recalledText(recalled));
  if (refill !== null) warnings.push(...refillWarnings(refill, settings.flowAccuracy));
  if (outcome !== 'pending' && 'done' in outcome) warnings.push(...unreviewed);
  if (status !== null && reviewed !== null)
    warnings.push(...finishWarnings(status, reviewed, context), ...limitWarnings(reviewed.exceeded, settings.library));
  if (status !== null && orderReviewed !== null)
    warnings.push(
      ...orderWarnings(status, orderReviewed, context),
      ...limitWarnings(orderReviewed.exceeded, settings.library),
    );
  return warnings;
}

/** Alarms by their priority; those of one in the order the pump tells them. */
const highestFirst = (alarms: Status['alarms']): readonly AlarmCode[] =>
  ALARM_PRIORITIES.flatMap((priority) =>
    alarms.filter(({ code }) => ALARMS[code].priority === priority).map(({ code }) => code),
  );

/** What there is to say of an alarm beside that it is active. */
function alarmNotes({ silenced, conditions }: Status, alarm: AlarmCode): string {
  const quiet = silenced.some(({ code }) => code === alarm) ? ' (tone silenced)' : '';
  const isGone = conditions.some(({ code, gone }) => code === alarm && gone);
  return `${quiet}${isGone ? ' (no longer sensed: it can be cleared)' : ''}`;
}

/** Why an act was not done, and what would be: the shortest bolus that fits, or from when on. */
function refusalText(context: VisitContext, outcome: Outcome): string | undefined {
  const reason = reasonOf(outcome);
  if ('refused' in outcome && outcome.refused === 'aboveHardLimit') {
    const hard = aboutLimits(context)?.exceeded.filter(({ level }) => level === 'hard') ?? [];
    return [reason, ...hard.map((each) => limitWords(each, context.settings.library))].join('; ');
  }
  if (reason === undefined || !('by' in outcome) || outcome.by !== 'pump') return reason;
  const { shortest, until } = outcome;
  const figures = figuresOf(context, outcome.refused);
  if (figures !== undefined) return `${reason}: ${figures}`;
  const fits = shortest === null ? '' : `; the shortest duration that fits is ${formatDuration(shortest)}`;
  const { status } = context;
  if (until === null || status === null) return `${reason}${fits}`;
  const wait = formatDuration(span(Math.max(0, until - status.now)));
  return `${reason}${fits}; possible from ${showDateTime(localTimeOf(context, until))}, in ${wait}`;
}
