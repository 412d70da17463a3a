import { test } from 'vitest';
import { livesBreakNoRule } from './lives.ts';

test('nor in two thousand lives', () => livesBreakNoRule(2_000));
