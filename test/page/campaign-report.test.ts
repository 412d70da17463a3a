import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignPage } from './campaign-page.ts';
import { startChromium } from './chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

test('every plot is well formed, says what it is, and writes nothing outside of itself', async () => {
  const { page } = await campaignPage(browser, 1280);
  const plots = await page.evaluate<readonly { wrong: boolean; named: boolean; outside: string[] }[]>(`
    [...document.querySelectorAll('svg')].map((svg) => {
      const written = svg.outerHTML.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
      const frame = svg.getBoundingClientRect();
      return {
        wrong: new DOMParser().parseFromString(written, 'image/svg+xml').querySelector('parsererror') !== null,
        named: svg.getAttribute('role') === 'img' && svg.getAttribute('aria-label').length > 20,
        outside: [...svg.querySelectorAll('*')]
          .filter((each) => {
            const { left, right, top, bottom } = each.getBoundingClientRect();
            return left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 1 || bottom > frame.bottom + 1;
          })
          .map((each) => each.outerHTML),
      };
    })`);
  expect(plots.length).toBeGreaterThan(5);
  for (const plot of plots) expect(plot).toEqual({ wrong: false, named: true, outside: [] });
});

test('on paper the figures are there, what unfolds is not, and it is light', async () => {
  const { page } = await campaignPage(browser, 1280);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.locator('details').first().isVisible()).toBe(false);
  expect(await page.locator('figure table').first().isVisible()).toBe(true);
  expect(await page.evaluate("getComputedStyle(document.querySelector('rect.bar')).fill")).toBe('rgb(10, 92, 117)');
});
