import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { loadScenario } from '../../workbench/index.ts';
import { takeChromium } from './chromium.ts';
import { READY } from './ready-text.ts';

const chromium = takeChromium();
let page: Page;
let strayed: string[];
let said: string[];
beforeAll(async () => {
  ({ page, strayed, said } = await chromium.open());
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

test('the page opens where it comes by plain HTTP, too', async () => {
  // What a browser keeps for pages that come by a secure way.
  const plain = await chromium.browser.newPage();
  await plain.addInitScript("Object.defineProperty(Crypto.prototype, 'randomUUID', { value: undefined })");
  await plain.goto(chromium.url);
  await plain.getByRole('button', { name: 'Interrogate' }).waitFor();
  await plain.close();
});

test('a part that cannot be fetched is missing, and whoever wants it is told', async () => {
  const cut = await chromium.browser.newPage();
  const there: string[] = [];
  cut.on('console', (message) => there.push(message.text()));
  cut.on('pageerror', ({ message }) => there.push(message));
  // What a service worker has kept needs not be fetched.
  await cut.addInitScript("Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })");
  await cut.goto(chromium.url);
  await cut.route(/\/(whole|opening|session)-/, (route) => route.abort());
  await cut.getByRole('button', { name: 'Interrogate' }).waitFor();
  const ran = cut.evaluate((scenario) => thecal.ask('runScenario', { id: 'x', scenario }), READY);
  await expect(ran).rejects.toThrow('fetch');
  const file = await cut.evaluateHandle(
    "(() => { const all = new DataTransfer(); all.items.add(new File(['x'], 'x.yaml')); return all; })()",
  );
  await cut.dispatchEvent('.page', 'drop', { dataTransfer: file });
  await cut.getByText('cannot be fetched').first().waitFor();
  // A browser says itself that it could not fetch.
  expect(there.filter((each) => !each.includes('ERR_FAILED'))).toEqual([]);
  await cut.close();
});

test('nothing of it came from another host, and nothing went wrong', () => {
  expect(strayed).toEqual([]);
  expect(said).toEqual([]);
});
