import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props<Name extends string> {
  readonly label: string;
  readonly names: readonly (readonly [Name, string])[];
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
  readonly children: ComponentChildren;
}

/** Where a key leads from a tab of so many; undefined where it leads nowhere. */
function led(key: string, from: number, count: number): number | undefined {
  if (key === 'ArrowRight' || key === 'ArrowDown') return (from + 1) % count;
  if (key === 'ArrowLeft' || key === 'ArrowUp') return (from + count - 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

/** Panes of which one is shown: Tab reaches the chosen tab, arrows lead from one to the next. */
export function Tabs<Name extends string>({ label, names, chosen, onChoose, children }: Props<Name>) {
  const list = useRef<HTMLDivElement>(null);
  // A pane is seen from its beginning, wherever the one before was scrolled to.
  useLayoutEffect(() => list.current?.parentElement?.scrollTo(0, 0), [chosen]);
  const onKey = (event: KeyboardEvent) => {
    const from = names.findIndex(([name]) => name === chosen);
    const to = led(event.key, from, names.length);
    const name = to === undefined ? undefined : names[to];
    if (to === undefined || name === undefined) return;
    event.preventDefault();
    onChoose(name[0]);
    list.current?.querySelectorAll('button').item(to).focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKey}>
        {names.map(([name, text]) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-controls="pane"
            aria-selected={chosen === name}
            tabIndex={chosen === name ? 0 : -1}
            onClick={() => onChoose(name)}
          >
            {text}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: Tab leads into a panel that has nothing to be worked, too. */}
      <div id="pane" role="tabpanel" tabIndex={0} aria-labelledby={`tab-${chosen}`}>
        {children}
      </div>
    </>
  );
}
