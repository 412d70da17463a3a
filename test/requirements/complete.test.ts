import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../integration/cli.ts';
import { ITEMS } from './items.ts';
import { MUTANTS, mutated } from './mutants.ts';

const IDS = ITEMS.map(({ id }) => id);

/** The ids that stand in the tests of this folder. */
function tested(): string[] {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.ts'));
  const texts = files.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
  return texts.flatMap((text) => [...text.matchAll(/^ *requirement\(\s*'([^']+)'/gm)].map(([, id]) => id ?? ''));
}

describe('requirements', () => {
  test('have ids of their own', () => {
    expect(new Set(IDS).size).toBe(IDS.length);
  });

  test('have each a test of its id', () => {
    const ids = new Set(tested());
    expect(IDS.filter((id) => !ids.has(id))).toEqual([]);
  });

  test('have each a mutant that its test is to catch', () => {
    const ids = new Set(MUTANTS.map(({ id }) => id));
    expect(IDS.filter((id) => !ids.has(id))).toEqual([]);
  });

  test.each(MUTANTS)('the mutant of $id, $what, changes one place', (mutant) => {
    const text = readFileSync(join(ROOT, mutant.file), 'utf8');
    expect(mutated(text, mutant)).not.toBe(text);
  });
});
