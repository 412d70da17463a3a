import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { takeChromium } from './chromium.ts';

/** Longest that the page may be busy with one thing, so that whoever presses a button is heard, in milliseconds. */
const MOST = 100;
const DAY = 86_400_000;
/** The same dose a day, another from six in the morning on. */
const FLEX = `{ daily: [{ at: '00:00', give: '120 mcg/day' }, { at: '06:00', give: '180 mcg/day' }] }`;

const chromium = takeChromium();

interface Task {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of a processor: unlike the time on the wall no matter of what else the machine does. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** The longest task of the page's own thread while something goes on, in milliseconds of a processor. */
async function longest(page: Page, work: () => Promise<void>): Promise<number> {
  await chromium.browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] });
  await work();
  const { traceEvents: events } = JSON.parse(`${await chromium.browser.stopTracing()}`) as {
    traceEvents: readonly Task[];
  };
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const isMain = ({ pid, tid }: Task) => mains.some((main) => main.pid === pid && main.tid === tid);
  const took = events.filter((each) => each.ph === 'X' && isMain(each)).map(({ tdur = 0 }) => tdur / 1000);
  expect(took.length).toBeGreaterThan(20);
  return Math.max(...took);
}

async function page(): Promise<Page> {
  const { page } = await chromium.open();
  onTestFinished(() => page.context().close());
  await page.getByRole('button', { name: 'Interrogate' }).waitFor();
  return page;
}

test.each(['Patient', 'Time', 'X-ray', 'Session'])(
  'months at top speed leave the page free, with %s open',
  async (pane) => {
    const one = await page();
    const said = await one.evaluate(`thecal.ask('act', { clinician: { prescribe: ${FLEX} } })`);
    expect(said).toMatchObject({ outcome: { done: true } });
    await one.evaluate(() => thecal.ask('act', { clinician: 'endSession' }));
    await one.getByRole('tab', { name: pane }).click();
    const from = await one.evaluate(() => thecal.shown?.now ?? 0);
    const took = await longest(one, async () => {
      await one.evaluate(`(async () => {
      const until = async (day) => {
        await thecal.ask('run', { pace: 'top', to: ${from} + day * ${DAY} });
        while (thecal.shown.pace !== 'paused') await new Promise(requestAnimationFrame);
      };
      // The patient asks twice a day, as whoever plays him would: each time is a thing done on the line of time.
      for (let day = 0; day < 30; day += 0.5) {
        await thecal.ask('act', { patient: 'requestBolus' });
        await until(day + 0.5);
      }
      await until(60);
    })()`);
    });
    expect(await one.evaluate(() => thecal.shown?.now)).toBe(from + 60 * DAY);
    expect(took).toBeLessThan(MOST);
  },
);

test('a task that is too long is seen', async () => {
  const one = await page();
  const took = await longest(one, async () => {
    await one.evaluate(`(async () => {
      for (let i = 0; i < 20; i++) await new Promise(requestAnimationFrame);
      await new Promise((done) => setTimeout(() => {
        const from = performance.now();
        while (performance.now() - from < 2000);
        done();
      }));
    })()`);
  });
  expect(took).toBeGreaterThan(MOST);
});
