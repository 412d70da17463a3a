import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../integration/cli.ts';
import { Checker } from './checker.ts';
import { SHIPPED, traced } from './traced.ts';

describe('what a pump does in every shipped scenario is what the rules lead to, to the last unit', () => {
  test.each(SHIPPED)('%s', (name) => {
    const checker = new Checker();
    const masses: [expected: Map<string, bigint>, got: Map<string, bigint>][] = [];
    let lines = 0;
    traced(name, (line, record, sim) => {
      checker.line(line);
      lines += 1;
      // The mass of each drug stands in no trace: it is looked up where somebody looks at a screen.
      if (record?.kind !== 'screen' || sim === undefined) return;
      const delivered = Object.entries(sim.truth().doses).map(([drug, mass]): [string, bigint] => [drug, BigInt(mass)]);
      masses.push([new Map(checker.masses()), new Map(delivered)]);
    });
    checker.finish();
    expect(checker.mismatches).toEqual([]);
    for (const [expected, got] of masses) expect(got).toEqual(expected);
    expect(lines).toBeGreaterThan(50);
    expect(masses.length).toBeGreaterThan(0);
  });
});

/** What a file of the checker may be made of: its neighbours, and of what is shared the types and the profiles. */
const SHARED = ['Json', 'DeviceProfile', 'profileNamed', 'readProfile'];
/** These run scenarios and change traces; the checker does not know them. */
const AROUND = /\.test\.ts$|^(traced|tampered)\.ts$/;

test('the checker shares no rule and no arithmetic with what it checks', () => {
  const folder = join(ROOT, 'test/conformance');
  for (const name of readdirSync(folder).filter((file) => !AROUND.test(file))) {
    const imports = readFileSync(join(folder, name), 'utf8').matchAll(/^(?:import|export) ([^;]*) from '([^']+)';/gm);
    for (const [, what = '', from = ''] of imports) {
      expect(from, name).toMatch(/^(\.\/[a-z-]+\.ts|\.\.\/\.\.\/shared\/index\.ts)$/);
      expect(from, name).not.toMatch(/traced|tampered/);
      const named = what.match(/\w+/g)?.filter((word) => word !== 'type') ?? [];
      if (!from.startsWith('./')) for (const each of named) expect(SHARED, `${name} imports ${each}`).toContain(each);
    }
  }
});
