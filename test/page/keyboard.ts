import type { Locator, Page } from 'playwright-core';
import type { Hands } from './hands.ts';

/*
 * The keyboard alone: every control is gone to by Tab or Shift+Tab, and worked by keys. Nothing here focuses, clicks or
 * fills by script; scripts only look where the focus is, and how many presses away the control may be.
 */

async function presses(page: Page, key: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await page.keyboard.press(key);
}

/** Goes to a control. Throws where Tab does not lead there, or where it cannot be seen that it has the focus. */
export async function reach(control: Locator): Promise<void> {
  const page = control.page();
  const element = await control.elementHandle();
  if (element === null) throw new Error(`there is no ${control}`);
  let left = Number.POSITIVE_INFINITY;
  for (let tries = 0; left > 0; tries++) {
    const way = await element.evaluate((there) => eyes.way(there));
    if (way.presses === undefined) throw new Error(`${control} is none of the ${way.stops} things that Tab stops at`);
    if (way.wrong !== '') throw new Error(`${control} ${way.wrong}`);
    // A box of several parts, as of a date, is left by as many presses.
    if (tries > PARTS + 5) throw new Error(`${control} is not reached by Tab: it is ${way.presses} stops away`);
    left = Math.abs(way.presses);
    await presses(page, way.presses < 0 ? 'Shift+Tab' : 'Tab', left);
  }
}

/** Works what has the focus; the focus is somewhere afterwards. */
async function strike(control: Locator, key: string): Promise<void> {
  const page = control.page();
  await page.keyboard.press(key);
  const wrong = await page.evaluate(() => eyes.lost());
  if (wrong !== '') throw new Error(`the focus ${wrong} after ${key} on ${control}`);
}

/** Most parts of a box at which Tab stops: those of a date and time, and the button of its calendar. */
const PARTS = 7;

/** The keys of a text; a date and time goes part by part, as an American browser has them. */
async function write(box: Locator, text: string): Promise<void> {
  const { keyboard } = box.page();
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(text) ?? [];
  if (year === undefined) {
    await keyboard.press('ControlOrMeta+a');
    await keyboard.type(text);
    return;
  }
  // Come to from behind it, its last part has the focus: it is entered from before.
  await presses(box.page(), 'Shift+Tab', PARTS);
  await reach(box);
  await keyboard.type(`${month}${day}${year}`);
  await keyboard.press('ArrowRight');
  await keyboard.type(`${String(Number(hour) % 12 || 12).padStart(2, '0')}${minute}${Number(hour) < 12 ? 'A' : 'P'}`);
}

export const KEYBOARD: Hands = {
  async press(control) {
    await reach(control);
    await strike(control, 'Enter');
  },
  async pick(radio) {
    await reach(radio);
    const steps = await radio.evaluate((element) => eyes.fromChosen(element));
    await presses(radio.page(), steps < 0 ? 'ArrowUp' : 'ArrowDown', Math.abs(steps));
    if (!(await radio.isChecked())) throw new Error(`arrows do not lead to ${radio}`);
  },
  async type(box, text) {
    await reach(box);
    await write(box, text);
    // A box is left when it has been filled; some take what stands in them only then.
    await box.page().keyboard.press('Tab');
  },
  async choose(list, option) {
    await reach(list);
    const steps = await list.evaluate((element, label) => eyes.fromShown(element, label), option);
    await presses(list.page(), steps < 0 ? 'ArrowUp' : 'ArrowDown', Math.abs(steps));
    if ((await list.evaluate((element, label) => eyes.fromShown(element, label), option)) !== 0)
      throw new Error(`arrows do not lead to ${option} of ${list}`);
  },
  /** By quarters of an hour, which the bar of a day keeps to. */
  async slide(slider, value) {
    await reach(slider);
    const way = (value - (await slider.evaluate((element) => eyes.valueOf(element)))) / 15;
    await presses(slider.page(), way < 0 ? 'ArrowLeft' : 'ArrowRight', Math.abs(way));
    if ((await slider.evaluate((element) => eyes.valueOf(element))) !== value)
      throw new Error(`arrows do not lead ${slider} to ${value}`);
  },
};
