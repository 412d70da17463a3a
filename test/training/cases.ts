import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Learner, type LoadedCase, loadCase, type TakenByScript, takenBy } from '../../workbench/index.ts';
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
