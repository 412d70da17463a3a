import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringAxe, findingsOn } from './axe.ts';
import { campaignPage } from './campaign-page.ts';
import { startChromium } from './chromium.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

test.each([1280, 390])(
  'nothing is found on the page of a campaign %i pixels wide, and nothing stands beside it',
  async (width) => {
    const { page, said } = await campaignPage(browser, width, ['pump 1, a longer lockout: something is wrong']);
    await page.locator('summary').first().click();
    await bringAxe(page);
    expect(await findingsOn(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(said).toEqual([]);
  },
);
