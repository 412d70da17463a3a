import {
  ALARM_CODES,
  ALARMS,
  type AlarmClass,
  type AlarmCode,
  type ConditionCode,
  type Instant,
} from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { declaredSince } from './conditions.ts';

/** An alarm and since when its condition has held. */
export interface ActiveAlarm {
  readonly code: AlarmCode;
  readonly since: Instant;
}

/** One alarm: its condition as a fact of the context, and whether its tone may be silenced. */
interface AlarmRow {
  readonly silence: 'none' | 'tone';
  readonly since: (context: PumpContext) => Instant | null;
}

/** A condition raises its own alarm once it is declared. */
const ofCondition = (code: ConditionCode): AlarmRow => ({
  silence: 'tone',
  since: (context) => declaredSince(context, code),
});

/** The alarms. Each is raised while its condition holds and cleared when it no longer does. */
export const ALARM_ROWS: Readonly<Record<AlarmCode, AlarmRow>> = {
  lowReservoir: {
    silence: 'tone',
    since: (context) => (context.inService && context.prescription !== null ? context.lowSince : null),
  },
  emptyReservoir: {
    silence: 'tone',
    since: (context) => (context.inService && context.prescription !== null ? context.emptySince : null),
  },
  stoppedPump: { silence: 'tone', since: (context) => context.stoppedTooLong },
  eri: { silence: 'tone', since: (context) => context.eriSince },
  endOfService: { silence: 'none', since: (context) => context.endSince },
  memoryError: { silence: 'tone', since: (context) => context.memoryFailed },
  stall: ofCondition('stall'),
  occlusion: ofCondition('occlusion'),
  overTemperature: ofCondition('overTemperature'),
  overFlow: ofCondition('overFlow'),
  underFlow: ofCondition('underFlow'),
};

/** How each class sounds: its tone, and the profile's names for its interval and length. */
export const TONES = {
  critical: { tone: 'two-tone', interval: 'criticalToneInterval', length: 'criticalToneLength' },
  'non-critical': { tone: 'single', interval: 'toneInterval', length: 'toneLength' },
} as const satisfies Record<AlarmClass, object>;

export const classOf = (code: AlarmCode): AlarmClass => ALARMS[code].class;

/** All alarms active, in the order of their codes. */
export function activeAlarms(context: PumpContext): readonly ActiveAlarm[] {
  const active: ActiveAlarm[] = [];
  for (const code of ALARM_CODES) {
    const since = ALARM_ROWS[code].since(context);
    if (since !== null) active.push({ code, since });
  }
  return active;
}
