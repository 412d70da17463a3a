import { readdirSync, readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { servePage } from '../../workbench/node/page-server.ts';
import { ROOT } from '../integration/cli.ts';

/** Most that a first visit may load, in bytes, compressed as every browser of today takes it. */
const MOST = 250_000;

/** What one file of the page loads of the others, once it is wanted. */
const WANTED = /import\([`"']\.\/([^`"']+)/g;

/** How many bytes come over the line for a path. */
const loaded = (url: string, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const take = async (response: IncomingMessage) => {
      let size = 0;
      for await (const chunk of response) size += (chunk as Uint8Array).length;
      resolve(response.headers['content-encoding'] === 'br' ? size : Number.POSITIVE_INFINITY);
    };
    get(`${url}${path}`, { headers: { 'accept-encoding': 'gzip, br' } }, (response) => void take(response)).on(
      'error',
      reject,
    );
  });

test('a first visit to the page loads less than 250 KB', async () => {
  const page = join(ROOT, 'dist/page');
  const files = readdirSync(page, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const server = await servePage(page, 0);
  const later = files.flatMap(({ parentPath, name }) =>
    [...readFileSync(join(parentPath, name), 'utf8').matchAll(WANTED)].map(([, wanted]) => wanted),
  );
  expect(later).toHaveLength(1);
  const first = files.filter(({ name }) => !later.includes(name));
  const paths = first.map(({ parentPath, name }) => `${parentPath.slice(page.length + 1)}/${name}`.replace(/^\//, ''));
  const sizes = await Promise.all(paths.map((path) => loaded(server.url, path)));
  await server.close();
  expect(sizes.length).toBeGreaterThan(2);
  const all = paths.map((path, i) => `${path} ${sizes[i]}`).join('; ');
  expect(
    sizes.reduce((sum, size) => sum + size, 0),
    all,
  ).toBeLessThan(MOST);
});
