import { expect, test } from 'vitest';
import { startChromium } from './chromium.ts';
import { processorTime } from './processor-time.ts';
import { web } from './web.ts';

test('thecal web has its patient ready within two seconds of one processor, all in all', async () => {
  // What else the machine does can only make it slower: the fastest of a few is what it takes.
  const took: number[] = [];
  while (took.length < 4 && !took.some((each) => each < 2000)) took.push(await untilReady());
  expect(Math.min(...took), `${took}`).toBeLessThan(2000);
});

/** What command and browser work from the start of the command to the button, in a browser that has never seen the page. */
async function untilReady(): Promise<number> {
  const browser = await startChromium();
  try {
    const page = await browser.newPage();
    const before = processorTime();
    const { child, url } = await web();
    await page.goto(url, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Interrogate' }).waitFor();
    const took = processorTime() - before;
    child.kill('SIGKILL');
    return took;
  } finally {
    await browser.close();
  }
}
