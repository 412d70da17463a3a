import type { AlarmCode, Instant } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { watchesReservoir } from './alarms.ts';

/*
 * An alarm of the reservoir that nothing calculated calls for, as a session ends. No policy of the level acts on it. It
 * goes as a true one does, with a volume entered or a prescription in force, or when a clinician clears it; the level come
 * true, it is the true one, since it first sounded.
 */

const FIELD = { lowReservoir: 'falseLow', emptyReservoir: 'falseEmpty' } as const;
const OF_LEVEL = { lowReservoir: 'lowSince', emptyReservoir: 'emptySince' } as const;

const fieldOf = (alarm: AlarmCode) =>
  alarm === 'lowReservoir' || alarm === 'emptyReservoir' ? FIELD[alarm] : undefined;

/** Since when an alarm has been active without its cause; null while it is not. */
export function falseSince(context: PumpContext, alarm: AlarmCode): Instant | null {
  const field = fieldOf(alarm);
  return field === undefined ? null : context[field];
}

export function misreadLevel(draft: Draft, { at, alarm }: EventOf<'LEVEL_MISREAD'>): void {
  if (watchesReservoir(draft) && draft[OF_LEVEL[alarm]] === null) draft[FIELD[alarm]] ??= at;
}

export function forgetFalse(draft: Draft, alarm: AlarmCode): void {
  const field = fieldOf(alarm);
  if (field !== undefined) draft[field] = null;
}
