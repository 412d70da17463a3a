import { describe } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { runsTheSameElsewhere } from './far.ts';

describe.each(EXECUTOR_NAMES)('on the %s executor', (executor) => runsTheSameElsewhere(executor));
