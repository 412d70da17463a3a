import { basename } from 'node:path';
import { test } from 'vitest';
import { SHIPPED } from '../integration/cli.ts';
import { sameOnBanks } from './same-on-banks.ts';

test.each(SHIPPED.map((file) => [basename(file), file] as const))(
  '%s leaves the same trace on a memory of two banks',
  (_, file) => sameOnBanks(file),
);
