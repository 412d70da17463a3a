import { ALARMS, type AlarmCode, after, earliest, type Instant, sure } from '../../../shared/index.ts';
import type { Draft, PumpContext, Silence } from '../context.ts';
import type { EventOf } from '../events.ts';
import { ALARM_ROWS, activeAlarms } from './alarms.ts';
import { refuse } from './refusal.ts';

/*
 * Silencing: a clinician in session quiets the tone of one alarm, never the alarm, for at most `silenceLimit`.
 * It ends with the session that set it. A silence belongs to one raise of an alarm: cleared and raised again,
 * the alarm sounds.
 */

/** The silence set for the present raise of an alarm, whether it still runs or is over. */
export const silenceOf = (context: PumpContext, code: AlarmCode, raised: Instant): Silence | undefined =>
  context.silences.find((silence) => silence.code === code && silence.raised === raised);

const NONE: readonly Silence[] = [];

/** Alarms that are active and quiet. */
export function silenced(context: PumpContext): readonly Silence[] {
  // Mostly there are none, and this is asked at every event.
  if (context.silences.length === 0) return NONE;
  return activeAlarms(context).flatMap(({ code, since }) => {
    const silence = silenceOf(context, code, since);
    return silence === undefined || silence.over ? [] : [silence];
  });
}

export function judgeSilence(context: PumpContext, alarm: AlarmCode) {
  const running = silenced(context).find(({ code }) => code === alarm);
  return refuse([
    !activeAlarms(context).some(({ code }) => code === alarm) && { code: 'alarmNotActive' },
    ALARMS[alarm].silence === 'none' && { code: 'notSilenceable' },
    running !== undefined && { code: 'alreadySilenced', until: running.until },
  ]);
}

export function silenceAlarm(draft: Draft, { at, alarm }: EventOf<'SILENCE_ALARM'>): void {
  const raised = sure(ALARM_ROWS[alarm](draft), `active alarm ${alarm}`);
  const others = draft.silences.filter(({ code }) => code !== alarm);
  draft.silences = [...others, { code: alarm, raised, until: after(at, draft.profile.silenceLimit), over: false }];
}

/** When the first silence runs out. */
export const whenSilenceEnds = (context: PumpContext): Instant | undefined =>
  context.silences.length === 0 ? undefined : earliest(silenced(context).map(({ until }) => until));

/** Ends the silences that have run out. */
export function endSilences(draft: Draft, { at }: { readonly at: Instant }): void {
  draft.silences = draft.silences.map((silence) => (silence.until <= at ? { ...silence, over: true } : silence));
}

/** Ends all silences: the session that set them is over. */
export function endAllSilences(draft: Draft, { at }: { readonly at: Instant }): void {
  draft.silences = draft.silences.map((silence) => (silence.over ? silence : { ...silence, until: at, over: true }));
}
