import { addMonths, after, type Instant, instant, sooner, type WallClock } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { type Reason, refuse, unprogrammable } from './refusal.ts';

/*
 * Service life: elective replacement is indicated (ERI) when the battery gives out, or `eriBeforeEnd` before the
 * age limit, whichever is first; it is never withdrawn. Service ends `eriToEndOfService` after that, or at the
 * age limit, or once the battery is empty, whichever is first: the date to replace the pump by. What happens then is `atEndOfService`.
 */

/** The age limit of a pump implanted at `at`, when the local clock showed `wall`: calendar months, local time. */
function ageLimitOf({ profile }: PumpContext, at: Instant, wall: WallClock): Instant {
  return instant(at + (addMonths(wall, profile.serviceLife) - wall));
}

export const judgeImplant = (context: PumpContext) =>
  refuse([unprogrammable(context), context.inService && { code: 'alreadyImplanted' }]);

/** Puts the pump in service and works out, once, how long that can last. */
export function beginService(draft: Draft, event: EventOf<'IMPLANT'>): void {
  const { at, wall } = event;
  draft.inService = true;
  draft.ageLimit = ageLimitOf(draft, at, wall);
  const byAge = instant(Math.max(at, draft.ageLimit - draft.profile.eriBeforeEnd));
  draft.eriAt = draft.batteryLow ? at : byAge;
  if (draft.batteryEmpty !== null) draft.batteryEmpty = at;
}

/** The battery has said that it gives out; on the shelf that is kept until the implant. */
export function noteBatteryLow(draft: Draft, event: EventOf<'BATTERY_LOW' | 'BATTERY_EMPTY'>): void {
  draft.batteryLow = true;
  // Without a memory it knows of no age limit; a battery still gives out.
  if (draft.eriAt !== null || draft.memoryFailed !== null) draft.eriAt = event.at;
}

/** The battery is empty: it has given out, and service ends with it, however long ago that was. On the shelf it is kept. */
export function noteBatteryEmpty(draft: Draft, event: EventOf<'BATTERY_EMPTY'>): void {
  draft.batteryEmpty = event.at;
  if (draft.eriSince === null) noteBatteryLow(draft, event);
}

export const whenEri = (context: PumpContext): Instant | undefined =>
  context.eriSince === null ? (context.eriAt ?? undefined) : undefined;

/** When service ends or ended, as far as it is known now; undefined on the shelf, and where it was forgotten. */
export function endOfService({ ageLimit, batteryEmpty, eriAt, profile }: PumpContext): Instant | undefined {
  if (eriAt === null) return undefined;
  const byEri = after(eriAt, profile.eriToEndOfService);
  return sooner(sooner(byEri, ageLimit ?? undefined), batteryEmpty ?? undefined);
}

export const whenEndOfService = (context: PumpContext): Instant | undefined =>
  context.endSince === null ? endOfService(context) : undefined;

/** Whether the end of service, come now, would stop delivery. */
export const endStops = (context: PumpContext): boolean =>
  context.eriSince !== null && context.profile.atEndOfService === 'stop';

/** The reason why a pump at its end of service is neither prescribed for nor asked for anything. */
export const ended = ({ endSince, profile }: PumpContext): Reason | false =>
  endSince !== null && profile.atEndOfService === 'stop' && { code: 'endOfService' };
