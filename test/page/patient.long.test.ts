import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { HANDSET } from '../../page/text.ts';
import { opened, takeChromium } from './chromium.ts';
import { KEYBOARD } from './keyboard.ts';
import { READY } from './ready-text.ts';

/* The patient's controller alone, on a phone. */

const chromium = takeChromium();

describe.each<readonly [string, (button: Locator) => Promise<void>]>([
  ['by touch', (button) => button.tap()],
  ['by keyboard', (button) => KEYBOARD.press(button)],
])('%s', (_, press) => {
  let page: Page;
  let said: readonly string[];
  beforeAll(async () => {
    ({ page, said } = await opened(chromium.browser, `${chromium.url}#patient`));
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('heading', { level: 1, name: HANDSET.title }).waitFor();
    // A patient has real time; here it is made to stand still, at eight, so that every time that is said is known.
    await page.waitForFunction(() => thecal.shown?.pace === 1);
    await page.evaluate(() => thecal.ask('pause', null));
    await page.evaluate((scenario) => thecal.ask('open', { scenario }), READY);
  });

  const asks = () => press(page.getByRole('button', { name: HANDSET.ask }));
  const passes = (span: string) => page.evaluate((line) => thecal.ask('line', line), `{ after: ${span} }`);
  const reads = (...lines: readonly string[]) =>
    expect.poll(() => page.locator('.handset-screen').innerText()).toBe(lines.join('\n\n'));
  /** That there was none comes first, then why. */
  const refused = (why: string, ...when: readonly string[]) => reads(`${HANDSET.notGiven}\n${why}`, ...when);

  test('everything is in sight without scrolling', async () => {
    const size = await page.evaluate<readonly number[]>(
      '[document.documentElement.scrollWidth, document.documentElement.scrollHeight]',
    );
    expect(size).toEqual([390, 844]);
  });

  test('a dose is given when it is asked for', async () => {
    await asks();
    await reads('Bolus started', HANDSET.asked('08:00'));
  });

  test('another press while it is given is told so first', async () => {
    await asks();
    await reads('Your dose is being given', HANDSET.again('6 h', '14:00'), HANDSET.asked('08:00'));
  });

  test('another is refused within the lockout, with why and when', async () => {
    await passes('1h');
    await asks();
    await refused('The lockout interval has not passed', HANDSET.again('5 h', '14:00'), HANDSET.asked('09:00'));
  });

  test('one after the lockout is given, and above the most in 24 h none is, with why and when', async () => {
    await passes('5h');
    await asks();
    await reads('Bolus started', HANDSET.asked('14:00'));
    await passes('7h');
    await asks();
    await refused(
      'All boluses of 24 h have been given',
      HANDSET.again('11 h', '2026-01-06 08:00'),
      HANDSET.asked('21:00'),
    );
  });

  test('a stopped pump gives none, and says so', async () => {
    for (const word of ['interrogate', 'stop', 'endSession'] as const)
      await page.evaluate((clinician) => thecal.ask('act', { clinician }), word);
    await asks();
    await refused('Delivery is stopped', HANDSET.asked('21:00'));
  });

  test('nothing went wrong', () => {
    expect(said).toEqual([]);
  });
});
