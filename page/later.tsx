import type { ComponentChildren, ComponentType } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { TEXT } from './text.ts';

const WAITING: (() => Promise<void>)[] = [];

/** Fetches every part that comes later: once the patient is there. */
export const fetchLater = (): void => {
  for (const fetch of WAITING) void fetch();
};

/**
 * A part of the page that comes in a file of its own, as no patient waits for it. What is wanted before it is there is
 * fetched at once; where it cannot be, that is said in its place, and it is asked for again when it is wanted again.
 */
export function later<Props extends object>(fetch: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let there: ComponentType<Props> | undefined;
  const fetched = async () => {
    there ??= await fetch().catch(() => undefined);
  };
  WAITING.push(fetched);
  return (props: Props): ComponentChildren => {
    const [isAsked, setAsked] = useState(there !== undefined);
    useLayoutEffect(() => {
      if (there === undefined) void fetched().then(() => setAsked(true));
    }, []);
    const There = there;
    if (There !== undefined) return <There {...props} />;
    return <p role="status">{isAsked ? TEXT.cannotFetch : TEXT.fetching}</p>;
  };
}
