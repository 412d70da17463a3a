import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { isDebrief } from '../../workbench/index.ts';
import { file } from '../integration/cli.ts';
import { of, SHIPPED } from '../training/cases.ts';
import { takeChromium } from './chromium.ts';
import { MOUSE } from './hands.ts';
import { begin, debriefOf, pageTells } from './training.ts';

/*
 * A training case taken on the page by hand, its debrief, and an instructor's window beside it.
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
const shown = () => page.evaluate(() => thecal.shown);

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
  await press('Nothing left to do');
  await press('Let it pass');
  expect(await debriefOf(page)).toEqual({ passed: true, missed: [] });
  const [download] = await Promise.all([page.waitForEvent('download'), press('Save as JSON')]);
  expect(download.suggestedFilename()).toBe(`${NAME}-Ann-Marie-${SEED}.json`);
  const saved: string[] = [];
  for await (const chunk of await download.createReadStream()) saved.push(String(chunk));
  const debrief: unknown = JSON.parse(saved.join(''));
  expect(isDebrief(debrief) && debrief).toMatchObject({ learner: 'Ann Marie', seed: SEED, passed: true });
});

test('an instructor beside sees what the learner does not, from before an assessment began', async () => {
  await pane('Training');
  const beside = page.getByRole('link', { name: 'Open the instructor’s window' });
  const opens = async (how: () => Promise<unknown>) =>
    (await Promise.all([page.context().waitForEvent('page'), how()]))[0];
  const instructor = await opens(() => beside.click());
  await instructor.getByRole('region', { name: /^Debrief/ }).waitFor();
  await begin(page, { name: TITLE, mode: 'Assessment', learner: '', seed: SEED });
  expect(await beside.count()).toBe(0);
  const line = instructor.getByRole('listitem').filter({ hasText: 'The pump was read before it was emptied' });
  await line.getByText('open').waitFor();
  await press('Interrogate');
  await line.getByText('met').waitFor();
  const hidden = of(NAME, SEED).lesson.hidden.trim();
  await instructor.getByText(hidden).waitFor();
  expect(await pageTells(page)).not.toContain(hidden);
  // It may be loaded anew; a window that comes now is not let in.
  await instructor.reload();
  await instructor.getByText(hidden).waitFor();
  const late = await opens(() => instructor.evaluate("void open(location.href, '_blank', 'noopener')"));
  await late.getByText('this window had to be open before it began').waitFor();
  await page.reload();
  await instructor.getByText('has been closed or loaded anew').waitFor();
  await page.getByRole('button', { name: 'Interrogate', exact: true }).waitFor();
});

test('a case of one’s own is added by its file, and what is wrong with one is said', async () => {
  const own = SHIPPED.get(NAME)?.replace(/^title: .*$/m, 'title: A refill of my own') ?? '';
  await pane('Session');
  await page.getByLabel('Open a scenario file').setInputFiles(file(own.replace(/^rubric:/m, 'rubrik:'), 'own.yaml'));
  await page.getByText(/Nothing was opened.*rubrik/s).waitFor();
  await page.getByLabel('Open a scenario file').setInputFiles(file(own, 'own.yaml'));
  await page.getByText('Added to the cases under Training: A refill of my own').waitFor();
  await begin(page, { name: 'A refill of my own', mode: 'Practice', learner: '', seed: SEED });
  expect(await shown()).toMatchObject({ lesson: { mode: 'practice' } });
  await press('Hint');
  await page.getByText('Before the needle').waitFor();
});

test('nothing went wrong on the page', () => {
  expect(said).toEqual([]);
});
