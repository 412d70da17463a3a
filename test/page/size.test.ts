import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { servePage } from '../../workbench/node/page-server.ts';
import { ROOT } from '../integration/cli.ts';
import { startChromium } from './chromium.ts';

/** Most that a first visit may load before the patient is there, in bytes, however a host compresses it. */
const MOST = 250_000;
const PAGE = join(ROOT, 'dist/page');

/** How a host may send a file: many know no more than gzip. */
const WAYS = {
  gzip: (bytes: Uint8Array) => gzipSync(bytes, { level: 9 }).length,
  brotli: (bytes: Uint8Array) => brotliCompressSync(bytes).length,
} as const;

/** What a browser asks a host for until the patient of the page is ready: page, style, scripts, those of the worker too. */
async function askedFor(): Promise<readonly string[]> {
  const server = await servePage(PAGE, 0);
  const browser = await startChromium();
  try {
    const context = await browser.newContext();
    const asked = new Set<string>();
    context.on('request', (request) => {
      // What is kept for a time without a network comes afterwards.
      if (request.serviceWorker() === null) asked.add(new URL(request.url()).pathname);
    });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole('button', { name: 'Interrogate' }).waitFor();
    return [...asked];
  } finally {
    await browser.close();
    await server.close();
  }
}

test('a first visit loads less than 250 KB before the patient is there, be it in gzip or in brotli', async () => {
  const asked = await askedFor();
  expect(asked.filter((path) => /\/(index|main)-.*\.js$/.test(path))).toHaveLength(2);
  const files = asked.map((path) => readFileSync(join(PAGE, path === '/' ? 'index.html' : path)));
  for (const [way, sizeOf] of Object.entries(WAYS)) {
    const sizes = files.map(sizeOf);
    const all = asked.map((path, i) => `${path} ${sizes[i]}`).join('; ');
    expect(
      sizes.reduce((sum, size) => sum + size, 0),
      `${way}: ${all}`,
    ).toBeLessThan(MOST);
  }
});
