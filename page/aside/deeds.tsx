import { useState } from 'preact/hooks';
import { Leaving } from '../clinician/edits.tsx';
import type { Desk } from '../desk.ts';
import { BEDSIDE } from '../text.ts';
import { type HandsAct, isRefused, type Reply, type Visit } from '../visit.ts';

/** A button at the bedside. */
export interface Button {
  /** It says all that will be done. */
  readonly name: string;
  readonly act: HandsAct;
  /** How it is done where it takes its time. */
  readonly by?: () => Promise<Reply>;
  /** Whether what it needs is there. */
  readonly isReady?: boolean;
  /** What is asked before it is done, where a slip would do harm. */
  readonly sure?: string;
  /** Called once it was done. */
  readonly onDone?: () => void;
}

/** What hands do, and what came of the last. */
export interface Bench {
  readonly came: { readonly name: string; readonly text: string } | undefined;
  readonly press: (button: Button) => Promise<void>;
}

/** Does what is pressed, and keeps what came of it beside its button. */
export function useBench(visit: Visit, desk: Desk): Bench {
  const [came, setCame] = useState<Bench['came']>();
  const press = async ({ name, act, by, onDone }: Button) => {
    const reply = await (by === undefined ? visit.act({ hands: act }) : by());
    const { done } = await desk.ask('timeline', null);
    const last = done.findLast(({ line }) => line !== undefined);
    setCame({ name, text: reply.problem ?? last?.found?.join('; ') ?? reply.text });
    if (!isRefused(reply)) onDone?.();
  };
  return { came, press };
}

/** Buttons, below them the question one of them asks, and what came of the one that was pressed last. */
export function Deeds({ buttons, bench }: { buttons: readonly Button[]; bench: Bench }) {
  const [asking, setAsking] = useState<Button>();
  const isHere = buttons.some(({ name }) => name === bench.came?.name);
  return (
    <>
      <div class="row">
        {buttons.map((button) => (
          <button
            type="button"
            key={button.name}
            disabled={button.isReady === false}
            onClick={() => (button.sure === undefined ? void bench.press(button) : setAsking(button))}
          >
            {button.name}
          </button>
        ))}
      </div>
      {asking === undefined ? null : (
        <Leaving
          title={asking.sure ?? ''}
          stay={BEDSIDE.not}
          leave={asking.name}
          onStay={() => setAsking(undefined)}
          onLeave={() => {
            setAsking(undefined);
            void bench.press(asking);
          }}
        />
      )}
      {/* Where the eye is; the live region above says it. */}
      {isHere ? <p class="came">{bench.came?.text}</p> : null}
    </>
  );
}
