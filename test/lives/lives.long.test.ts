import { test } from 'vitest';
import { livesBreakNoRule } from './property.ts';

test('nor in ten thousand lives', () => livesBreakNoRule(10_000, 20_261_120));
