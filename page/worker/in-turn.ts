import type { AskName, Question, Told } from './protocol.ts';

/** Takes the questions of somebody. */
export type Taker = (question: Question) => void;

/** What reads or writes a text. */
const TEXTS: ReadonlySet<AskName> = new Set<AskName>([
  'open',
  'line',
  'recorded',
  'runScenario',
  'cases',
  'addCase',
  'openCase',
]);

/**
 * Hands questions over in the order in which they come. The first that is about a text fetches what reads texts, and
 * those after it wait too; where it cannot be fetched, those are answered that cannot do without.
 */
export function inTurn(take: Taker, fetch: () => Promise<void>, tell: (told: Told) => void): Taker {
  let isThere = false;
  let fetching: Promise<void> | undefined;
  const fetched = async () => {
    try {
      await fetch();
      isThere = true;
    } finally {
      fetching = undefined;
    }
  };
  const refuse = (question: Question) => {
    const problem = 'what reads and writes texts is not here, and cannot be fetched: there is no network';
    if (TEXTS.has(question.ask)) tell({ id: question.id, problem });
    else take(question);
  };
  return (question) => {
    if (!isThere && TEXTS.has(question.ask)) fetching ??= fetched();
    if (fetching === undefined) take(question);
    else
      void fetching.then(
        // Outside of the promise, so that a fault of the simulator is one of the worker.
        () => queueMicrotask(() => take(question)),
        () => queueMicrotask(() => refuse(question)),
      );
  };
}
