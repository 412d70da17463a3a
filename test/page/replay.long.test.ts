import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { thecal as command } from '../integration/cli.ts';
import { takeChromium } from './chromium.ts';

const folder = mkdtempSync(join(tmpdir(), 'thecal-replay-'));
const chromium = takeChromium();
let page: Page;
beforeAll(async () => {
  ({ page } = await chromium.open());
  await page.getByRole('button', { name: 'Interrogate' }).waitFor();
});
afterAll(() => rmSync(folder, { recursive: true }));

const click = (name: string) => page.getByRole('button', { name, exact: true }).click();
const pane = (name: string) => page.getByRole('tab', { name }).click();
const fault = async (name: string, text: string) => {
  const there = page.getByRole('region', { name, exact: true });
  await there.getByRole('button', { name: text, exact: true }).click();
  await page.evaluate(() => thecal.settled());
};
const now = () => page.evaluate(() => thecal.shown?.now ?? 0);
/** Until so much has passed by itself. */
const passed = async (ms: number) => {
  const from = await now();
  await expect.poll(now, { timeout: 30_000 }).toBeGreaterThan(from + ms);
};
/** Until time stands still at an event, or is still on its way there after a while: in a session it takes its time. */
const cameOrGoesOn = async () => {
  const from = await now();
  const isSo = () =>
    page.evaluate((least) => thecal.shown?.pace === 'paused' || (thecal.shown?.now ?? 0) > least, from + 500);
  await expect.poll(isSo, { timeout: 30_000 }).toBe(true);
};
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A visit as somebody has it who plays: everything by buttons, and time passing by itself in between. */
async function visit(): Promise<void> {
  await pane('Faults');
  await fault('latency', '200ms');
  await fault('flow bias', '+15 %');
  // From here on real time passes, cut as the room's clock cuts it.
  await click('Interrogate');
  await page.getByRole('button', { name: /^Adjust dose/ }).click();
  await page.getByRole('textbox', { name: 'Basal rate', exact: true }).fill('190');
  await click('Review on the Finish screen');
  await page.getByRole('heading', { name: 'Finish: old and new' }).waitFor();
  await passed(300);
  await click('Confirm and update the pump');
  await page.getByRole('status', { name: 'Done' }).waitFor();
  await click('End session');
  await page.getByRole('heading', { name: 'Connect to the pump' }).waitFor();
  await pane('Patient');
  await click('Ask for a dose');
  await click('3600×');
  await passed(3 * 3_600_000);
  await click('Ask for a dose');
  await passed(3_600_000);
  await pane('Faults');
  await fault('noise', 'drop: 10 %, corrupt: 5 %');
  await click('Interrogate');
  await page.getByRole('heading', { name: 'What do you want to do?' }).waitFor();
  await click('Next event');
  await cameOrGoesOn();
  await pane('Bedside');
  await click('Empty the reservoir');
  await click('Pause');
  await pane('Time');
  const from = await now();
  await click('1 d');
  await expect.poll(now, { timeout: 30_000 }).toBe(from + 86_400_000);
}

test('a visit that was saved leaves the same trace in thecal run as on the page', async () => {
  await visit();
  const records = await page.evaluate(() => thecal.ask('trace', { from: 0 }));
  await pane('Session');
  const download = page.waitForEvent('download');
  await click('Save as a scenario');
  const [file, trace] = [join(folder, 'visit.yaml'), join(folder, 'visit.ndjson')];
  await (await download).saveAs(file);
  const run = ['run', 'visit.yaml', '--executor', 'table', '--trace', trace];
  expect(command(run, { cwd: folder })).toMatchObject({ code: 0 });
  const [header = '', ...lines] = readFileSync(trace, 'utf8').split(/(?<=\n)/);
  // A life on the page has no file to be called by: of what it did every byte is the same.
  expect(digest(lines.join(''))).toBe(digest(records.map((record) => `${JSON.stringify(record)}\n`).join('')));
  expect(JSON.parse(header)).toMatchObject({ scenario: 'visit', executor: 'table', seed: 0 });
  expect(lines.length).toBeGreaterThan(200);
  // And the same file run on the page, header and all.
  const there = await page.evaluate((give) => thecal.ask('runScenario', give), {
    id: 'visit',
    scenario: readFileSync(file, 'utf8'),
  });
  expect(there.digest).toBe(digest(readFileSync(trace, 'utf8')));
});
