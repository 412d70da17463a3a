import type { Break, RunResult, Scenario } from '../index.ts';

/** A scenario that has been run. */
export interface Ran {
  readonly id: string;
  readonly file: string;
  readonly scenario: Scenario;
  readonly result: RunResult;
  /** Faults added to the scenario's own. */
  readonly breaks: readonly Break[];
  readonly wallMs: number;
  /** Every failure and breach, as printed. */
  readonly problems: readonly string[];
}
