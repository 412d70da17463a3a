import { join } from 'node:path';
import { test } from 'vitest';
import { ROOT } from '../integration/cli.ts';
import { sameOnBanks } from './same-on-banks.ts';

const CHOSEN = ['interrupted-update', 'pca-low-then-empty', 'reset-with-the-time', 'reset-without-the-time'];

test.each(CHOSEN)('%s leaves the same trace on a memory of two banks', (name) => {
  sameOnBanks(join(ROOT, 'scenarios', `${name}.yaml`));
});
