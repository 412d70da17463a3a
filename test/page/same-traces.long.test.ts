import { join } from 'node:path';
import { expect, test } from 'vitest';
import { servePage } from '../../workbench/node/page-server.ts';
import { QUICK, ROOT } from '../integration/cli.ts';
import { opened, startChromium } from './chromium.ts';
import { sameTraces } from './same-traces.ts';

test('every quick scenario leaves the same trace in the browser as in Node', async () => {
  const server = await servePage(join(ROOT, 'dist/page'), 0);
  const browser = await startChromium();
  try {
    const { page, said } = await opened(browser, server.url);
    await sameTraces(page, QUICK);
    expect(said).toEqual([]);
  } finally {
    await browser.close();
    await server.close();
  }
});
