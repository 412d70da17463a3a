import { test } from 'vitest';
import { QUICK } from './cli.ts';
import { sameTraceAnywhere, sameTraceByEither } from './traces.ts';

test('two runs of every quick scenario write the same trace, from another folder, time zone and locale', () =>
  sameTraceAnywhere(QUICK));

test('both executors write the same trace of every quick scenario after the header', () => sameTraceByEither(QUICK));
