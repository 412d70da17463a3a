import { type ComponentChildren, createContext } from 'preact';
import { useContext, useId, useRef, useState } from 'preact/hooks';

/** How often a form has been handed in with something in it that cannot be taken. */
const Tries = createContext(0);

const WRONG = '[data-wrong]';

/** Goes to a box, and opens what it is folded away in. */
function goTo(box: HTMLElement): void {
  const folded = box.closest('details');
  if (folded !== null) folded.open = true;
  box.focus();
}

interface Props {
  readonly onSubmit: () => void;
  /** Something was typed. */
  readonly onInput?: () => void;
  readonly children: ComponentChildren;
}

/** A form that is handed in once every box of it can be read: what cannot is marked where it stands, and gone to. */
export function Form({ onSubmit, onInput, children }: Props) {
  const [tries, setTries] = useState(0);
  return (
    <Tries.Provider value={tries}>
      <form
        class="form"
        noValidate
        onInput={onInput}
        onSubmit={(event) => {
          event.preventDefault();
          const wrong = event.currentTarget.querySelector<HTMLElement>(WRONG);
          if (wrong === null) return onSubmit();
          setTries(tries + 1);
          goTo(wrong);
        }}
      >
        {children}
      </form>
    </Tries.Provider>
  );
}

/**
 * Marks a box of which something is wrong, in words: from when its form was handed in until it is right. What has come
 * since then is not marked before it is handed in itself.
 */
export function useMark(wrong: string | undefined) {
  const tries = useContext(Tries);
  const before = useRef(tries);
  const id = useId();
  const isMarked = wrong !== undefined && tries > before.current;
  return {
    box: { 'data-wrong': wrong, 'aria-invalid': isMarked, 'aria-describedby': isMarked ? id : undefined },
    mark: isMarked ? (
      <span id={id} class="wrong">
        {wrong}
      </span>
    ) : null,
  };
}
