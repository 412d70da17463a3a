import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What `findingsOn` looks with; to be brought again after a page was loaded anew. */
export const bringAxe = (page: Page): Promise<unknown> => page.evaluate(axe.source);

const LOOKS = ['light', 'dark'] as const;

/** In the page: what axe finds wrong, by all its rules or by those of contrast alone. */
const WRONG = `(isWhole) => axe
  .run(document, { resultTypes: ['violations'], ...(isWhole ? {} : { runOnly: ['color-contrast'] }) })
  .then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160))))`;
/** In the page: controls that are smaller than a finger; what is chosen by its label is as large as that. */
const SMALL = `[...document.querySelectorAll('button, input, select, textarea, summary, a[href], [role="slider"]')]
  .filter((control) => control.checkVisibility({ visibilityProperty: true }))
  .flatMap((control) => {
    const { width, height } = (control.closest('label.choice') ?? control).getBoundingClientRect();
    return Math.min(width, height) < 43.9 ? [width + ' × ' + height + ' px: ' + control.outerHTML.slice(0, 160)] : [];
  })`;

/** In the page: what moves, though whoever looks at it wants nothing to. */
const MOVING = `document.getAnimations().map(({ effect }) => 'moves: ' + effect.target.outerHTML.slice(0, 160))`;

/** What is wrong with what is shown, in either look; a line each. */
export async function findingsOn(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const look of LOOKS) {
    await page.emulateMedia({ colorScheme: look, reducedMotion: 'reduce' });
    const wrong = await page.evaluate<readonly string[]>(`(${WRONG})(${look === 'light'})`);
    found.push(...wrong.map((each) => `${look} ${each}`));
  }
  return [
    ...found,
    ...(await page.evaluate<readonly string[]>(SMALL)),
    ...(await page.evaluate<readonly string[]>(MOVING)),
  ];
}
