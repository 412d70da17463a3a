import { describe } from 'vitest';
import { runsTheSameElsewhere } from './far.ts';

// The long run takes every scenario, on both executors.
describe('on the table executor', () => runsTheSameElsewhere('table', 8));
