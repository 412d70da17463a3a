import type { TraceRecord } from '../trace.ts';
import type { Account } from './account.ts';

/** Tells that a rule was broken, in words that name what was seen. */
export type Complain = (message: string) => void;

/** One always-true rule, held against a trace as it is written. */
export interface Rule {
  /** Its number among the always-true rules. */
  readonly number: number;
  readonly name: string;
  /** Whether it also sees answers that the pump only repeats. */
  readonly seesRepeats?: boolean;
  /** Sees each record; `account` has taken all before it. */
  take?(record: TraceRecord, account: Account, complain: Complain): void;
  /** Sees the state once everything at an instant has happened; `next` is the time that follows. */
  settle?(t: number, next: number, account: Account, complain: Complain): void;
}
