import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { isDebrief } from '../../workbench/index.ts';
import { of } from '../training/cases.ts';
import { takeChromium } from './chromium.ts';
import { MOUSE } from './hands.ts';
import { begin, debriefOf } from './training.ts';

/*
 * A training case taken on the page by hand, and its debrief.
 */

const NAME = 'friday-refill';
const SEED = 3;
const TITLE = of(NAME, SEED).lesson.title;

const chromium = takeChromium();
let page: Page;
let said: readonly string[];
beforeAll(async () => {
  ({ page, said } = await chromium.open({ realTime: false }));
  page.setDefaultTimeout(20_000);
});

const press = (name: string | RegExp) => MOUSE.press(page.getByRole('button', { name, exact: true }));
const pane = (name: string) => page.getByRole('tab', { name }).click();
const type = (name: string, text: string) =>
  MOUSE.type(page.getByLabel(name, { exact: true }).and(page.locator('input')), text);

test('who knows what to do passes by hand, and takes the debrief along', async () => {
  const { measures = {} } = of(NAME, SEED).lesson;
  const sent = String(of(NAME, SEED).values['sent']).replace(' mL', '');
  await begin(page, { name: TITLE, mode: 'Assessment', learner: 'Ann Marie', seed: SEED });
  await press('Interrogate');
  await page
    .getByRole('region', { name: 'What do you want to do?' })
    .getByRole('button', { name: /^Refill/ })
    .click();
  await pane('Bedside');
  await press('Empty the reservoir');
  const { done = [] } = await page.evaluate(() => thecal.ask('timeline', null));
  const aspirated = /syringe shows (\S+) mL/.exec(done.flatMap(({ found = [] }) => found).join())?.[1] ?? '';
  expect(aspirated).toMatch(/^\d/);
  await type('Volume in the syringe', sent);
  await press('Fill the syringe');
  await press(`Inject ${sent} mL of baclofen 500 mcg/mL into the reservoir`);
  await type('Aspirated', aspirated);
  await type('In the reservoir now', sent);
  await press('Enter into the pump');
  await page.getByRole('heading', { name: 'Entered' }).waitFor();
  await press('End session');
  await pane('Training');
  await press(measures['dateOfScreen']?.says ?? '');
  await press('Finish the case');
  await press('Let it pass');
  expect(await debriefOf(page)).toEqual({ passed: true, missed: [] });
  const [download] = await Promise.all([page.waitForEvent('download'), press('Save for the class')]);
  expect(download.suggestedFilename()).toBe(`${NAME}-Ann-Marie-${SEED}.json`);
  const saved: string[] = [];
  for await (const chunk of await download.createReadStream()) saved.push(String(chunk));
  const debrief: unknown = JSON.parse(saved.join(''));
  expect(isDebrief(debrief) && debrief).toMatchObject({ learner: 'Ann Marie', seed: SEED, passed: true });
});

test('who comes next is not called by the name of who went before, unless the same person goes on', async () => {
  await page.locator('summary', { hasText: 'Take another case' }).click();
  const learner = page.getByLabel('Learner');
  expect(await learner.inputValue()).toBe('');
  await press('Ann Marie goes on');
  expect(await learner.inputValue()).toBe('Ann Marie');
  await begin(page, { name: TITLE, mode: 'Assessment', learner: '', seed: SEED });
  await page.locator('summary', { hasText: 'Take another case' }).click();
  expect(await learner.inputValue()).toBe('');
  expect(await page.getByRole('button', { name: /goes on$/ }).count()).toBe(0);
});

test('nothing went wrong on the page', () => {
  expect(said).toEqual([]);
});
