import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { BEDSIDE, FAULTS, FORMS, HANDSET, PANES, SESSION, TEXT, TIME } from '../../page/text.ts';
import { loadScenario } from '../../workbench/index.ts';
import { ROOT } from '../integration/cli.ts';
import { takeChromium } from './chromium.ts';
import { KEYBOARD, reach } from './keyboard.ts';

/* What stands beside the programmer, by keyboard alone; the focus is somewhere after each press. */

const DAY = 86_400_000;

const chromium = takeChromium();
let page: Page;
const said: (readonly string[])[] = [];
beforeEach(async () => {
  await page?.close();
  const fresh = await chromium.open({ realTime: false });
  page = fresh.page;
  said.push(fresh.said);
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.getByRole('heading', { name: TEXT.connect }).waitFor();
});

const shown = () => page.evaluate(() => thecal.shown);
const press = (name: string | RegExp, within: Page | Locator = page) =>
  KEYBOARD.press(within.getByRole('button', { name, exact: true }));
const type = (name: string, text: string) => KEYBOARD.type(page.getByRole('textbox', { name, exact: true }), text);
const focused = () => page.evaluate<string>('document.activeElement.textContent');
/** Tab reaches the chosen tab, arrows the others. */
async function pane(name: string): Promise<void> {
  const chosen = page.getByRole('tab', { selected: true });
  await reach(chosen);
  for (let i = 0; i < Object.keys(PANES).length && (await focused()) !== name; i++)
    await page.keyboard.press('ArrowRight');
  await page.getByRole('tabpanel', { name }).waitFor();
}

test('every pane is led to by arrows, and Tab goes on into it', async () => {
  for (const name of Object.values(PANES)) {
    await pane(name);
    expect(await focused()).toBe(name);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.closest("[role=tabpanel]") !== null'), name).toBe(true);
  }
});

test('a patient asks for a dose, is given one, and is told when another is possible', async () => {
  await press(HANDSET.ask);
  await page.evaluate(() => thecal.ask('line', '{ after: 1h }'));
  await press(HANDSET.ask);
  await page.getByText(HANDSET.again('5 h', '14:00')).waitFor();
  expect(await focused()).toBe(HANDSET.ask);
});

test('hands empty and fill the reservoir', async () => {
  await pane(PANES.bedside);
  await press(BEDSIDE.drain);
  await press(BEDSIDE.drain, page.getByRole('alertdialog'));
  await KEYBOARD.pick(page.getByRole('radio', { name: FORMS.saline, exact: true }));
  await type(BEDSIDE.volume, '17.5');
  await press(BEDSIDE.fill);
  await press(BEDSIDE.inject('17.5 mL of saline'));
  await page.getByRole('list', { name: BEDSIDE.told }).getByRole('listitem').nth(1).waitFor();
  expect((await page.evaluate(() => thecal.ask('line', 'truth'))).text).toContain('17.5 mL');
});

test('a fault is one press, and what to expect of it is read', async () => {
  await pane(PANES.faults);
  const fault = page.getByRole('region', { name: 'flow bias' });
  await press('+15 %', fault);
  await page.getByText(FAULTS.expect).and(page.locator('output')).waitFor();
  const summary = fault.locator('summary');
  await KEYBOARD.press(summary);
  await fault.getByText(FAULTS.pump).waitFor();
  expect(await page.evaluate(() => thecal.ask('recorded', null))).toContain('flowBias: +15 %');
});

test('time is jumped, goes to the next alarm, and is gone back in', async () => {
  await pane(PANES.time);
  await press('1 d');
  await page.waitForFunction((day) => thecal.shown?.now === day, DAY);
  await press(TIME.alarm);
  await page.waitForFunction((day) => thecal.shown?.pace === 'paused' && thecal.shown.now > 40 * day, DAY);
  await press(TEXT.interrogate);
  await page.getByRole('heading', { name: TEXT.choose }).waitFor();
  await press(new RegExp(`^${TIME.before}: Clinician interrogates$`));
  await page.getByRole('heading', { name: TEXT.connect }).waitFor();
  await press('1 d');
  await press(TEXT.interrogate);
  await page.getByRole('heading', { name: TEXT.choose }).waitFor();
  await press(TIME.back);
  await page.waitForFunction(() => thecal.shown?.isOpen === false);
  expect(await shown()).toMatchObject({ isOpen: false, done: 1 });
  await KEYBOARD.type(page.getByLabel(TIME.instant), '2026-01-06T20:00');
  await press(TIME.go);
  await page.waitForFunction((day) => thecal.shown?.now === 1.5 * day, DAY);
});

test('a scenario is opened, its story played, and the visit saved', async () => {
  await pane(PANES.session);
  const chooser = page.waitForEvent('filechooser');
  await press(SESSION.open);
  await (await chooser).setFiles(join(ROOT, 'scenarios/left-stopped.yaml'));
  await page.getByRole('heading', { name: SESSION.step(0, 14) }).waitFor();
  await press(SESSION.play);
  await page.getByRole('heading', { name: SESSION.step(1, 14) }).waitFor();
  expect(await focused()).toBe(SESSION.play);
  // It moves out of sight meanwhile: steps are of several lengths.
  await reach(page.getByRole('button', { name: SESSION.playAll }));
  await page.keyboard.press('Enter');
  await page.getByText(SESSION.noStory).waitFor();
  expect(await focused()).toBe(SESSION.story);
  const download = page.waitForEvent('download');
  await press(SESSION.save);
  const text = readFileSync(await (await download).path(), 'utf8');
  expect(loadScenario(text).scenario.story.length).toBeGreaterThan(10);
  await press(SESSION.share);
  await reach(page.getByLabel(SESSION.link));
  await press(SESSION.instructorHidden);
  expect(await page.getByRole('tab').count()).toBe(5);
});

test('a session that ends by itself leads to the screen that is there then', async () => {
  await press(TEXT.interrogate);
  await press(/^Adjust dose/);
  await type('Basal rate', '190');
  await page.evaluate(() => thecal.ask('line', '{ after: 1h }'));
  await page.getByRole('heading', { name: TEXT.connect }).waitFor();
  expect(await focused()).toBe(TEXT.connect);
});

test('nothing went wrong', () => {
  expect(said.flat()).toEqual([]);
});
