/** What a test sees of the page as whoever works it by keyboard does: where the focus is, and how far from it a control is. */
export interface Eyes {
  way(control: unknown): Promise<Way>;
  /** What is wrong with the focus, once what was asked of the pump is answered and drawn: nothing has it, or it is hidden. */
  lost(): Promise<string>;
  /** How far the chosen radio button of a group is from this one, and the chosen option of a list from one by its name. */
  fromChosen(radio: unknown): number;
  fromShown(list: unknown, option: string): number;
  valueOf(slider: unknown): number;
  /** Where a finger comes down on a control, brought into sight; and what else it would come down on. */
  spot(control: unknown): Promise<{ readonly x: number; readonly y: number; readonly wrong: string }>;
  /** Where every button stands in the first picture of what is said of a text in a box; and a few pictures later. */
  placesAround(box: unknown, typed: { readonly text: string; readonly said: string }): Promise<Places>;
  /** Where a slider stands, and how many px one of what it counts is. */
  scaleOf(slider: unknown): { readonly px: number; readonly now: number };
}

/** Where buttons stand, in px from the upper edge. */
interface Places {
  readonly atOnce: readonly number[];
  readonly later: readonly number[];
}

/** Where a control is from the focus. */
export interface Way {
  /** Presses of Tab, or of Shift+Tab where it is less than 0; undefined where Tab does not come by. */
  readonly presses: number | undefined;
  /** How many things Tab comes by. */
  readonly stops: number;
  /** What is wrong with the control where it has the focus: it cannot be seen, or not be seen to have it. */
  readonly wrong: string;
}

declare global {
  /** In whatever is evaluated in the page. */
  var eyes: Eyes;
}

/**
 * The script of it, for every page that a test opens. A way is counted by the order of what Tab stops at; of a group of
 * radio buttons that is the chosen one. A control that cannot be used yet is waited for.
 */
export const EYES = `globalThis.eyes = (() => {
  const STOPS = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const groupOf = (radio) => [...document.querySelectorAll('input[type=radio]')].filter(({ name }) => name === radio.name);
  const stopOf = (one) => (one.type === 'radio' ? (groupOf(one).find(({ checked }) => checked) ?? groupOf(one)[0]) : one);
  const isStop = (one) =>
    one.tabIndex >= 0 &&
    !one.matches(':disabled') &&
    one.checkVisibility({ visibilityProperty: true }) &&
    stopOf(one) === one;
  const isBefore = (a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  const valueOf = (slider) => Number(slider.ariaValueNow ?? slider.value);
  const middle = (control) => {
    const { left, right, top, bottom } = control.getBoundingClientRect();
    return [(left + right) / 2, (top + bottom) / 2];
  };
  const hidden = (control) => {
    const seen = document.elementFromPoint(...middle(control));
    if (seen === null) return 'is beyond the edge of the screen';
    const isIt = control.contains(seen) || seen.closest('label')?.contains(control) === true;
    return isIt ? '' : 'is hidden by ' + seen.outerHTML.slice(0, 120);
  };
  // An act may be of several: each is asked once the one before it has been answered.
  const calm = async () => {
    for (let acts = 0; acts < 4; acts++) {
      await thecal.settled();
      await new Promise((drawn) => setTimeout(drawn));
    }
  };
  // A browser keeps what is looked at where it is with the next picture, whatever has been added above it.
  const picture = () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  const usable = async (isUsable) => {
    await calm();
    for (let waits = 0; waits < 500 && !isUsable(); waits++) await new Promise((wake) => setTimeout(wake, 10));
  };
  const wrongWith = (at) => {
    if (hidden(at) !== '') return hidden(at);
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    const hasRing = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    return hasRing ? '' : 'has no ring when it has the focus';
  };
  return {
    async way(control) {
      await usable(() => isStop(stopOf(control)));
      const stops = [...document.querySelectorAll(STOPS)].filter(isStop);
      const [at, to] = [document.activeElement, stops.indexOf(stopOf(control))];
      const way = (presses, wrong = '') => ({ presses, stops: stops.length, wrong });
      if (to < 0) return way(undefined);
      if (stops[to] === at) {
        if (hidden(at) !== '') await picture();
        return way(0, wrongWith(at));
      }
      if (stops.includes(at)) return way(to - stops.indexOf(at));
      // A heading may have the focus, at which Tab does not stop.
      const before = at === document.body ? 0 : stops.filter((stop) => isBefore(stop, at)).length;
      return way(to < before ? to - before : to - before + 1);
    },
    async spot(control) {
      await usable(() => control.checkVisibility() && !control.matches(':disabled'));
      await picture();
      control.scrollIntoView({ block: 'nearest' });
      if (hidden(control) !== '') control.scrollIntoView({ block: 'center' });
      const [x, y] = middle(control);
      return { x, y, wrong: control.matches(':disabled') ? 'cannot be used' : hidden(control) };
    },
    async lost() {
      await calm();
      const at = document.activeElement;
      if (at === document.body || at.matches(':disabled') || !at.checkVisibility()) return 'is lost';
      if (hidden(at) !== '') await picture();
      return hidden(at);
    },
    async placesAround(box, { text, said }) {
      const places = () => [...document.querySelectorAll('button')].map((button) => middle(button)[1]);
      const screen = box.closest('main');
      box.focus();
      box.value = text;
      box.dispatchEvent(new Event('input', { bubbles: true }));
      for (let pictures = 0; pictures < 500 && !screen.textContent.includes(said); pictures++)
        await new Promise(requestAnimationFrame);
      await new Promise((drawn) => setTimeout(drawn));
      const atOnce = places();
      for (let pictures = 0; pictures < 5; pictures++) await picture();
      return { atOnce, later: places() };
    },
    fromChosen: (radio) => groupOf(radio).indexOf(radio) - groupOf(radio).findIndex(({ checked }) => checked),
    fromShown: (list, option) => [...list.options].findIndex(({ label }) => label === option) - list.selectedIndex,
    valueOf,
    scaleOf: (slider) => ({
      px: slider.parentElement.getBoundingClientRect().width / slider.ariaValueMax,
      now: valueOf(slider),
    }),
  };
})()`;
