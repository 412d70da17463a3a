import { describe } from 'vitest';
import { runsTheSameElsewhere } from './far.ts';

describe('on the table executor', () => runsTheSameElsewhere('table'));
