import type { Page } from 'playwright-core';
import { TEXT } from '../../page/text.ts';
import type { Script } from '../../workbench/training/document.ts';

/*
 * What is done with training cases on the page, by what its buttons and boxes are called.
 */

interface Begun {
  /** The title of the case. */
  readonly name: string;
  readonly mode: 'Practice' | 'Assessment';
  readonly learner: string;
  readonly seed: number;
}

/** Begins a case on the Training pane, where another may be at hand. */
export async function begin(page: Page, { name, mode, learner, seed }: Begun): Promise<void> {
  await page.getByRole('tab', { name: 'Training' }).click();
  const another = page.locator('summary', { hasText: 'Take another case' });
  const chooser = page.getByRole('combobox', { name: 'Case' });
  await another.or(chooser).first().waitFor();
  if (!(await chooser.isVisible())) await another.click();
  await chooser.selectOption({ label: name });
  await page.getByRole('button', { name: mode, exact: true }).click();
  await page.getByLabel('Learner').fill(learner);
  await page.getByLabel('Seed').fill(`${seed}`);
  const before = await page.evaluate(() => thecal.shown?.visit);
  await page.getByRole('button', { name: 'Begin the case' }).click();
  await page.waitForFunction((visit) => thecal.shown?.visit !== visit, before);
  await page.getByRole('button', { name: 'Finish the case' }).waitFor();
}

/** Does what a script of a case says: acts in the worker, as the buttons give them; measures by their buttons. */
export async function bring(page: Page, script: Script): Promise<void> {
  const { measures } = await page.evaluate(() => thecal.ask('caseTold', null));
  for (const step of script)
    if ('measure' in step) await page.getByRole('button', { name: measures[step.measure] ?? '', exact: true }).click();
    else await page.evaluate((act) => thecal.ask('act', act), step);
  await page.evaluate(() => thecal.settled());
}

/** What the debrief on the page says: whether it was passed, and which lines were missed. */
export async function debriefOf(page: Page): Promise<{ passed: boolean; missed: readonly string[] }> {
  const debrief = page.getByRole('region', { name: /^Debrief/ });
  await debrief.waitFor();
  const lines = await debrief.locator('.rubric li').evaluateAll((all) =>
    all.map((line) => ({
      says: (line.querySelector('strong')?.textContent ?? '').replace(/^\S+ /, ''),
      isMissed: line.querySelector('small')?.textContent?.startsWith('missed') === true,
    })),
  );
  return {
    passed: await debrief.getByText(/^✓ PASSED/).isVisible(),
    missed: lines.filter(({ isMissed }) => isMissed).map(({ says }) => says),
  };
}

/** Once a pane is there, and all that it asks for is answered and drawn. */
async function drawn(page: Page): Promise<void> {
  await page.getByText(TEXT.fetching).waitFor({ state: 'detached' });
  for (let asks = 0; asks < 4; asks++) {
    await page.evaluate(() => thecal.settled());
    await page.evaluate('new Promise((drawn) => setTimeout(drawn, 20))');
  }
}

/** What a page has beside its text: the address, what stands in it unseen, what it keeps. */
const KEPT = `[location.href, document.title, document.documentElement.outerHTML, JSON.stringify(thecal.shown),
  JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })].join(' ')`;

/** Everything a page tells: every pane as it is seen and as it is read aloud, its address, its title, what it keeps. */
export async function pageTells(page: Page): Promise<string> {
  const tabs = page.getByRole('tablist', { name: 'Patient, bedside and instructor' }).getByRole('tab');
  const told: string[] = [];
  for (const tab of await tabs.all()) {
    await tab.click();
    await drawn(page);
    await page.evaluate("for (const folded of document.querySelectorAll('aside details')) folded.open = true");
    await drawn(page);
    told.push(await page.locator('body').innerText(), await page.locator('body').ariaSnapshot());
  }
  told.push(await page.evaluate(KEPT));
  return told.join('\n').replaceAll(/\s+/g, ' ');
}
