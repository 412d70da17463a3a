import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { MUTANTS, mutated } from './mutants.ts';

/** The requirement tests on the program as one mutant changes it: the one whose number THECAL_MUTANT tells. */
const mutant = MUTANTS[Number(process.env['THECAL_MUTANT'])];
if (mutant === undefined) throw new Error('THECAL_MUTANT: expected the number of a mutant');
const ROOT = join(import.meta.dirname, '../..');
const changed = join(ROOT, mutant.file);

export default defineConfig({
  root: ROOT,
  plugins: [
    {
      name: 'mutant',
      enforce: 'pre',
      load: (id) => (id === changed ? mutated(readFileSync(id, 'utf8'), mutant) : undefined),
    },
  ],
  test: { include: ['test/requirements/*.test.ts'], testTimeout: 60_000, bail: 1 },
});
