import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  debriefText,
  type Learner,
  type LoadedCase,
  loadCase,
  missedIn,
  type TakenByScript,
  takenBy,
} from '../../workbench/index.ts';
import { ROOT } from '../integration/cli.ts';

export const CASES = join(ROOT, 'cases');

/** Every shipped case by name, with its text. */
export const SHIPPED: ReadonlyMap<string, string> = new Map(
  readdirSync(CASES)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => [file.replace('.yaml', ''), readFileSync(join(CASES, file), 'utf8')]),
);

/** What comes of a case that somebody takes by a script; and every reply on the way. */
export const taken = (loaded: LoadedCase, who: Learner, id = 'case'): TakenByScript =>
  takenBy(loaded, who, { id, version: 'test' });

export const of = (name: string, seed: number): LoadedCase => loadCase(SHIPPED.get(name) ?? '', seed);

/** Lets a case be taken by who knows what to do, by who only waits, and by who makes the error it is known for. */
export function takenByThree(name: string): void {
  const loaded = of(name, 0);
  expect(missedIn(taken(loaded, 'expert', name).debrief), 'who knows what to do').toEqual([]);
  expect(taken(loaded, 'passive', name).debrief.passed, 'who only waits').toBe(false);
  const { debrief: mistaken } = taken(loaded, 'mistaken', name);
  expect(mistaken.passed, 'who errs').toBe(false);
  // The debrief names the step that was missed or wrong, and no other.
  expect(missedIn(mistaken)).toEqual(loaded.error.misses);
  for (const { id, says, met, must } of mistaken.rubric)
    if (!met) expect(debriefText(mistaken), id).toContain(`${must ? '✗' : '–'} ${says}`);
}

/** The script of somebody who takes a case, as lines of a console. */
export const linesOf = (name: string, who: Learner, seed: number): string =>
  [
    ...of(name, seed).scripts[who].map((step) =>
      'measure' in step ? `measure ${step.measure}` : JSON.stringify(step),
    ),
    'done',
  ]
    .map((line) => `${line}\n`)
    .join('');
