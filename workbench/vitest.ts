import { expect } from 'vitest';
import type { AlarmCode, Refused } from './index.ts';
import { matchers, type Retry } from './vitest/matchers.ts';

export { type Answer, type RunningPump, type SimulateOptions, type Start, simulate } from './index.ts';
export { type SuiteOptions, scenarioSuite } from './vitest/suite.ts';

expect.extend(matchers);

/** What Thecal adds to `expect`. */
export interface ThecalMatchers<R> {
  /** An act was refused, this is the first reason, and, where `retryIn` is given, no reason is left so long after. */
  toBeRefused(reason: Refused, retry?: Retry): R;
  /** The pump has this alarm now. */
  toHaveAlarm(alarm: AlarmCode): R;
  /**
   * What really left the pump, at the precision written: a volume of any fluid, or a mass of the primary drug
   * prescribed. Throws for a mass where a drug left the pump that is not prescribed.
   */
  toHaveDelivered(amount: string): R;
}

declare module 'vitest' {
  interface Matchers<T> extends ThecalMatchers<T> {}
}
