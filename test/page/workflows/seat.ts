import type { Locator, Page } from 'playwright-core';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { takeChromium } from '../chromium.ts';
import type { Hands } from '../hands.ts';
import { READY } from '../ready-text.ts';

/** How somebody sits at the programmer. */
export interface Way {
  readonly hands: Hands;
  readonly width: number;
  readonly height: number;
}

/** What a clinician does at the programmer, by what buttons and boxes are called; and ways to find out what came of it. */
export type Seat = ReturnType<typeof takeSeat>;

/** Opens the page for the tests of a file, each of which begins with the same patient; and fails where it complains. */
export function takeSeat({ hands, width, height }: Way) {
  const chromium = takeChromium();
  let page: Page;
  let said: readonly string[];
  beforeAll(async () => {
    ({ page, said } = await chromium.open({ realTime: false }));
    await page.setViewportSize({ width, height });
    page.setDefaultTimeout(20_000);
    await page.getByRole('button', { name: 'Interrogate' }).waitFor();
  });

  const open = (scenario: string) => page.evaluate((text) => thecal.ask('open', { scenario: text }), scenario);
  beforeEach(async () => {
    await open(READY);
  });

  const press = (name: string | RegExp, within: Page | Locator = page) =>
    hands.press(within.getByRole('button', { name, exact: true }));
  /** What is folded away below a line. */
  const unfold = (name: string) => hands.press(page.locator('summary', { hasText: name }));
  const pick = (name: string) => hands.pick(page.getByRole('radio', { name, exact: true }));
  const type = (name: string, text: string, within: Page | Locator = page) =>
    hands.type(within.getByLabel(name, { exact: true }).and(page.locator('input, textarea')), text);
  const choose = (name: string, option: string) =>
    hands.choose(page.getByRole('combobox', { name, exact: true }), option);
  const slide = (name: string, value: number) => hands.slide(page.getByRole('slider', { name, exact: true }), value);
  const workflows = () => page.getByRole('region', { name: 'What do you want to do?' });
  const workflow = (name: string) => hands.press(workflows().getByRole('button', { name: new RegExp(`^${name}`) }));
  const seen = (text: string | RegExp) => page.getByText(text).first().waitFor();

  /** What a line of the screen says. */
  const field = (name: string) => page.locator(`[data-field="${name}"] dd`).first().innerText();
  /** The pump read afresh: what the screen of its status says by these names. */
  async function read<N extends string>(...names: readonly N[]): Promise<Record<N, string>> {
    const isOpen = await page.getByRole('button', { name: 'Read again' }).isVisible();
    await press(isOpen ? 'Read again' : 'Interrogate');
    await press('Pump status');
    const texts = await Promise.all(names.map(async (name) => [name, await field(name)] as const));
    return Object.fromEntries(texts) as Record<N, string>;
  }

  /** An act of somebody else than the clinician, or the passing of time, as a line of the console. */
  const ask = (line: string) => page.evaluate((text) => thecal.ask('line', text), line);
  /** Readings of truth or belief, by their names. */
  async function readings(view: 'truth' | 'belief'): Promise<Record<string, string>> {
    const { text } = await ask(view);
    return Object.fromEntries(
      text.split('\n').map((line) =>
        line
          .trim()
          .split(/\s{2,}/)
          .slice(0, 2),
      ),
    );
  }

  async function begin(name: string): Promise<void> {
    await press('Interrogate');
    await workflow(name);
  }
  async function review(): Promise<void> {
    await press('Review on the Finish screen');
    await page.getByRole('heading', { name: 'Finish: old and new' }).waitFor();
  }
  const done = () => page.getByRole('status', { name: 'Done' }).waitFor();
  async function program(): Promise<void> {
    await review();
    await press('Confirm and update the pump');
    await done();
  }

  return {
    /** The page itself, once it is open. */
    get page() {
      return page;
    },
    ...{
      open,
      press,
      unfold,
      pick,
      type,
      choose,
      slide,
      workflow,
      seen,
      read,
      ask,
      readings,
      begin,
      review,
      done,
      program,
    },
    /** To be the last: nothing went wrong on the page meanwhile. */
    nothingSaid: () =>
      test('nothing went wrong on the page', () => {
        expect(said).toEqual([]);
      }),
  };
}
