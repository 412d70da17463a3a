import { Worker } from 'node:worker_threads';
import type { Scenario } from '../index.ts';
import { Deferred } from '../node/deferred.ts';
import { Unusable } from './exit.ts';
import type { Done, Task } from './run-one.ts';

/** What a thread says of a task: what became of it, or why it could not be run. An error comes with its stack. */
export type Answer = { readonly done: Done } | { readonly unusable: string } | { readonly error: unknown };

/**
 * So many steps take a second or two in a thread that is up, and to start one takes half a second: with fewer for each
 * the same is done sooner in one.
 */
const STEPS_WORTH_A_THREAD = 500;

/** Most of what a thread makes is forgotten at once: with room for it, little is moved about before it is. */
export const YOUNG_MB = 96;

/** How long a scenario takes to run, roughly: as many steps and occurrences of habits as it has. */
const stepsOf = ({ story }: Scenario): number =>
  story.reduce((steps, { every, for: lasting = 0 }) => steps + (every === undefined ? 1 : lasting / every), 0);

/** In how many threads some scenarios are run soonest, with so many cores: beside the longest the others must pay. */
export function threadsFor(scenarios: readonly Scenario[], cores: number): number {
  const steps = scenarios.map(stepsOf);
  const others = steps.reduce((sum, each) => sum + each, 0) - Math.max(0, ...steps);
  return Math.min(scenarios.length, cores, 1 + Math.floor(others / STEPS_WORTH_A_THREAD));
}

/**
 * Runs scenarios in so many threads, those first that take longest, and gives what became of them in their own order,
 * whichever is done first. Throws what the first of them throws that cannot be run.
 */
export async function* sideBySide(tasks: readonly Task[], threads: number): AsyncGenerator<Done> {
  const all = tasks.map((task) => ({ task, answered: new Deferred<Answer>() }));
  const waiting = all.toSorted((a, b) => stepsOf(b.task.scenario) - stepsOf(a.task.scenario));

  const startWorker = (): Worker => {
    const worker = new Worker(new URL('./run-worker.js', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    const next = () => {
      const running = waiting.shift();
      if (running === undefined) return;
      worker.once('message', (answer: Answer) => {
        running.answered.resolve(answer);
        next();
      });
      worker.postMessage(running.task);
    };
    // What a thread that breaks down was doing nobody will hear of: the run is over.
    worker.on('error', (error) => {
      for (const { answered } of all) answered.resolve({ error });
    });
    next();
    return worker;
  };

  const workers = Array.from({ length: threads }, startWorker);
  try {
    for (const { answered } of all) {
      const answer = await answered.promise;
      if ('unusable' in answer) throw new Unusable(answer.unusable);
      if ('error' in answer) throw answer.error;
      yield answer.done;
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
