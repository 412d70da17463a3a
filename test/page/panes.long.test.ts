import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { BEDSIDE, FAULTS, PANES, SESSION, SOUND, TEXT, TIME, XRAY } from '../../page/text.ts';
import { loadScenario } from '../../workbench/index.ts';
import { ROOT } from '../integration/cli.ts';
import { takeChromium } from './chromium.ts';

const STOPPED = readFileSync(join(ROOT, 'scenarios/left-stopped.yaml'), 'utf8');
const DAY = 86_400_000;

const chromium = takeChromium();
let page: Page;
const said: string[] = [];
beforeEach(async () => {
  await page?.close();
  const fresh = await chromium.open();
  page = fresh.page;
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', ({ message }) => said.push(message));
  await page.getByRole('heading', { name: TEXT.connect }).waitFor();
});

const shown = () => page.evaluate(() => thecal.shown);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const pane = (name: string) => page.getByRole('tab', { name }).click();
const isPressed = (name: string) => button(name).and(page.locator('[aria-pressed="true"]')).waitFor();
/** Gives files to the button of the session pane. */
const give = (...files: readonly (readonly [string, string])[]) =>
  page
    .locator('input[type=file]')
    .setInputFiles(files.map(([name, text]) => ({ name, mimeType: 'text/yaml', buffer: Buffer.from(text) })));

test('tabs are led through by arrows, Home and End', async () => {
  await page.getByRole('tab', { name: PANES.patient }).focus();
  for (const [key, name] of [
    ['ArrowRight', PANES.bedside],
    ['ArrowLeft', PANES.patient],
    ['ArrowLeft', PANES.xray],
    ['ArrowRight', PANES.patient],
    ['End', PANES.xray],
    ['Home', PANES.patient],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('tabpanel', { name }).waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe(name);
  }
});

test('every control is reached by Tab', async () => {
  await pane(PANES.session);
  // One tab of a list and one choice of a group are reached; arrows lead to the others.
  const reach = await page.evaluate<number>(
    `[...document.querySelectorAll('button:not(:disabled):not([tabindex="-1"]), input:not([hidden]), select, summary, [role="tabpanel"]')]
      .filter((control) => control.checkVisibility()).length`,
  );
  const seen = new Set<number>();
  // Once around, Tab leaves the page and comes back.
  await page.evaluate('globalThis.met = [document.body]');
  for (let i = 0; i <= reach; i++) {
    await page.keyboard.press('Tab');
    seen.add(
      await page.evaluate<number>(
        '(met.includes(document.activeElement) || met.push(document.activeElement), met.indexOf(document.activeElement))',
      ),
    );
  }
  expect(seen.size - Number(seen.has(0))).toBe(reach);
});

test('whoever opens a session has real time, until it ends', async () => {
  await isPressed(TIME.pause);
  await button(TEXT.interrogate).click();
  await isPressed(TIME.real);
  await button(TIME.alarm).click();
  // An idle session ends by itself long before the alarm.
  await page.waitForFunction(() => thecal.shown?.pace === 'paused');
  expect(await shown()).toMatchObject({ now: 45 * DAY, isOpen: false });
  await button(TEXT.interrogate).click();
  await isPressed(TIME.real);
  await button(TEXT.endSession).click();
  await isPressed(TIME.pause);
});

test('time is jumped, undone, gone back in and branched', async () => {
  await pane(PANES.time);
  await button('1 d').click();
  await button('1 d').click();
  await page.waitForFunction((day) => thecal.shown?.now === 2 * day, DAY);
  await page.evaluate(() => thecal.ask('act', { clinician: 'stop' }));
  await page.getByText('Clinician stops delivery').waitFor();
  await button(TIME.back).click();
  await page.waitForFunction(() => thecal.shown?.isOpen === false);
  expect(await shown()).toMatchObject({ now: 2 * DAY, states: { infusion: 'basal' } });
  const at = page.getByLabel(TIME.instant);
  await at.fill('2026-01-06T08:00');
  await button(TIME.branch).click();
  await page.waitForFunction(() => thecal.shown?.life === 1);
  expect(await shown()).toMatchObject({ now: DAY, lives: 2 });
  await page.getByRole('button', { name: /^1\. / }).click();
  await page.waitForFunction((day) => thecal.shown?.life === 0 && thecal.shown.now === 2 * day, DAY);
  await at.fill('2026-01-05T20:00');
  await button(TIME.go).click();
  await page.waitForFunction((day) => thecal.shown?.now === day / 2, DAY);
  await at.fill('2026-01-15T08:00');
  await button(TIME.go).click();
  await page.waitForFunction((day) => thecal.shown?.now === 10 * day, DAY);
  await at.fill('2025-12-31T08:00');
  await button(TIME.go).click();
  await page.getByText(TIME.noDate).waitFor();
});

test('an hour passes while somebody listens to the pump, and what was heard is found', async () => {
  await pane(PANES.bedside);
  await button(BEDSIDE.listen).click();
  await page.locator('.came').getByText('Listened to the pump for 1h: the pump is silent').waitFor();
  expect(await shown()).toMatchObject({ now: 3_600_000, pace: 'paused' });
  await pane(PANES.time);
  await page.getByText('Hands listen to the pump for 1h').waitFor();
});

test('a scenario file opens its pump, and its story is played as it was meant', async () => {
  await pane(PANES.session);
  await give(['left-stopped.yaml', STOPPED]);
  await page
    .getByText(/A pump is stopped, forgotten/)
    .first()
    .waitFor();
  await page.getByRole('heading', { name: SESSION.step(0, 14) }).waitFor();
  await button(SESSION.play).click();
  await page.getByRole('heading', { name: SESSION.step(1, 14) }).waitFor();
  expect(await page.locator('p.step').innerText()).toBe('Clinician ends the session');
  await page.getByText(TEXT.stopped('')).first().waitFor();
  await button(SESSION.playAll).click();
  await page.getByText(SESSION.noStory).waitFor();
  const recorded = await page.evaluate(() => thecal.ask('recorded', null));
  expect(recorded).not.toContain('NOT AS EXPECTED');
  expect(loadScenario(recorded).scenario.story.length).toBeGreaterThan(10);
  expect(await shown()).toMatchObject({ life: 1, lives: 2, states: { infusion: 'basal' } });
});

test('a file that is dropped is opened; what cannot be read is said, and nothing is lost', async () => {
  await button(TEXT.interrogate).click();
  const drop = (name: string, text: string) =>
    page.evaluate<void>(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
      const on = document.querySelector('main');
      on.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true }));
      on.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    })()`);
  await drop('letter.txt', 'Dear all');
  await page.getByText(SESSION.notOpened).waitFor();
  expect(await shown()).toMatchObject({ lives: 1, isOpen: true });
  await drop('mine.yaml', STOPPED.replace('synchromed-ii-like-20', './sheets/mine.yaml'));
  await page.getByText('./sheets/mine.yaml: no such file').waitFor();
  expect(await shown()).toMatchObject({ lives: 1, isOpen: true });
  await drop('stopped.yaml', STOPPED);
  await page.getByText(SESSION.opened).waitFor();
  expect(await shown()).toMatchObject({ lives: 2, isOpen: false });
});

test('a visit is kept as a file and as a link, which opens it', async () => {
  await button(PANES.session)
    .or(page.getByRole('tab', { name: PANES.session }))
    .click();
  await page.evaluate(() => thecal.ask('act', { hands: { inject: '1 mL' } }));
  const download = page.waitForEvent('download');
  await button(SESSION.save).click();
  const file = await (await download).path();
  expect(loadScenario(readFileSync(file, 'utf8')).written.story).toMatchObject([{ hands: { inject: '1 mL' } }]);
  await button(SESSION.share).click();
  const link = await page.getByLabel(SESSION.link).inputValue();
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#visit=[\w-]+$/);
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByText(SESSION.opened).waitFor();
  await button(SESSION.play).click();
  await page.getByText(SESSION.noStory).waitFor();
  expect(await page.evaluate(() => thecal.ask('recorded', null))).toBe(readFileSync(file, 'utf8'));
  await page.goto('about:blank');
  await page.goto(link.slice(0, -9));
  await page.getByText(SESSION.badLink).waitFor();
  expect(await shown()).toMatchObject({ lives: 1 });
});

test('the X-ray has belief beside truth, and what led to a frame', async () => {
  await page.evaluate(() => thecal.ask('act', { world: { flowBias: '+15 %' } }));
  await pane(PANES.xray);
  await page.evaluate((day) => thecal.ask('run', { pace: 'top', to: 10 * day }), DAY);
  const row = (name: string) => page.locator(`[data-row="${name}"] td`);
  await page.getByText(`15.4 mL ${XRAY.parts}`).waitFor();
  expect(await row('reservoir').allTextContents()).toEqual(['16 mL', `15.4 mL ${XRAY.parts}`]);
  expect(await row('rate').allTextContents()).toEqual(['0.4 mL/day', `0.46 mL/day ${XRAY.parts}`]);
  expect(await row('strength').allTextContents()).toEqual(['500 mcg/mL', '500 mcg/mL']);
  await page.evaluate(() => thecal.ask('act', { clinician: 'stop' }));
  await page.getByRole('button', { name: 'pump answers programmer: stop' }).click();
  await page.getByRole('heading', { name: XRAY.chain }).waitFor();
  await page.getByText(/act clinician \{"type":"stop"\}/).waitFor();
  await page.getByText(/^7e c1 01/).waitFor();
  await pane(PANES.session);
  await button(SESSION.instructorHidden).click();
  await page.getByRole('tab', { name: PANES.xray }).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('tab', { name: PANES.time }).waitFor();
  expect(await page.getByRole('tab', { name: PANES.xray }).count()).toBe(0);
});

test('a fault is one tap, and what to expect of it is said at once', async () => {
  await pane(PANES.faults);
  await page.getByRole('region', { name: 'flow bias' }).getByRole('button', { name: '+15 %' }).click();
  await page.getByText(FAULTS.expect).and(page.locator('output')).waitFor();
  expect(await page.evaluate(() => thecal.ask('recorded', null))).toContain('- world: { flowBias: +15 % }');
});

test('light and dark are chosen, and kept', async () => {
  const ground = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await ground();
  await pane(PANES.session);
  await button(SESSION.looks.dark).click();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await ground()).toBe(dark);
  await pane(PANES.session);
  await button(SESSION.looks.system).click();
  expect(await ground()).toBe(light);
});

test('the pump sounds, and is read where it is muted', async () => {
  await page.evaluate(`globalThis.started = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) { started += 1; start.call(this, at); }`);
  await page.evaluate(() => thecal.ask('act', { clinician: 'interrogate' }));
  await page.evaluate(() => thecal.ask('act', { clinician: 'testAlarm' }));
  await page.getByText(`${SOUND.heard} ${SOUND.sounds.single}; ${SOUND.sounds['two-tone']}`).waitFor();
  expect(await page.evaluate('started')).toBe(11);
  await button(SOUND.on).click();
  await page.evaluate(() => thecal.ask('act', { clinician: 'testAlarm' }));
  await page.getByText(SOUND.heard).waitFor();
  expect(await page.evaluate('started')).toBe(11);
});

test.each([
  [1280, 800],
  [1024, 768],
])('at %d × %d the bar stands in one row, and nothing is cut off', async (width, height) => {
  await page.setViewportSize({ width, height });
  await button(TEXT.interrogate).click();
  await isPressed(TIME.real);
  const cut = `[...document.querySelectorAll('button')].filter((each) => each.scrollWidth > each.clientWidth + 1)
    .map((each) => each.textContent)`;
  for (const name of Object.values(PANES)) {
    await pane(name);
    expect(await page.evaluate(cut)).toEqual([]);
  }
  expect(await page.evaluate('document.querySelector("header").getBoundingClientRect().height')).toBeLessThan(64);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
});

test('nothing went wrong', () => {
  expect(said).toEqual([]);
});
