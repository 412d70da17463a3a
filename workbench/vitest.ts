import { expect } from 'vitest';
import type { AlarmCode, Refused } from './index.ts';
import { matchers, type Retry } from './vitest/matchers.ts';

export { type Answer, type RunningPump, type SimulateOptions, type Start, simulate } from './index.ts';
export { type SuiteOptions, scenarioSuite } from './vitest/suite.ts';

expect.extend(matchers);

/** What Thecal adds to `expect`. */
export interface ThecalMatchers<R> {
  /** An act was refused for this reason, and, where `retryIn` is given, for that long from then on. */
  toBeRefused(reason: Refused, retry?: Retry): R;
  /** The pump has this alarm now. */
  toHaveAlarm(alarm: AlarmCode): R;
  /** What really left the pump, a volume or a mass of drug, at the precision written. */
  toHaveDelivered(amount: string): R;
}

declare module 'vitest' {
  interface Matchers<T> extends ThecalMatchers<T> {}
}
