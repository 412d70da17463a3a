import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { takeChromium } from './chromium.ts';

const chromium = takeChromium();

async function visited(): Promise<Page> {
  const { page } = await chromium.open();
  onTestFinished(() => page.context().close());
  await ready(page);
  return page;
}

const ready = (page: Page) => page.getByRole('button', { name: 'Interrogate' }).waitFor();
const click = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const goOn = (page: Page) => page.getByRole('button', { name: /^Go on with the visit of/ });
const recorded = (page: Page) => page.evaluate(() => thecal.ask('recorded', null));
/** Until what is kept has a text in it. */
const isKept = (page: Page, text: string) =>
  expect
    .poll(
      () =>
        page.evaluate(`(async () => {
          const folder = await navigator.storage.getDirectory();
          return (await (await folder.getFileHandle('visit.yaml', { create: true })).getFile()).text();
        })()`),
      { timeout: 20_000 },
    )
    .toContain(text);

test('a visit outlasts its page: it is gone on with where it was', async () => {
  const page = await visited();
  await page.getByRole('tab', { name: 'Patient' }).click();
  await click(page, 'Ask for a dose');
  await page.evaluate(() => thecal.ask('run', { pace: 'top', to: (thecal.shown?.now ?? 0) + 3_600_000 }));
  await click(page, 'Interrogate');
  await page.getByRole('button', { name: /^Adjust dose/ }).waitFor();
  await page.evaluate(() => thecal.ask('act', { clinician: { edit: { constant: '190 mcg/day' } } }));
  await isKept(page, 'edit: { constant: 190 mcg/day }');
  const before = await page.evaluate(() => thecal.shown?.now ?? 0);
  await page.reload();
  await ready(page);
  expect(await page.evaluate(() => thecal.shown?.done)).toBe(0);
  await goOn(page).click();
  await page.getByText('Edited, not programmed:').waitFor();
  await expect.poll(() => page.evaluate(() => thecal.shown?.pace)).toBe(1);
  const shown = await page.evaluate(() => thecal.shown);
  expect(shown).toMatchObject({ isOpen: true, story: { next: undefined }, lives: 2 });
  // Between what was kept and the crash a little more time had passed.
  expect(Math.abs((shown?.now ?? 0) - before)).toBeLessThan(60_000);
  expect(await recorded(page)).toContain('- patient: requestBolus');
  expect(await goOn(page).count()).toBe(0);
});

test('a page on which nothing was done keeps nothing, and leaves what was kept', async () => {
  const page = await visited();
  expect(await goOn(page).count()).toBe(0);
  await page.evaluate(() => thecal.ask('act', { patient: 'requestBolus' }));
  await isKept(page, 'requestBolus');
  for (const _ of [1, 2]) {
    await page.reload();
    await ready(page);
    await goOn(page).waitFor();
  }
});
