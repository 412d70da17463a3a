import { test } from 'vitest';
import { noisyActs } from './link/link-acts.ts';
import { livesBreakNoRule } from './lives.ts';

test('nor in ten thousand lives', () => livesBreakNoRule(10_000));

test('nor in three thousand over links that fail', () => livesBreakNoRule(3000, noisyActs));
