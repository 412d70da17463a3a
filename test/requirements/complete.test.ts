import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PARAMETER_NAMES, PROFILES } from '../../shared/index.ts';
import { ROOT } from '../integration/cli.ts';
import { IDS, ITEMS } from './items.ts';
import { MUTANTS, mutated } from './mutants.ts';
import { page } from './page.ts';
import { filesOf } from './places.ts';

const PLACES = filesOf();

describe('requirements', () => {
  test('have ids of their own', () => {
    expect(new Set(IDS).size).toBe(ITEMS.length);
  });

  test('have each a test of its id', () => {
    expect([...PLACES.keys()].toSorted()).toEqual(IDS.toSorted());
  });

  test('have each a mutant that its test is to catch', () => {
    const ids = new Set(MUTANTS.map(({ id }) => id));
    expect([...ids].toSorted()).toEqual(IDS.toSorted());
  });

  test('decide otherwise only by a parameter of which profiles have other values', () => {
    for (const { id, otherwise } of ITEMS) {
      if (otherwise === undefined) continue;
      const name = PARAMETER_NAMES.find((known) => known === otherwise.parameter);
      const values = new Set(name === undefined ? [] : PROFILES.map(({ parameters }) => parameters[name].value));
      expect({ id, values: [...values] }).toEqual({ id, values: expect.toSatisfy(({ length }) => length > 1) });
    }
  });

  test('stand in docs/requirements.md as they are, and all pass; `npm run requirements` writes it', () => {
    const verdicts = new Map([...PLACES.keys()].map((id) => [id, 'passes'] as const));
    expect(readFileSync(join(ROOT, 'docs/requirements.md'), 'utf8')).toBe(page(PLACES, verdicts));
  });

  test.each(MUTANTS)('the mutant of $id, $what, changes one place', (mutant) => {
    const text = readFileSync(join(ROOT, mutant.file), 'utf8');
    expect(mutated(text, mutant)).not.toBe(text);
  });
});
