import { useLayoutEffect, useState } from 'preact/hooks';
import type { Desk } from './desk.ts';
import type { Asked, AskName } from './worker/protocol.ts';

/** What came of a question so far. */
interface Answer<A extends AskName> {
  readonly got: Asked[A]['gets'] | undefined;
  /** What was wrong with it; empty where nothing was. */
  readonly problem: string;
}

/** What the worker answers to a question, which is asked anew whenever one of those changes. */
export function useAsked<A extends AskName>(
  desk: Desk,
  ask: A,
  give: Asked[A]['gives'],
  anew: readonly unknown[] = [],
): Answer<A> {
  const [answer, setAnswer] = useState<Answer<A>>({ got: undefined, problem: '' });
  useLayoutEffect(() => {
    let isHere = true;
    desk.ask(ask, give).then(
      (got) => isHere && setAnswer({ got, problem: '' }),
      // What was known before is still the best there is.
      ({ message }: Error) => isHere && setAnswer(({ got }) => ({ got, problem: message })),
    );
    return () => {
      isHere = false;
    };
  }, [desk, ...anew]);
  return answer;
}
