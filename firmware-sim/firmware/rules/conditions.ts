import {
  after,
  type ConditionCode,
  type DeviceProfile,
  type Duration,
  earliest,
  type Instant,
} from '../../../shared/index.ts';
import type { Draft, PumpContext, Sensed } from '../context.ts';
import type { EventOf } from '../events.ts';
import { book } from './delivery.ts';
import { stallDelay, stallLatches, stallPolicy } from './stall.ts';

/*
 * Conditions a sensor sees: declared once they have been seen for their detection delay without a break, and from
 * then on an alarm and a policy. What latches stays declared, gone or not, until a clinician clears its alarm.
 */

/** What a declared condition leaves of delivery. */
export type Policy = DeviceProfile['occlusionPolicy'];

export function policyOf({ profile }: PumpContext, code: ConditionCode): Policy {
  return code === 'stall' ? stallPolicy(profile) : profile[`${code}Policy`];
}

const delayOf = ({ profile }: PumpContext, code: ConditionCode): Duration =>
  code === 'stall' ? stallDelay(profile) : profile.conditionDelay;

const latches = ({ profile }: PumpContext, code: ConditionCode): boolean =>
  code === 'stall' ? stallLatches(profile) : profile.conditionLatch === 'untilCleared';

export const conditionIn = ({ conditions }: PumpContext, code: ConditionCode): Sensed | undefined =>
  conditions.find((each) => each.code === code);

/** Since when a condition has been declared; null where it is not. */
export const declaredSince = (context: PumpContext, code: ConditionCode): Instant | null =>
  // Mostly there is none, and this is asked at every event.
  context.conditions.length === 0 ? null : (conditionIn(context, code)?.declared ?? null);

const NONE: readonly ConditionCode[] = [];

/** Conditions that are declared, in the order they were sensed. */
export const declaredIn = ({ conditions }: PumpContext): readonly ConditionCode[] =>
  conditions.length === 0 ? NONE : conditions.filter(({ declared }) => declared !== null).map(({ code }) => code);

/** When the detection delay of the next condition passes. */
export const whenDeclared = (context: PumpContext): Instant | undefined =>
  context.conditions.length === 0
    ? undefined
    : earliest(context.conditions.map((each) => (each.declared === null ? dueOf(context, each) : undefined)));

const dueOf = (context: PumpContext, { code, since }: Sensed): Instant => after(since, delayOf(context, code));

const isDueNow = (context: PumpContext, sensed: Sensed, at: Instant): boolean =>
  sensed.declared === null && dueOf(context, sensed) <= at;

/** The same pump with every condition declared whose delay has passed: what its guards ask about. */
export function withDeclared(context: PumpContext, at: Instant): PumpContext {
  const conditions = context.conditions.map((each) => (isDueNow(context, each, at) ? { ...each, declared: at } : each));
  return { ...context, conditions };
}

export function sense(draft: Draft, { at, condition }: EventOf<'CONDITION_SENSED'>): void {
  const known = conditionIn(draft, condition);
  const again = (each: Sensed): Sensed => (each.code === condition ? { ...each, gone: false } : each);
  draft.conditions =
    known === undefined
      ? [...draft.conditions, { code: condition, since: at, declared: null, gone: false }]
      : draft.conditions.map(again);
}

/** Declares what is due. Until now the books have run as they did. */
export function declare(draft: Draft, { at }: EventOf<'CONDITION_DECLARED'>): void {
  book(draft, at);
  draft.lastDeclared = draft.conditions.filter((each) => isDueNow(draft, each, at)).map(({ code }) => code);
  draft.conditions = withDeclared(draft, at).conditions;
}

/** What is no longer sensed is forgotten, but for what latches. */
export function forgetGone(draft: Draft, { at, condition }: EventOf<'CONDITION_GONE'>): void {
  book(draft, at);
  draft.conditions = draft.conditions.flatMap((each) => {
    if (each.code !== condition) return [each];
    return each.declared !== null && latches(draft, condition) ? [{ ...each, gone: true }] : [];
  });
}

export const isClearable = (context: PumpContext, code: ConditionCode): boolean => latches(context, code);

export function forgetCleared(draft: Draft, condition: ConditionCode, at: Instant): void {
  book(draft, at);
  draft.conditions = draft.conditions.filter(({ code }) => code !== condition);
}
