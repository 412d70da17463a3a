import { type Refusal, stepsSkipped } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { whenMovedWithinHour } from './hourly-maximum.ts';
import { whenMovedWithinLimit } from './limit-change.ts';
import { wallAt } from './program.ts';
import { refuse, unprogrammable } from './refusal.ts';

/*
 * Setting the clock moves what follows local time: steps of a schedule, days of a count. The step valid at the
 * new time begins at once, one that was jumped over is skipped. What has been running since an instant
 * (lockout, bolus, stop, service) is not moved.
 */

/** A clock set may bring the same hours of a schedule twice within the window of a dose limit. */
export function judgeSetClock(context: PumpContext, event: EventOf<'CLOCK_SET'>): Refusal | undefined {
  const until = whenMovedWithinLimit(context, event.wall - event.at, event.at);
  const hour = whenMovedWithinHour(context, event.wall - event.at, event.at);
  return refuse([
    unprogrammable(context),
    context.update !== null && { code: 'updating' },
    until !== event.at && { code: 'overLimitForNow', until },
    hour !== event.at && { code: 'hourlyMaximum', until: hour },
  ]);
}

export function setClock(draft: Draft, { at, wall }: EventOf<'CLOCK_SET'>): void {
  const before = wallAt(draft, at);
  const program = draft.prescription?.program;
  const skipped = program === undefined || before === undefined ? 0 : stepsSkipped(program, before, wall);
  draft.clockMoved = { at, from: before ?? null, skipped };
  draft.wallOffset = wall - at;
}
