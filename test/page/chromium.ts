import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type PageServer, servePage } from '../../workbench/node/page-server.ts';
import { ROOT } from '../integration/cli.ts';
import { EYES } from './eyes.ts';

/** Where Debian and others put it; `CHROMIUM` names another. */
const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** No network but the page's own host, nothing that is asked at a first start. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium of this machine, with an empty profile. Throws, and says what to do, where there is none. */
export function startChromium(): Promise<Browser> {
  const own = process.env['CHROMIUM'];
  const path = own ?? PATHS.find((each) => existsSync(each));
  if (path === undefined || !existsSync(path))
    throw new Error(
      `no Chromium at ${own ?? PATHS.join(', ')}: the tests of the page need one. ` +
        'Install it (Debian, Ubuntu: apt-get install chromium), or say where it is: CHROMIUM=/path/to/chromium npm test',
    );
  return chromium.launch({ executablePath: path, headless: true, args: FLAGS });
}

/** A page at an address, with settings of its own, which may ask nobody but its own host for anything. */
export async function opened(
  browser: Browser,
  url: string,
  settings?: { readonly realTime: boolean },
): Promise<{ page: Page; strayed: string[]; said: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US', hasTouch: true });
  await page.addInitScript(EYES);
  if (settings !== undefined)
    await page.addInitScript(`localStorage.setItem('thecal.settings', '${JSON.stringify(settings)}')`);
  const strayed: string[] = [];
  const said: string[] = [];
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== new URL(url).origin)
      strayed.push(request.url());
  });
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', ({ message }) => said.push(message));
  await page.goto(url);
  return { page, strayed, said };
}

/** A browser for the tests of a file, and the page it opens, served as `thecal web` does. */
export function takeChromium() {
  let started: { readonly browser: Browser; readonly server: PageServer } | undefined;
  beforeAll(async () => {
    const server = await servePage(join(ROOT, 'dist/page'), 0);
    started = { server, browser: await startChromium() };
  });
  afterAll(async () => {
    await started?.browser.close();
    await started?.server.close();
  });
  const there = () => {
    if (started === undefined) throw new Error('there is no browser before the tests begin');
    return started;
  };
  return {
    get browser(): Browser {
      return there().browser;
    },
    get url(): string {
      return there().server.url;
    },
    open: (settings?: { readonly realTime: boolean }) => opened(there().browser, there().server.url, settings),
  };
}
