import { sheetOf } from '../profile/sheet-of.ts';
import { readBy } from './issues.ts';
import { libraryNamed } from './library.ts';
import type { OpenFile } from './named-file.ts';
import { implausible } from './plausible.ts';
import { FileError, ScenarioError } from './problem.ts';
import { isWritten, type NamedParts, type Scenario, scenarioSchema, type WrittenScenario } from './schema.ts';
import { type Locate, readYamlPiece, readYamlText, type Sort } from './yaml-text.ts';

export { MOST_TEXT } from './yaml-text.ts';

/** A scenario that has been read, and where each part of it stands in its text. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** The same as it stands in the text, every value as it was written. */
  readonly written: WrittenScenario;
  readonly locate: Locate;
}

const SCENARIO: Sort = { name: 'scenario', plural: 'scenarios', head: 'scenario', error: ScenarioError };

/**
 * Reads a scenario from its text; `open` gives the text of a file that it names, of a profile or a drug library, and
 * without it none can be named. Throws ScenarioError with every problem found.
 */
export function loadScenario(text: string, open?: OpenFile): LoadedScenario {
  const { value: written, locate } = readYamlText(text, SCENARIO);
  const parsed = readBy(scenarioSchema, written, locate);
  if (!parsed.success || !isWritten(written)) throw new ScenarioError(parsed.success ? [] : parsed.problems);
  const { profile, library, ...others } = parsed.data;
  const scenario = { ...others, ...namedParts({ profile, library }, locate, open) };
  const impossible = implausible(scenario);
  if (impossible.length > 0) {
    throw new ScenarioError(
      impossible.map(({ path, message }) => ({ ...locate(path), message: `${path.join('.')}: ${message}` })),
    );
  }
  return { scenario, written, locate };
}

/** Where each part of the text of a scenario stands; the text is read when that is first asked. */
export function locateIn(text: string): Locate {
  let locate: Locate | undefined;
  return (path, key) => {
    locate ??= readYamlText(text, SCENARIO).locate;
    return locate(path, key);
  };
}

/** What a scenario names rather than says. Throws ScenarioError; what is wrong inside a file is said of that file. */
export function namedParts(
  { profile, library }: { readonly profile: string; readonly library: string | undefined },
  locate: Locate,
  open: OpenFile | undefined,
): NamedParts {
  const sheet = meantBy('profile', () => sheetOf(profile, open), locate);
  if (library === undefined) return { profile: sheet };
  return { profile: sheet, library: meantBy('library', () => libraryNamed(library, open), locate) };
}

function meantBy<T>(key: keyof NamedParts, read: () => T, locate: Locate): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const here = locate([key]);
    throw new ScenarioError(
      error.problems.map((problem) =>
        problem.file === undefined ? { ...here, message: `${key}: ${problem.message}` } : problem,
      ),
    );
  }
}

/** Reads a piece of YAML, such as `{ volume: 20 mL }`, as scenarios use it. Throws ScenarioError. */
export const readYaml = (text: string): unknown => readYamlPiece(text, SCENARIO);
