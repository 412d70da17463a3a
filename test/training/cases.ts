import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Debrief, Lesson, type LoadedCase, loadCase } from '../../workbench/index.ts';
import { ROOT } from '../integration/cli.ts';

export const CASES = join(ROOT, 'cases');

/** Every shipped case by name, with its text. */
export const SHIPPED: ReadonlyMap<string, string> = new Map(
  readdirSync(CASES)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => [file.replace('.yaml', ''), readFileSync(join(CASES, file), 'utf8')]),
);

export type Who = keyof LoadedCase['scripts'];

/** What comes of a case that somebody takes by a script; and every reply on the way. */
export function taken(loaded: LoadedCase, who: Who, id = 'case'): { debrief: Debrief; replies: readonly string[] } {
  const lesson = new Lesson(loaded, { id, version: 'test', mode: 'assessment', executor: 'table' });
  const replies: string[] = [];
  for (const step of loaded.scripts[who]) {
    const { text, problem } = lesson.play(step);
    if (problem !== undefined) throw new Error(`${who} of ${id}: ${JSON.stringify(step)}: ${problem}`);
    replies.push(text);
  }
  if (!lesson.isOver) lesson.line('done');
  if (lesson.finish() !== '') throw new Error(`${who} of ${id}: ${lesson.finish()}`);
  return { debrief: lesson.debrief(), replies };
}

export const missedIn = ({ rubric }: Debrief): readonly string[] =>
  rubric.filter(({ met, must }) => must && !met).map(({ id }) => id);

export const of = (name: string, seed: number): LoadedCase => loadCase(SHIPPED.get(name) ?? '', seed);

/** The script of somebody who takes a case, as lines of a console. */
export const linesOf = (name: string, who: Who, seed: number): string =>
  [
    ...of(name, seed).scripts[who].map((step) =>
      'measure' in step ? `measure ${step.measure}` : JSON.stringify(step),
    ),
    'done',
  ]
    .map((line) => `${line}\n`)
    .join('');
