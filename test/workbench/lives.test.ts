import { test } from 'vitest';
import { noisyActs } from './link/link-acts.ts';
import { livesBreakNoRule } from './lives.ts';

test('whatever is done to a pump of whatever policies, no always-true rule is broken', () => livesBreakNoRule(30));

test('nor by whatever happens to frames', () => livesBreakNoRule(15, noisyActs));
