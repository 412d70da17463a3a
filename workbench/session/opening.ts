import { type LoadedScenario, namedParts } from '../scenario/document.ts';
import { NOWHERE, readBy } from '../scenario/issues.ts';
import type { OpenFile } from '../scenario/named-file.ts';
import { implausible } from '../scenario/plausible.ts';
import { ScenarioError } from '../scenario/problem.ts';
import { isWritten, type Scenario, scenarioSchema, type WrittenScenario } from '../scenario/schema.ts';

/** What a session opens with: a pump in its setting, and the story that can be played in it. */
export type Opening = Pick<LoadedScenario, 'scenario' | 'written'>;

/** A scenario but for its story, as values. */
export type Setting = Omit<WrittenScenario, 'story'>;

/** A scenario has a step; this one does nothing. */
const NOTHING = { after: '0s' };

/** A pump in a setting, with no story; `open` gives the text of a file that it names. Throws ScenarioError. */
export function openingOf(setting: Setting, open?: OpenFile): Opening {
  const whole = { ...setting, story: [NOTHING] };
  const parsed = readBy(scenarioSchema, whole);
  if (!parsed.success || !isWritten(whole)) throw new ScenarioError(parsed.success ? [] : parsed.problems);
  const { profile, library, ...others } = parsed.data;
  const scenario: Scenario = { ...others, ...namedParts({ profile, library }, NOWHERE, open), story: [] };
  const problems = implausible(scenario);
  if (problems.length > 0)
    throw new ScenarioError(
      problems.map(({ path, message }) => ({ ...NOWHERE(path), message: `${path.join('.')}: ${message}` })),
    );
  return { scenario, written: { ...whole, story: [] } };
}

/**
 * A new pump on the shelf, with no story; `open` gives the text of a profile file. Throws ScenarioError where profile
 * or clock is none.
 */
export const newPump = (profile: string, clock: string, open?: OpenFile): Opening =>
  openingOf({ thecal: 'scenario/1', title: 'A new pump on the shelf', profile, clock }, open);
