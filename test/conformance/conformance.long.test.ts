import { test } from 'vitest';
import { LONG } from '../integration/cli.ts';
import { agrees } from './agrees.ts';

test.each(LONG)('what a pump does in %s is what the rules lead to, to the last unit', agrees);
