import { test } from 'vitest';
import { programLivesBreakNoRule } from './program-lives.ts';

test('nor in two thousand lives', () => programLivesBreakNoRule(2000, 20_261_122));
