import { ALARM_CODES, type AlarmCode, type Instant } from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';

/** An alarm and since when its condition has held. */
export interface ActiveAlarm {
  readonly code: AlarmCode;
  readonly since: Instant;
}

/** Each alarm's condition, as a fact of the context: raised while it holds, cleared when it no longer does. */
const SINCE: Readonly<Record<AlarmCode, (context: PumpContext) => Instant | null>> = {
  // Clears when: a volume above the threshold is entered, or the threshold is prescribed lower.
  lowReservoir: (context) => (context.inService && context.prescription !== null ? context.lowSince : null),
  // Clears when: a volume above the empty mark is entered.
  emptyReservoir: (context) => (context.inService && context.prescription !== null ? context.emptySince : null),
  // Clears when: delivery is resumed.
  stoppedPump: (context) => context.stoppedTooLong,
};

/** All alarms active, in the order of their codes. */
export function activeAlarms(context: PumpContext): readonly ActiveAlarm[] {
  return ALARM_CODES.flatMap((code) => {
    const since = SINCE[code](context);
    return since === null ? [] : [{ code, since }];
  });
}
