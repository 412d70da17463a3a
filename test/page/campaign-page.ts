import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { campaignHtml } from '../../workbench/report/campaign.ts';
import { lived, plan } from '../campaign/plans.ts';
import { folder } from '../integration/cli.ts';

const result = {
  ...lived(plan(['pumps: 4', 'pumps: 8'])),
  arms: ['as it is', 'a longer lockout, with a name of forty c'],
};

/** The page of a campaign as a browser shows it, so many pixels wide; and what it said to its console. */
export async function campaignPage(
  browser: Browser,
  width: number,
  breaches: readonly string[] = [],
): Promise<{ page: Page; said: string[] }> {
  const path = join(folder(), 'campaign.html');
  writeFileSync(path, campaignHtml({ ...result, breaches: [...breaches] }));
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(pathToFileURL(path).href);
  return { page, said };
}
