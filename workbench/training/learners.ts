import { FileError, type Path, type Problem, problemLines } from '../scenario/problem.ts';
import { type Debrief, missedIn } from './debrief.ts';
import { CaseError, type LoadedCase } from './document.ts';
import { Lesson } from './lesson.ts';

/*
 * The three who take a case by a script: whether what comes of it is what the case says of them.
 */

export type Learner = keyof LoadedCase['scripts'];
const LEARNERS = ['expert', 'passive', 'mistaken'] as const satisfies readonly Learner[];

/** What came of a case that somebody took by a script. */
export interface TakenByScript {
  readonly debrief: Debrief;
  /** Every reply on the way. */
  readonly replies: readonly string[];
  /** The acts that were refused, and why. */
  readonly refused: readonly string[];
}

interface Named {
  /** What the trace calls the case. */
  readonly id: string;
  readonly version: string;
}

/**
 * Takes a case by one of its scripts, as an assessment: nobody's script may ask for what no learner can. Throws CaseError
 * where a step cannot be done, or where the case does not begin as it says.
 */
export function takenBy(loaded: LoadedCase, who: Learner, named: Named): TakenByScript {
  const lesson = new Lesson(loaded, { ...named, mode: 'assessment', executor: 'table' });
  const at = (path: Path, message: string) =>
    new CaseError([{ ...loaded.locate(path), message: `${path.join('.')}: ${message}` }]);
  const [replies, refused]: [string[], string[]] = [[], []];
  const script = who === 'mistaken' ? ['learners', who, 'does'] : ['learners', who];
  for (const [i, step] of loaded.scripts[who].entries()) {
    const { text, problem, outcome } = lesson.play(step);
    if (problem !== undefined) throw at([...script, i], problem);
    replies.push(text);
    if (outcome !== undefined && 'refused' in outcome) refused.push(`step ${i + 1} was refused: ${outcome.refused}`);
  }
  if (!lesson.isOver) lesson.line('done');
  const broken = lesson.finish();
  if (broken !== '') throw at(script, broken);
  return { debrief: lesson.debrief(), replies, refused };
}

/**
 * What is wrong with a case as some seeds make it: an expert has to pass, who only waits has to fail, and who errs has to
 * miss the lines that are named and no other. Each problem is told once, with the seeds that show it.
 */
export function learnerProblems(cases: readonly LoadedCase[], named: Named): readonly Problem[] {
  const found = new Map<string, { readonly problem: Problem; readonly seeds: Set<number> }>();
  for (const loaded of cases)
    for (const problem of LEARNERS.flatMap((who) => problemsOf(loaded, who, named))) {
      const key = problemLines([problem]);
      const { seeds } = found.get(key) ?? { seeds: new Set() };
      found.set(key, { problem, seeds: seeds.add(loaded.seed) });
    }
  return [...found.values()].map(({ problem, seeds }) => ({
    ...problem,
    message: `${problem.message} (seed ${[...seeds].join(', ')})`,
  }));
}

/** What of a learner's debrief is not as the case says, or what keeps him or her from taking it. */
function problemsOf(loaded: LoadedCase, who: Learner, named: Named): readonly Problem[] {
  try {
    return unlike(loaded, who, named);
  } catch (error) {
    if (error instanceof FileError) return error.problems;
    throw error;
  }
}

function unlike(loaded: LoadedCase, who: Learner, named: Named): readonly Problem[] {
  const { debrief, refused } = takenBy(loaded, who, named);
  const { rubric, points, of } = debrief;
  const missed = missedIn(debrief);
  const came = `${who}: ${points} of ${of} points`;
  const at = (path: Path, message: string): Problem => ({ ...loaded.locate(path), message: `${came}: ${message}` });
  const lineAt = (id: string): Path => ['rubric', rubric.findIndex((line) => line.id === id), 'id'];
  const why = (id: string) => rubric.find((line) => line.id === id)?.why;
  if (who === 'passive')
    return debrief.passed
      ? [at(['rubric'], 'passes by waiting: expected a line that is only met by doing something')]
      : [];
  const expected = who === 'mistaken' ? loaded.error.misses : [];
  const instead = who === 'mistaken' ? 'expected it among misses, or met' : 'expected it to be met';
  const said = refused.map((each) => `; ${each}`).join('');
  return [
    ...missed
      .filter((id) => !expected.includes(id))
      .map((id) => at(lineAt(id), `misses "${id}" (${why(id)}): ${instead}${said}`)),
    ...expected.flatMap((id, i) =>
      missed.includes(id) ? [] : [at(['learners', who, 'misses', i], `meets "${id}": expected it to be missed`)],
    ),
  ];
}
