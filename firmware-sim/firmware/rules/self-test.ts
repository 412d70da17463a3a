import { after, type Instant } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import type { Reason } from './refusal.ts';

/*
 * A processor that starts anew tests itself for `selfTest`: until that is over no request is granted and nothing is
 * started. What was delivered before goes on. A pump leaves the factory tested.
 */

export function beginSelfTest(draft: Draft, at: Instant): void {
  draft.selfTestEnds = after(at, draft.profile.selfTest);
}

export const isTesting = ({ selfTestEnds }: PumpContext, at: Instant): boolean =>
  selfTestEnds !== null && at < selfTestEnds;

export const testing = (context: PumpContext, at: Instant): Reason | false =>
  isTesting(context, at) && { code: 'selfTest', until: context.selfTestEnds ?? undefined };
