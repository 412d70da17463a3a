import { test } from 'vitest';
import { livesBreakNoRule } from './lives.ts';

test('whatever is done to a pump of whatever policies, no always-true rule is broken', () => livesBreakNoRule(300));
