import { expect } from 'vitest';
import { Checker } from './checker.ts';
import { traced } from './traced.ts';

/** Holds the pump of a shipped scenario against the one worked out by the rules, and against what the scenario expects. */
export function agrees(name: string): void {
  const checker = new Checker();
  const masses: [expected: Map<string, bigint>, got: Map<string, bigint>][] = [];
  let lines = 0;
  const { failures, breaches } = traced(name, (line, record, sim) => {
    checker.line(line);
    lines += 1;
    // The mass of each drug stands in no trace: it is looked up where somebody looks at a screen.
    if (record?.kind !== 'screen' || sim === undefined) return;
    const delivered = Object.entries(sim.truth().doses).map(([drug, mass]): [string, bigint] => [drug, BigInt(mass)]);
    masses.push([new Map(checker.masses()), new Map(delivered)]);
  });
  checker.finish();
  expect(checker.mismatches).toEqual([]);
  expect({ failures, breaches }).toEqual({ failures: [], breaches: [] });
  for (const [expected, got] of masses) expect(got).toEqual(expected);
  expect(lines).toBeGreaterThan(50);
  expect(masses.length).toBeGreaterThan(0);
}
