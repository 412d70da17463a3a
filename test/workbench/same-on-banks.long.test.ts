import { basename, join } from 'node:path';
import { test } from 'vitest';
import { LONG, QUICK, ROOT } from '../integration/cli.ts';
import { sameOnBanks } from './same-on-banks.ts';

const ALL = [...QUICK, ...LONG.map((name) => join(ROOT, 'scenarios', name))];

test.each(ALL.map((file) => [basename(file), file] as const))(
  '%s leaves the same trace on a memory of two banks',
  (_, file) => sameOnBanks(file),
);
