import type { DrugLibrary } from '../../programmer/index.ts';
import type { LoadedScenario } from '../scenario/document.ts';
import { problemsOf } from '../scenario/issues.ts';
import { ScenarioError } from '../scenario/problem.ts';
import { isWritten, type Scenario, scenarioSchema, type WrittenScenario } from '../scenario/schema.ts';

/** What a session opens with: a pump in its setting, and the story that can be played in it. */
export type Opening = Pick<LoadedScenario, 'scenario' | 'written' | 'library'>;

/** A scenario has a step; this one does nothing. */
const NOTHING = { after: '0s' };

/** A new pump on the shelf, with no story. Throws ScenarioError where profile or clock is none. */
export function newPump(profile: string, clock: string, library?: DrugLibrary): Opening {
  const whole = { thecal: 'scenario/1', title: 'A new pump on the shelf', profile, clock, story: [NOTHING] };
  const parsed = scenarioSchema.safeParse(whole);
  if (!parsed.success || !isWritten(whole))
    throw new ScenarioError(problemsOf(parsed.error?.issues ?? [], () => ({ line: 1, column: 1 })));
  const scenario: Scenario = { ...parsed.data, story: [] };
  const written: WrittenScenario = { ...whole, story: [] };
  return { scenario, written, library };
}
