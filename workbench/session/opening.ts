import { type LoadedScenario, namedParts } from '../scenario/document.ts';
import { NOWHERE, readBy } from '../scenario/issues.ts';
import type { OpenFile } from '../scenario/named-file.ts';
import { ScenarioError } from '../scenario/problem.ts';
import { isWritten, type Scenario, scenarioSchema, type WrittenScenario } from '../scenario/schema.ts';

/** What a session opens with: a pump in its setting, and the story that can be played in it. */
export type Opening = Pick<LoadedScenario, 'scenario' | 'written'>;

/** A scenario has a step; this one does nothing. */
const NOTHING = { after: '0s' };

/**
 * A new pump on the shelf, with no story; `open` gives the text of a profile file. Throws ScenarioError where profile
 * or clock is none.
 */
export function newPump(profile: string, clock: string, open?: OpenFile): Opening {
  const whole = { thecal: 'scenario/1', title: 'A new pump on the shelf', profile, clock, story: [NOTHING] };
  const parsed = readBy(scenarioSchema, whole);
  if (!parsed.success || !isWritten(whole)) throw new ScenarioError(parsed.success ? [] : parsed.problems);
  const { profile: device, library, ...others } = parsed.data;
  const named = namedParts({ profile: device, library }, NOWHERE, open);
  const scenario: Scenario = { ...others, ...named, story: [] };
  const written: WrittenScenario = { ...whole, story: [] };
  return { scenario, written };
}
