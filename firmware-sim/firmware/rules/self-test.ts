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

export const testing = ({ selfTestEnds }: PumpContext, at: Instant): Reason | false =>
  selfTestEnds !== null && at < selfTestEnds && { code: 'selfTest', until: selfTestEnds };

export const isTesting = (context: PumpContext, at: Instant): boolean => testing(context, at) !== false;
