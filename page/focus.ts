const HEADINGS = 'h1, h2, h3';

const isSeen = (element: HTMLElement): boolean => element.isConnected && element.checkVisibility();

/** The headings of a part of the page, in their order. */
const headingsIn = (part: HTMLElement): readonly HTMLElement[] =>
  [...part.querySelectorAll<HTMLElement>(HEADINGS)].filter((heading) => isSeen(heading) && !heading.matches('.unseen'));

/** Gives the focus to what takes none by itself: a heading, whose name is then read aloud. */
function lead(heading: HTMLElement, preventScroll: boolean): void {
  heading.tabIndex = -1;
  heading.focus({ preventScroll });
}

/** What has the focus, and where it stands, to be found again once it is gone. */
interface Place {
  readonly control: HTMLElement;
  /** The headings it stands under, the nearest last. */
  readonly headings: readonly HTMLElement[];
  /** All it is part of, the nearest first. */
  readonly parts: readonly HTMLElement[];
}

function placeOf(control: HTMLElement, root: HTMLElement): Place {
  const parts: HTMLElement[] = [];
  for (let part = control.parentElement; part !== null && root.contains(part); part = part.parentElement)
    parts.push(part);
  const headings = parts.map(headingsIn).find((found) => found.length > 0) ?? [];
  const isBefore = (heading: HTMLElement) =>
    (heading.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return { control, headings: headings.filter(isBefore), parts };
}

/** The heading that comes nearest to a place: the last it stood under that is there, or the first of what has come. */
const headingNear = ({ headings, parts }: Place): HTMLElement | undefined =>
  headings.findLast(isSeen) ?? parts.filter(isSeen).flatMap((part) => headingsIn(part).slice(0, 1))[0];

/**
 * Never loses the focus: where the control that has it goes, is hidden or can be used no more, the nearest heading has it,
 * that of the next screen, say. A control that can be used again soon, as one is while the pump is asked, has it back.
 */
export function keepFocus(root: HTMLElement): void {
  let place: Place | undefined;
  let heir: HTMLElement | undefined;
  // Whether what had the focus is still there, so that nothing is to move meanwhile.
  let isStaying = false;
  root.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target === heir) return;
    place = placeOf(target, root);
    heir = undefined;
  });
  const look = () => {
    if (place === undefined) return;
    const { activeElement, body } = document;
    const { control } = place;
    const isUsable = isSeen(control) && !control.matches(':disabled');
    // Whoever has gone elsewhere, or has clicked beside everything, stays there.
    if (activeElement !== body && activeElement !== control && activeElement !== heir) return;
    if (isUsable) {
      if (heir !== undefined && activeElement === heir) control.focus();
      return;
    }
    if (heir !== undefined && isSeen(heir)) {
      // It will not come back: whoever stayed where it is goes to where the focus is.
      if (isStaying && !isSeen(control)) heir.scrollIntoView({ block: 'nearest' });
      isStaying = isSeen(control);
      return;
    }
    isStaying = isSeen(control);
    heir = headingNear(place);
    if (heir !== undefined) lead(heir, isStaying);
  };
  new MutationObserver(look).observe(root, { subtree: true, childList: true, attributeFilter: ['disabled', 'hidden'] });
}

/** Whoever removes a row goes on at the one before it. */
export const toRowBefore = (control: HTMLElement, row: string): void =>
  control.closest(row)?.previousElementSibling?.querySelector<HTMLElement>('input:not(:disabled), select')?.focus();

/** Keeps a control in sight that moves away because of what it has added before itself, which is drawn by then. */
export const stayInSight = (control: HTMLElement): void =>
  queueMicrotask(() => control.scrollIntoView({ block: 'nearest' }));
