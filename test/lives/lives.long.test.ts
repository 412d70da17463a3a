import { test } from 'vitest';
import { livesBreakNoRule } from './property.ts';

const SEEDS = [101, 102, 103, 104, 105, 106, 107, 108, 109, 110];

test.each(SEEDS)('nor in a thousand lives more (seed %d)', (seed) => livesBreakNoRule(1000, seed));
