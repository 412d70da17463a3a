import { ProfileError } from '../profile/problem.ts';
import { type OpenProfile, sheetOf } from '../profile/sheet-of.ts';
import { problemsOf } from './issues.ts';
import { implausible } from './plausible.ts';
import { ScenarioError } from './problem.ts';
import { isWritten, type Scenario, scenarioSchema, type WrittenScenario } from './schema.ts';
import { type Locate, readYamlPiece, readYamlText, type Sort } from './yaml-text.ts';

export { MOST_TEXT } from './yaml-text.ts';

/** A scenario that has been read, and where each part of it stands in its text. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** The same as it stands in the text, every value as it was written. */
  readonly written: WrittenScenario;
  readonly locate: Locate;
}

const SCENARIO: Sort = { name: 'scenario', error: ScenarioError };

/**
 * Reads a scenario from its text; `open` gives the text of a profile file that it names, and without it only shipped
 * profiles can be named. Throws ScenarioError with every problem found.
 */
export function loadScenario(text: string, open?: OpenProfile): LoadedScenario {
  const { value: written, locate } = readYamlText(text, SCENARIO);
  const parsed = scenarioSchema.safeParse(written);
  if (!parsed.success || !isWritten(written)) throw new ScenarioError(problemsOf(parsed.error?.issues ?? [], locate));
  const scenario = { ...parsed.data, profile: deviceOf(parsed.data.profile, locate, open) };
  const impossible = implausible(scenario);
  if (impossible.length > 0) {
    throw new ScenarioError(
      impossible.map(({ path, message }) => ({ ...locate(path), message: `${path.join('.')}: ${message}` })),
    );
  }
  return { scenario, written, locate };
}

/** The sheet a scenario names. Throws ScenarioError; what is wrong inside a profile file is said of that file. */
export function deviceOf(reference: string, locate: Locate, open: OpenProfile | undefined) {
  try {
    return sheetOf(reference, open);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    const here = locate(['profile']);
    throw new ScenarioError(
      error.problems.map((problem) =>
        problem.file === undefined ? { ...here, message: `profile: ${problem.message}` } : problem,
      ),
    );
  }
}

/** Reads a piece of YAML, such as `{ volume: 20 mL }`, as scenarios use it. Throws ScenarioError. */
export const readYaml = (text: string): unknown => readYamlPiece(text, SCENARIO);
