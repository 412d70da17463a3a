// Draws the main screens of the page into docs/screens: `npm run screenshots`, after a build, with a Chromium.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { servePage } from '../dist/workbench/node/page-server.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

const server = await servePage(here('../dist/page'), 0);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
// Time that stands still, so that two runs draw the same.
await page.addInitScript(() => localStorage.setItem('thecal.settings', '{"realTime":false}'));
mkdirSync(here('screens'), { recursive: true });

const press = (name) => page.getByRole('button', { name }).first().click();
const tab = (name) => page.getByRole('tab', { name }).click();
const draw = (name) => page.screenshot({ path: here(`screens/${name}.png`) });

await page.goto(server.url);
await press('Interrogate');
await page.getByRole('heading', { name: 'What do you want to do?' }).waitFor();
await draw('status');
await press('Adjust dose');
await page.getByText('Flex: the same every day', { exact: true }).click();
for (const [step, rate] of [
  ['1', '180'],
  ['2', '260'],
])
  await page.getByRole('textbox', { name: `Rate of step ${step}` }).fill(rate);
await page.getByText('Ceiling, dose limit and low-reservoir threshold').click();
await page.getByRole('textbox', { name: 'Daily dose ceiling, with all boluses', exact: true }).fill('300');
await draw('flex');
await press('Review on the Finish screen');
await page.getByRole('heading', { name: 'Finish: old and new' }).waitFor();
await tab('X-ray');
await page.getByRole('region', { name: 'X-ray' }).waitFor();
await draw('finish');
await press('Confirm and update the pump');
await page.getByRole('status', { name: 'Done' }).waitFor();
await tab('Patient');
await press('Ask for a dose');
await press('Stop and restart');
await press('Stop the pump');
await page.getByText('PUMP STOPPED').waitFor();
await draw('stopped');

await tab('Training');
await page.getByRole('combobox', { name: 'Case' }).selectOption({ label: 'A refill on a Friday afternoon' });
await page.getByLabel('Seed').fill('3');
const [beside] = await Promise.all([
  page.context().waitForEvent('page'),
  page.getByRole('link', { name: 'Open the instructor’s window' }).click(),
]);
await beside.setViewportSize({ width: 1280, height: 800 });
await press('Begin the case');
await page.getByRole('button', { name: 'Finish the case' }).waitFor();
await press('Interrogate');
await beside.getByText('met', { exact: true }).waitFor();
await beside.screenshot({ path: here('screens/instructor.png') });
await press('Finish the case');
await press('Let it pass');
await page.getByRole('region', { name: /^Debrief/ }).waitFor();
await draw('debrief');

await browser.close();
await server.close();
