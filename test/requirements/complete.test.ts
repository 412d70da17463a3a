import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../integration/cli.ts';
import { IDS, ITEMS, PENDING } from './items.ts';
import { MUTANTS, mutated } from './mutants.ts';
import { filesOf } from './places.ts';

const PLACES = filesOf();

describe('requirements', () => {
  test('have ids of their own', () => {
    expect(new Set(IDS).size).toBe(ITEMS.length);
  });

  test('have each a test of its id, unless what it is about is not built yet', () => {
    expect([...PLACES.keys()].toSorted()).toEqual(IDS.filter((id) => !(id in PENDING)).toSorted());
  });

  test('have each a mutant that its test is to catch, unless what it is about is not built yet', () => {
    const ids = new Set(MUTANTS.map(({ id }) => id));
    expect([...ids].toSorted()).toEqual(IDS.filter((id) => !(id in PENDING)).toSorted());
  });

  test('are not built yet only where there is such a requirement', () => {
    expect(Object.keys(PENDING).filter((id) => !IDS.includes(id))).toEqual([]);
  });

  test.each(MUTANTS)('the mutant of $id, $what, changes one place', (mutant) => {
    const text = readFileSync(join(ROOT, mutant.file), 'utf8');
    expect(mutated(text, mutant)).not.toBe(text);
  });
});
