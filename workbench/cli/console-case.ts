import { webcrypto } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { ExecutorName } from '../../firmware-sim/index.ts';
import {
  debriefText,
  drawnSeed,
  FileError,
  Lesson,
  type LessonOptions,
  lessonWords,
  loadCase,
  type Mode,
} from '../index.ts';
import { coloured, talk } from './console-talk.ts';
import { EXIT, Unusable } from './exit.ts';
import {
  CASES,
  filesFrom,
  mustBeNew,
  mustBeWritable,
  problemText,
  readText,
  shown,
  version,
  writeNew,
  writeWhole,
} from './files.ts';
import { note, out } from './print.ts';

export interface CaseFlags {
  readonly case: string;
  readonly mode: Mode;
  readonly learner?: string;
  readonly debrief?: string;
  readonly seed?: number;
  readonly executor: ExecutorName;
  readonly record?: string;
  readonly trace?: string;
}

/** Lets somebody take a training case line by line, and prints the debrief once it is over. Exits with 1 where it is not passed. */
export async function takeCase({
  case: reference,
  mode,
  learner,
  debrief,
  seed,
  executor,
  record,
  trace,
}: CaseFlags): Promise<number> {
  const path = pathOf(reference);
  mustBeWritable(
    [debrief, record, trace].filter((output) => output !== undefined),
    [path],
    'the case',
  );
  for (const output of [debrief, record]) if (output !== undefined) mustBeNew(output);
  const told: string[] = [];
  const keep = (line: unknown) => void told.push(JSON.stringify(line));
  const lesson = begun(path, seed ?? drawnSeed(webcrypto), {
    id: basename(path).replace(/\.[^.]+$/, ''),
    version: version(),
    mode,
    executor,
    ...(learner === undefined ? {} : { learner }),
    ...(trace === undefined ? {} : { onHeader: keep, onRecord: keep }),
  });
  out(lesson.greeting);
  out(
    `\nWords beside those of a visit ("help" lists all): ${lessonWords(mode)
      .map(([word, about]) => `${word} (${about})`)
      .join('; ')}.`,
  );
  const { unusable, interrupted } = await talk({
    get prompt() {
      return lesson.prompt;
    },
    complete: (line) => lesson.complete(line),
    line: (text, elapsed) => {
      const reply = lesson.line(text, elapsed);
      return lesson.isOver ? { ...reply, quit: true } : reply;
    },
  });
  if (record !== undefined) writeNew(record, lesson.recorded());
  if (trace !== undefined) writeWhole(trace, `${told.join('\n')}\n`);
  // What is kept is kept; now the interruption may end it as it would have.
  if (interrupted !== undefined) process.kill(process.pid, interrupted);
  if (!lesson.isOver) {
    note('the case was left before it was over: there is no debrief; "done" says that there is nothing left to do');
    return unusable > 0 ? EXIT.unusable : EXIT.failed;
  }
  const last = lesson.finish();
  if (last !== '') out(coloured(last));
  const whole = lesson.debrief();
  if (debrief !== undefined) writeNew(debrief, `${JSON.stringify(whole, null, 1)}\n`);
  out(debriefText(whole).trimEnd());
  if (lesson.breaches.length > 0) return EXIT.broken;
  if (unusable > 0) return EXIT.unusable;
  return whole.passed ? EXIT.met : EXIT.failed;
}

function pathOf(reference: string): string {
  const shipped = join(CASES, `${reference}.yaml`);
  if (/^[\w-]+$/.test(reference) && !existsSync(reference) && existsSync(shipped)) return shipped;
  return resolve(reference);
}

/** A case at the instant at which the learner comes in. Throws Unusable where it cannot be read, or does not begin as it says. */
function begun(path: string, seed: number, options: LessonOptions): Lesson {
  try {
    return new Lesson(loadCase(readText(path), seed, filesFrom(dirname(path))), options);
  } catch (error) {
    if (error instanceof FileError) throw new Unusable(problemText(shown(path), error));
    throw error;
  }
}
