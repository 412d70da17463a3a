import type { Locator } from 'playwright-core';

/** What hands do on the page: one way to work it is by mouse, another by keyboard alone (`keyboard.ts`). */
export interface Hands {
  /** A button, a tab, a summary. */
  press(control: Locator): Promise<void>;
  /** One of a group of radio buttons. */
  pick(radio: Locator): Promise<void>;
  /** Into a box, in place of what stands there. */
  type(box: Locator, text: string): Promise<void>;
  /** An option of a list, as it is called. */
  choose(list: Locator, option: string): Promise<void>;
  /** A slider, to where its value is so much. */
  slide(slider: Locator, value: number): Promise<void>;
}

/** Clicks in the middle of a control. Throws where something else is there. */
async function click(control: Locator): Promise<void> {
  const { x, y, wrong } = await control.evaluate((element) => eyes.spot(element));
  if (wrong !== '') throw new Error(`${control} ${wrong}`);
  await control.page().mouse.click(x, y);
}

/** A mouse, or a finger. */
export const MOUSE: Hands = {
  press: click,
  async pick(radio) {
    await click(radio);
    if (!(await radio.isChecked())) throw new Error(`${radio} is not chosen by a click`);
  },
  type: (box, text) => box.fill(text),
  async choose(list, option) {
    await list.selectOption({ label: option });
  },
  async slide(slider, value) {
    const { mouse } = slider.page();
    const { x, y } = await slider.evaluate((element) => eyes.spot(element));
    const { px, now } = await slider.evaluate((element) => eyes.scaleOf(element));
    await mouse.move(x, y);
    await mouse.down();
    await mouse.move(x + (value - now) * px, y, { steps: 3 });
    await mouse.up();
  },
};
