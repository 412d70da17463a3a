import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { BOXES, EDITS, ENDING, PANES, PAPERS, REFILL, SESSION, TEXT, WORKFLOWS } from '../../page/text.ts';
import type { Asked } from '../../page/worker/protocol.ts';
import { bringAxe, findingsOn } from './axe.ts';
import { takeChromium } from './chromium.ts';

const chromium = takeChromium();
let page: Page;
let said: string[];
beforeAll(async () => {
  ({ page, said } = await chromium.open());
  await page.getByRole('heading', { name: TEXT.connect }).waitFor();
  await bringAxe(page);
});

const findings = () => findingsOn(page);
const act = (written: Asked['act']['gives']) => page.evaluate((given) => thecal.ask('act', given), written);
const inSession = () => page.getByRole('heading', { name: TEXT.choose }).waitFor();

test('what is wrong would be found: a button without a name, grey on white, smaller than a finger, that moves', async () => {
  await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend',
    '<p id="wrong" class="wrong"><button></button><font color="#ddd">pale</font></p>');
    document.querySelector('#wrong').firstChild.style.cssText = 'min-height: 20px; height: 20px; padding: 0';
    document.querySelector('#wrong').style.background = '#fff';
    void document.querySelector('#wrong').animate({ opacity: [1, 0.99] }, 600000)`);
  const found = (await findings()).join('\n');
  await page.evaluate("document.querySelector('#wrong').remove()");
  for (const each of [
    'light button-name',
    'light color-contrast',
    'dark color-contrast',
    'x 20 px',
    'moves: <p id="wrong"',
  ])
    expect(found.replaceAll('×', 'x')).toContain(each);
});

test('without a session nothing is found', async () => {
  expect(await findings()).toEqual([]);
});

test.each(Object.entries(PANES))('nothing is found in the pane %s', async (_, name) => {
  await page.getByRole('tab', { name }).click();
  await page.getByRole('tabpanel', { name }).waitFor();
  if (name === PANES.session) await page.getByRole('button', { name: SESSION.share }).click();
  if (name === PANES.xray) {
    await page.locator('.records button').first().click();
    await page.locator('.regions summary').first().click();
    await page.locator('.regions .active summary').first().click();
  }
  if (name === PANES.faults || name === PANES.curves)
    await page.getByRole('tabpanel').locator('summary').first().click();
  expect(await findings()).toEqual([]);
});

test('nothing is found on the status', async () => {
  await act({ clinician: 'interrogate' });
  await inSession();
  expect(await findings()).toEqual([]);
});

test.each(Object.values(WORKFLOWS).map(({ title }) => title))('nothing is found in the workflow %s', async (title) => {
  await page.getByRole('button', { name: TEXT.status }).click();
  await page.getByRole('region', { name: TEXT.choose }).getByRole('button', { name: title }).first().click();
  await page.getByRole('heading', { name: TEXT.choose }).waitFor({ state: 'detached' });
  expect(await findings()).toEqual([]);
});

test('nothing is found in a form with a difference, a reason to be given and boxes that are marked', async () => {
  await page.getByRole('button', { name: TEXT.status }).click();
  await page
    .getByRole('region', { name: TEXT.choose })
    .getByRole('button', { name: WORKFLOWS.refill.title })
    .first()
    .click();
  await page.getByRole('textbox', { name: REFILL.aspirated }).fill('5.6');
  await page.getByText(REFILL.findOut).waitFor();
  await page.getByRole('button', { name: REFILL.enter }).click();
  await page.getByText(BOXES.empty('mL')).waitFor();
  expect(await findings()).toEqual([]);
  await page.getByRole('textbox', { name: REFILL.filled }).fill('19');
  await page.getByRole('button', { name: REFILL.enter }).click();
  await page.getByRole('alert').getByText(TEXT.notDone).waitFor();
  expect(await findings()).toEqual([]);
  await page.getByRole('button', { name: TEXT.status }).click();
  await page.getByRole('region', { name: EDITS.begun }).waitFor();
  expect(await findings()).toEqual([]);
  await page.getByRole('button', { name: EDITS.drop }).click();
  await inSession();
});

test('nothing is found on the Finish screen', async () => {
  await act({ clinician: { edit: { constant: '410 mcg/day' } } });
  await act({ clinician: 'review' });
  await page.getByRole('table').waitFor();
  expect(await findings()).toEqual([]);
  await act({ clinician: 'discard' });
});

test('nothing is found in a session that is soon over, nor in one that goes on with what was typed before', async () => {
  await page.getByRole('button', { name: TEXT.status }).click();
  await page.getByRole('button', { name: new RegExp(`^${WORKFLOWS.refill.title} ?${WORKFLOWS.refill.about}`) }).click();
  await page.getByRole('textbox', { name: REFILL.aspirated }).fill('20');
  await page.evaluate(() => thecal.ask('line', '{ after: 8min }'));
  await page.getByRole('button', { name: ENDING.stay }).waitFor();
  expect(await findings()).toEqual([]);
  await page.evaluate(() => thecal.ask('line', '{ after: 3min }'));
  await page.getByText(TEXT.lapsedKept).waitFor();
  await act({ clinician: 'interrogate' });
  await page.getByText(TEXT.restored).waitFor();
  expect(await findings()).toEqual([]);
  await page.getByRole('button', { name: TEXT.status }).click();
  await page.getByRole('button', { name: EDITS.drop }).click();
  await inSession();
});

test('nothing is found in the report, with a session and after it, nor beside a stopped pump', async () => {
  for (const name of Object.values(PAPERS)) {
    await page.getByRole('button', { name }).click();
    expect(await findings()).toEqual([]);
  }
  await act({ clinician: 'stop' });
  await page.getByRole('button', { name: TEXT.status }).click();
  await page.getByText(TEXT.stopped('')).first().waitFor();
  expect(await findings()).toEqual([]);
  await page.getByRole('button', { name: TEXT.endSession }).click();
  expect(await findings()).toEqual([]);
  await act({ clinician: 'endSession' });
  await page.getByRole('heading', { name: TEXT.connect }).waitFor();
  expect(await findings()).toEqual([]);
});

test('nothing is found with the patient’s controller alone', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate("location.hash = '#patient'");
  await page.getByRole('heading', { level: 1, name: 'Patient controller' }).waitFor();
  expect(await findings()).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
});

test('nothing went wrong', () => {
  expect(said).toEqual([]);
});
