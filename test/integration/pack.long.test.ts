import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './cli.ts';
import { BY_BUNDLER, BY_NODE, compile, examples } from './examples.ts';
import { node, tool } from './inner-vitest.ts';
import { type Installed, install } from './installed.ts';

let packed: Installed;
beforeAll(() => {
  packed = install();
});
afterAll(() => packed.remove());

test('the package as it is packed has types that resolve, says @arethetypeswrong/cli', () => {
  const args = ['--profile', 'esm-only', '--format', 'ascii', '--no-definitely-typed', packed.tarball];
  const { code, out } = node([tool('@arethetypeswrong/cli'), ...args], ROOT);
  expect(out).toContain('"thecal/vitest"');
  expect(code, out).toBe(0);
});

test('the examples of the README compile, however modules are resolved', () => {
  const app = packed.withVitest();
  const [engineer = '', author = ''] = [...examples('thecal'), ...examples('thecal/vitest')];
  writeFileSync(join(packed.app, 'engineer.ts'), engineer);
  writeFileSync(join(app, 'author.ts'), author);
  for (const project of [packed.app, app])
    for (const resolution of [BY_NODE, BY_BUNDLER]) expect(compile(project, resolution)).toBe('');
});
