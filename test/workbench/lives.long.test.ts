import { test } from 'vitest';
import { livesBreakNoRule } from './lives.ts';

test('nor in ten thousand lives', () => livesBreakNoRule(10_000));
