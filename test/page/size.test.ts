import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ROOT } from '../integration/cli.ts';

/** Most that a first visit may load, in bytes, from a host that compresses as the oldest do. */
const MOST = 250 * 1024;

test('a first visit to the page loads less than 250 KB', () => {
  const page = join(ROOT, 'dist/page');
  const files = readdirSync(page, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const sizes = files.map(
    ({ parentPath, name }) => [name, gzipSync(readFileSync(join(parentPath, name))).length] as const,
  );
  expect(sizes.length).toBeGreaterThan(2);
  expect(
    sizes.reduce((sum, [, size]) => sum + size, 0),
    sizes.join('; '),
  ).toBeLessThan(MOST);
});
