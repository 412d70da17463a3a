import { test } from 'vitest';
import { programLivesBreakNoRule } from './program-lives.ts';

test('under programs, dose limits, clock sets and resets no always-true rule is broken', () =>
  programLivesBreakNoRule(30));
