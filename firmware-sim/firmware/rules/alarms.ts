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
interface ActiveAlarm {
  readonly code: AlarmCode;
  readonly since: Instant;
}

/** Since when what an alarm tells of has held, as a fact of the context; null while it does not. */
type Since = (context: PumpContext) => Instant | null;

/** A condition raises its own alarm once it is declared. */
const ofCondition =
  (code: ConditionCode): Since =>
  (context) =>
    declaredSince(context, code);

/** Whether the pump itself alarms of its reservoir: not before there is something to run out, nor where the handset does. */
export const watchesReservoir = ({ inService, prescription, profile }: PumpContext): boolean =>
  inService && prescription !== null && profile.lowReservoirBy === 'pump';

/**
 * The alarms. Each is raised while this holds and cleared when it no longer does; what class it is of, what ends it and
 * whether it may be silenced stands in ALARMS.
 */
export const ALARM_ROWS: Readonly<Record<AlarmCode, Since>> = {
  lowReservoir: (context) => (watchesReservoir(context) ? (context.lowSince ?? context.falseLow) : null),
  emptyReservoir: (context) => (watchesReservoir(context) ? (context.emptySince ?? context.falseEmpty) : null),
  stoppedPump: (context) => context.stoppedTooLong,
  eri: (context) => context.eriSince,
  endOfService: (context) => context.endSince,
  memoryError: (context) => context.memoryFailed,
  memoryLocked: (context) => context.memoryLocked,
  lowBatteryReset: (context) => context.batteryReset,
  stall: ofCondition('stall'),
  occlusion: ofCondition('occlusion'),
  overTemperature: ofCondition('overTemperature'),
  overFlow: ofCondition('overFlow'),
  underFlow: ofCondition('underFlow'),
};

export const classOf = (code: AlarmCode): AlarmClass => ALARMS[code].class;

const NONE: readonly ActiveAlarm[] = [];
const IN_ORDER = ALARM_CODES.map((code) => [code, ALARM_ROWS[code]] as const);

/** All alarms active, in the order of their codes. */
export function activeAlarms(context: PumpContext): readonly ActiveAlarm[] {
  let active: ActiveAlarm[] | undefined;
  for (const [code, sinceIn] of IN_ORDER) {
    const since = sinceIn(context);
    if (since === null) continue;
    active ??= [];
    active.push({ code, since });
  }
  return active ?? NONE;
}
