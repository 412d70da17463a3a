import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadScenario, runScenario, TraceDigest } from '../../workbench/index.ts';
import { type PageServer, servePage } from '../../workbench/node/page-server.ts';
import { QUICK, ROOT } from '../integration/cli.ts';
import { opened, startChromium } from './chromium.ts';

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

let [browser, server]: [Browser?, PageServer?] = [];
let page: Page;
let strayed: string[];
let said: string[];
beforeAll(async () => {
  server = await servePage(join(ROOT, 'dist/page'), 0);
  browser = await startChromium();
  ({ page, strayed, said } = await opened(browser, server.url));
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('the page shows the screen of a programmer away from the pump', async () => {
  await page.getByRole('heading', { name: 'Connect to the pump' }).waitFor();
  await expect(page.getByRole('button', { name: 'Interrogate' }).isEnabled()).resolves.toBe(true);
});

test('an act is done in the worker, and what came of it is on the page', async () => {
  const said = await page.evaluate(() => thecal.ask('act', { clinician: 'interrogate' }));
  expect(said).toMatchObject({ outcome: { done: true } });
  await page.getByRole('heading', { name: 'What do you want to do?' }).waitFor();
  const recorded = await page.evaluate(() => thecal.ask('recorded', null));
  expect(recorded).toContain('- clinician: interrogate');
  expect(() => loadScenario(recorded)).not.toThrow();
});

test('what cannot be used is answered in words', async () => {
  const refused = page.evaluate(() => thecal.ask('open', { scenario: 'thecal: scenario/1' }));
  await expect(refused).rejects.toThrow('title');
});

/** A few scenarios at a time: all of them take long where much else runs. */
const AT_A_TIME = 30;
const BATCHES = Array.from({ length: Math.ceil(QUICK.length / AT_A_TIME) }, (_, i) => ({
  from: `${i * AT_A_TIME + 1}`,
  paths: QUICK.slice(i * AT_A_TIME, (i + 1) * AT_A_TIME),
}));

test.each(BATCHES)(
  'some shipped scenarios, from number $from, leave the same trace in the browser as in Node',
  async ({ paths }) => {
    const scenarios = paths.map((path) => ({ id: basename(path, '.yaml'), scenario: readFileSync(path, 'utf8') }));
    const there = await page.evaluate(async (all) => {
      const digests: Record<string, string> = {};
      for (const each of all) digests[each.id] = (await thecal.ask('runScenario', each)).digest;
      return digests;
    }, scenarios);
    const here = scenarios.map(({ id, scenario }) => {
      const digest = new TraceDigest();
      const take = digest.take.bind(digest);
      runScenario(loadScenario(scenario), { id, version, executor: 'table', onHeader: take, onRecord: take });
      return [id, digest.hex];
    });
    expect(there).toEqual(Object.fromEntries(here));
  },
);

test('the scenarios that were compared are all the quick ones', () => {
  expect(BATCHES.flatMap(({ paths }) => paths)).toEqual(QUICK);
  expect(QUICK.length).toBeGreaterThan(100);
});

test('nothing of it came from another host, and nothing went wrong', () => {
  expect(strayed).toEqual([]);
  expect(said).toEqual([]);
});
