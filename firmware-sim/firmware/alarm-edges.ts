import type { AlarmCode, LogData, LogKind } from '../../shared/index.ts';
import type { PumpContext, Silence } from './context.ts';
import { activeAlarms } from './rules/alarms.ts';
import { silenced } from './rules/silence.ts';

/** The alarms that are active, and the silences that keep some of them quiet. */
export interface Alarming {
  readonly alarms: readonly AlarmCode[];
  readonly silences: readonly Silence[];
}

const QUIET: Alarming = { alarms: [], silences: [] };

export function alarmingIn(context: PumpContext): Alarming {
  const active = activeAlarms(context);
  return active.length === 0 ? QUIET : { alarms: active.map(({ code }) => code), silences: silenced(context) };
}

interface Edge {
  readonly kind: LogKind;
  readonly data: LogData;
}
const NO_EDGES: readonly Edge[] = [];

/**
 * What one event did to the alarms, a record an edge: raised, cleared, silenced, and silences that ended while their
 * alarm is still active.
 */
export function alarmEdges(before: Alarming, now: Alarming): readonly Edge[] {
  // Mostly there are none, and this is asked at every event.
  if (before.alarms.length + now.alarms.length === 0) return NO_EDGES;
  const raised = now.alarms.filter((code) => !before.alarms.includes(code));
  const cleared = before.alarms.filter((code) => !now.alarms.includes(code));
  const isNew = ({ code, until }: Silence) =>
    !before.silences.some((each) => each.code === code && each.until === until);
  const hasEnded = ({ code }: Silence) => now.alarms.includes(code) && !now.silences.some((each) => each.code === code);
  return [
    ...raised.map((code) => ({ kind: 'alarmRaised' as const, data: { code } })),
    ...cleared.map((code) => ({ kind: 'alarmCleared' as const, data: { code } })),
    ...now.silences.filter(isNew).map(({ code, until }) => ({ kind: 'alarmSilenced' as const, data: { code, until } })),
    ...before.silences.filter(hasEnded).map(({ code }) => ({ kind: 'silenceEnded' as const, data: { code } })),
  ];
}
