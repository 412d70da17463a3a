import { describe } from 'vitest';
import { runsTheSameElsewhere } from './far.ts';

describe('on the xstate executor', () => runsTheSameElsewhere('xstate'));
