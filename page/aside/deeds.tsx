import { useState } from 'preact/hooks';
import { Leaving } from '../clinician/edits.tsx';
import type { Desk } from '../desk.ts';
import { BEDSIDE } from '../text.ts';
import { type HandsAct, isRefused, type Reply, type Visit } from '../visit.ts';
import { clockText } from './line-text.ts';

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
  /** Where its answer stands, where the button itself is gone once it was pressed. */
  readonly place?: 'syringe';
  /** Called once it was done. */
  readonly onDone?: () => void;
}

/** What came of a button, and the local time when it did. */
export interface Came extends Pick<Button, 'name' | 'place'> {
  readonly text: string;
  readonly at: number;
}

/** What hands do, and what came of it: of each button the last, the newest last. */
export interface Bench {
  readonly came: readonly Came[];
  /** What the clocks of the place show. */
  readonly now: number;
  readonly press: (button: Button) => Promise<void>;
}

/** For how long an answer is today's: after that it is shown as one of before. */
const FRESH = 600_000;

/** Does what is pressed, and keeps what came of it beside its button. */
export function useBench(visit: Visit, desk: Desk, now: number): Bench {
  const [came, setCame] = useState<readonly Came[]>([]);
  const press = async ({ name, place, act, by, onDone }: Button) => {
    const reply = await (by === undefined ? visit.act({ hands: act }) : by());
    const { done } = await desk.ask('timeline', null);
    const last = done.findLast(({ line }) => line !== undefined);
    const text = reply.problem ?? last?.found?.join('; ') ?? reply.text;
    const at = desk.shown?.localTime ?? now;
    setCame((before) => [
      ...before.filter((each) => each.name !== name),
      { name, text, at, ...(place === undefined ? {} : { place }) },
    ]);
    if (!isRefused(reply)) onDone?.();
  };
  // What was undone never came.
  return { came: came.filter(({ at }) => at <= now), now, press };
}

/** What came of a button, with its time: it looks old once something else was done, or some minutes have passed. */
export function CameOf({ came, bench }: { came: Came; bench: Bench }) {
  const isOld = came !== bench.came.at(-1) || isPast(came.at, bench.now);
  return (
    <p class={isOld ? 'came old' : 'came'}>
      <small>{clockText(came.at, bench.now)}</small> {came.text}
    </p>
  );
}

/** Whether what was answered then is no answer of now. */
export const isPast = (at: number, now: number): boolean => now - at > FRESH;

/** Buttons, below them the question one of them asks, and what came of the one that was pressed last. */
export function Deeds({ buttons, bench }: { buttons: readonly Button[]; bench: Bench }) {
  const [asking, setAsking] = useState<Button>();
  const came = bench.came.findLast((each) => buttons.some(({ name }) => name === each.name));
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
      {came === undefined ? null : <CameOf came={came} bench={bench} />}
    </>
  );
}
