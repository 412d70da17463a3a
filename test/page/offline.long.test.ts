import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../integration/cli.ts';
import { opened, startChromium } from './chromium.ts';
import { staticHost } from './static-host.ts';

const PAGE = join(ROOT, 'dist/page');

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser?.close());

async function visited(url: string): Promise<Page> {
  if (browser === undefined) throw new Error('no browser');
  const { page } = await opened(browser, url);
  onTestFinished(() => page.context().close());
  await page.getByRole('button', { name: 'Interrogate' }).waitFor();
  return page;
}

/** Until this page, and what it will ask for later, comes from what is kept. */
const isKept = async (page: Page): Promise<void> =>
  expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null'), { timeout: 20_000 }).toBe(true);

const interrogated = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Interrogate' }).click();
  await page.getByRole('heading', { name: 'What do you want to do?' }).waitFor();
};

test('a page that was visited once opens without a network, from any folder of a host', async () => {
  const host = await staticHost(PAGE);
  const page = await visited(host.url);
  await isKept(page);
  await page.context().setOffline(true);
  await host.close();
  await page.reload();
  await interrogated(page);
  // What reads and writes texts is a file of its own, which that page had not fetched before.
  expect(await page.evaluate(() => thecal.ask('recorded', null))).toContain('- clinician: interrogate');
});

test('a first visit that loses the network goes on, and can be saved', async () => {
  const host = await staticHost(PAGE);
  const page = await visited(host.url);
  await isKept(page);
  await host.close();
  await interrogated(page);
  expect(await page.evaluate(() => thecal.ask('recorded', null))).toContain('- clinician: interrogate');
});

test('the next build comes with the next load, whole, and is kept then', async () => {
  const host = await staticHost(PAGE);
  const page = await visited(host.url);
  await isKept(page);
  const before = await scriptOf(page);
  host.serve(await nextBuild());
  await page.reload();
  await interrogated(page);
  const next = await scriptOf(page);
  expect(next).not.toBe(before);
  await expect.poll(() => isInstalled(page, next), { timeout: 20_000 }).toBe(true);
  await host.close();
  await page.reload();
  expect(await scriptOf(page)).toBe(next);
  await interrogated(page);
});

test('of a build that changes while it is fetched nothing is kept', async () => {
  const half = emptyFolder();
  cpSync(PAGE, half, { recursive: true });
  writeFileSync(join(half, 'index.html'), readFileSync(join(half, 'index.html'), 'utf8').replace('Thecal', 'Another'));
  const host = await staticHost(half);
  const page = await visited(host.url);
  const state = await page.evaluate(`(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const worker = registration?.installing ?? registration?.waiting ?? registration?.active;
    while (worker?.state === 'installing') await new Promise((resolve) => setTimeout(resolve, 20));
    return worker?.state ?? 'redundant';
  })()`);
  expect(state).toBe('redundant');
});

test('the page can be installed', async () => {
  const manifest = JSON.parse(readFileSync(join(PAGE, 'manifest.webmanifest'), 'utf8'));
  expect(manifest).toMatchObject({ name: expect.any(String), display: 'standalone', start_url: './' });
  const page = await visited((await staticHost(PAGE)).url);
  const session = await page.context().newCDPSession(page);
  const { errors, url } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(url).toContain('/somebody/thecal/manifest.webmanifest');
});

/** The script by whose name a page is known: it has the name of the simulator in it. */
const scriptOf = (page: Page): Promise<string> => page.evaluate(`document.querySelector('script[src]').src`);

/** Whether the build with a script is the one that is kept, and no other is on its way. */
const isInstalled = (page: Page, script: string): Promise<boolean> =>
  page.evaluate(`(async () => {
    const { installing, waiting, active } = (await navigator.serviceWorker.getRegistration()) ?? {};
    const isAlone = installing === null && waiting === null && active?.state === 'activated';
    return isAlone && (await caches.match('${script}')) !== undefined;
  })()`);

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'thecal-page-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The page as the next version will be: here it differs by its number alone. */
async function nextBuild(): Promise<string> {
  const outDir = emptyFolder();
  await build({
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    define: { THECAL_VERSION: '"next"' },
    build: { outDir, emptyOutDir: true },
  });
  return outDir;
}
