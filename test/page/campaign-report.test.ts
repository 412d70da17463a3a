import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { campaignHtml } from '../../workbench/report/campaign.ts';
import { lived, plan } from '../campaign/plans.ts';
import { folder } from '../integration/cli.ts';
import { bringAxe, findingsOn } from './axe.ts';
import { startChromium } from './chromium.ts';

const result = {
  ...lived(plan(['pumps: 4', 'pumps: 8'])),
  arms: ['as it is', 'a longer lockout, with a name of forty c'],
};
let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

/** The page of a campaign as a browser shows it, so many pixels wide; and what it said to its console. */
async function shown(width: number, breaches: readonly string[] = []): Promise<{ page: Page; said: string[] }> {
  const path = join(folder(), 'campaign.html');
  writeFileSync(path, campaignHtml({ ...result, breaches: [...breaches] }));
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(pathToFileURL(path).href);
  return { page, said };
}

test.each([1280, 390])(
  'nothing is found on the page of a campaign %i pixels wide, and nothing stands beside it',
  async (width) => {
    const { page, said } = await shown(width, ['pump 1, a longer lockout: something is wrong']);
    await page.locator('summary').first().click();
    await bringAxe(page);
    expect(await findingsOn(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(said).toEqual([]);
  },
);

test('every plot is well formed, says what it is, and writes nothing outside of itself', async () => {
  const { page } = await shown(1280);
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
  const { page } = await shown(1280);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.locator('details').first().isVisible()).toBe(false);
  expect(await page.locator('figure table').first().isVisible()).toBe(true);
  expect(await page.evaluate("getComputedStyle(document.querySelector('rect.bar')).fill")).toBe('rgb(10, 92, 117)');
});
