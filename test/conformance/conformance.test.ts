import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LONG, ROOT } from '../integration/cli.ts';
import { agrees } from './agrees.ts';
import { Checker } from './checker.ts';
import { BEYOND, traced, WITHIN } from './traced.ts';

describe('what a pump does in every third shipped scenario is what the rules lead to, to the last unit', () => {
  test.each(WITHIN.filter((name, i) => i % 3 === 0 && !LONG.includes(name)))('%s', agrees);
});

test.each(BEYOND)('of %s it is what they lead to until the memory is spoiled, of which they know nothing', (name) => {
  const checker = new Checker();
  const { failures, breaches } = traced(name, (line) => checker.line(line));
  expect({ failures, breaches }).toEqual({ failures: [], breaches: [] });
  expect(checker.mismatches[0]).toMatchObject({ what: 'act', got: 'memoryFault', t: 5 * 86_400_000 });
});

/** What a file of the checker may be made of: its neighbours, and of what is shared the types and the profiles. */
const SHARED = ['Json', 'DeviceProfile', 'profileNamed', 'profileSheet', 'readProfile'];
/** These draw and run lives and scenarios and change traces; the checker does not know them. */
const AROUND = /\.test\.ts$|^(acts|beyond-acts|agrees|lives|traced|tampered)\.ts$/;

test('the checker shares no rule and no arithmetic with what it checks', () => {
  const folder = join(ROOT, 'test/conformance');
  for (const name of readdirSync(folder).filter((file) => !AROUND.test(file))) {
    const imports = readFileSync(join(folder, name), 'utf8').matchAll(/^(?:import|export) ([^;]*) from '([^']+)';/gm);
    for (const [, what = '', from = ''] of imports) {
      expect(from, name).toMatch(/^(\.\/[a-z-]+\.ts|\.\.\/\.\.\/shared\/index\.ts)$/);
      expect(from, name).not.toMatch(/\/(acts|beyond-acts|agrees|lives|traced|tampered)\.ts/);
      const named = what.match(/\w+/g)?.filter((word) => word !== 'type') ?? [];
      if (!from.startsWith('./')) for (const each of named) expect(SHARED, `${name} imports ${each}`).toContain(each);
    }
  }
});
