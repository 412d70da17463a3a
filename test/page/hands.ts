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

/** A mouse, or a finger. */
export const MOUSE: Hands = {
  press: (control) => control.click(),
  pick: (radio) => radio.check(),
  type: (box, text) => box.fill(text),
  async choose(list, option) {
    await list.selectOption({ label: option });
  },
  async slide(slider, value) {
    const mouse = slider.page().mouse;
    await slider.hover();
    const { px, now } = await slider.evaluate((element) => eyes.scaleOf(element));
    const box = await slider.boundingBox();
    if (box === null) throw new Error('there is nothing to be dragged');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await mouse.down();
    await mouse.move(x + (value - now) * px, y, { steps: 3 });
    await mouse.up();
  },
};
