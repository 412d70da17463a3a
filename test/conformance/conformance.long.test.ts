import { describe, test } from 'vitest';
import { agrees } from './agrees.ts';
import { WITHIN } from './traced.ts';

describe('what a pump does in every shipped scenario is what the rules lead to, to the last unit, and what it expects', () => {
  test.each(WITHIN)('%s', agrees);
});
