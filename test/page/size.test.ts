import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Request } from 'playwright-core';
import { expect, test } from 'vitest';
import { servePage } from '../../workbench/node/page-server.ts';
import { ROOT } from '../integration/cli.ts';
import { startChromium } from './chromium.ts';

/** Most that a first visit may load before the patient is there, in bytes, however a host compresses it. */
const MOST = 250_000;
const PAGE = join(ROOT, 'dist/page');

/** What comes over the line for a file: as `thecal web` sends it, and from a host that knows no more than gzip. */
interface Sent {
  readonly path: string;
  readonly brotli: number;
  readonly gzip: number;
}

/** What a browser asks for until the patient of the page is ready: page, style, scripts, those of the worker too. */
async function askedFor(): Promise<readonly Sent[]> {
  const server = await servePage(PAGE, 0);
  const browser = await startChromium();
  try {
    const context = await browser.newContext();
    const requests: Request[] = [];
    context.on('request', (request) => {
      // What is kept for a time without a network comes afterwards.
      if (request.serviceWorker() === null) requests.push(request);
    });
    const page = await context.newPage();
    await page.addInitScript({ content: PATIENT_THERE });
    await page.goto(server.url);
    const there = await page.evaluate<number>('globalThis.patientThere');
    // What comes when all is quiet may be asked for before this test has seen that the patient is there.
    const before = requests.filter((request) => request.timing().startTime <= there);
    const asked = new Set(before.map((request) => new URL(request.url()).pathname));
    return await Promise.all([...asked].map((path) => sent(server.url, path)));
  } finally {
    await browser.close();
    await server.close();
  }
}

/** In the page: when there is something to interrogate, once there is. */
const PATIENT_THERE = `globalThis.patientThere = new Promise((resolve) => {
  const look = () => {
    if ([...document.querySelectorAll('button')].some(({ textContent }) => textContent === 'Interrogate'))
      resolve(performance.timeOrigin + performance.now());
    else requestAnimationFrame(look);
  };
  look();
})`;

async function sent(url: string, path: string): Promise<Sent> {
  const { headers } = await fetch(new URL(path, url), { method: 'HEAD', headers: { 'accept-encoding': 'gzip, br' } });
  expect(headers.get('content-encoding')).toBe('br');
  const bytes = readFileSync(join(PAGE, path === '/' ? 'index.html' : path));
  return { path, brotli: Number(headers.get('content-length')), gzip: gzipSync(bytes, { level: 9 }).length };
}

test('a first visit loads less than 250 KB before the patient is there, be it in gzip or in brotli', async () => {
  const asked = await askedFor();
  expect(asked.filter(({ path }) => /\/(index|main)-.*\.js$/.test(path))).toHaveLength(2);
  for (const way of ['gzip', 'brotli'] as const) {
    const all = asked.map((file) => `${file.path} ${file[way]}`).join('; ');
    expect(
      asked.reduce((sum, file) => sum + file[way], 0),
      `${way}: ${all}`,
    ).toBeLessThan(MOST);
  }
});
