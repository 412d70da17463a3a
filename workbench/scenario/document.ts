import type { DrugLibrary } from '../../programmer/index.ts';
import { type Locate, problemsOf } from './issues.ts';
import { loadLibrary } from './library.ts';
import { implausible } from './plausible.ts';
import { ScenarioError } from './problem.ts';
import { isWritten, type Scenario, scenarioSchema, type WrittenScenario } from './schema.ts';
import { openYaml } from './yaml.ts';

/** A scenario that has been read, and where each part of it stands in its text. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** The same as it stands in the text, every value as it was written. */
  readonly written: WrittenScenario;
  /** The drug library it names; null where it says none, undefined where it says nothing. */
  readonly library: DrugLibrary | null | undefined;
  readonly locate: Locate;
}

/** Gives the text of a file that a scenario names. Throws where it cannot. */
export type OpenNamed = (path: string) => string;

/** Reads a scenario from its text. Throws ScenarioError with every problem found. */
export function loadScenario(text: string, open?: OpenNamed): LoadedScenario {
  const { value: written, locate } = openYaml(text, {
    what: 'a scenario',
    plural: 'scenarios',
    head: 'thecal: scenario/1',
  });
  const parsed = scenarioSchema.safeParse(written);
  if (!parsed.success || !isWritten(written)) throw new ScenarioError(problemsOf(parsed.error?.issues ?? [], locate));
  const impossible = implausible(parsed.data);
  if (impossible.length > 0) {
    throw new ScenarioError(
      impossible.map(({ path, message }) => ({ ...locate(path), message: `${path.join('.')}: ${message}` })),
    );
  }
  return { scenario: parsed.data, written, library: libraryOf(parsed.data, locate, open), locate };
}

/** The library a scenario names. What is wrong with its file is told where the scenario names it. */
function libraryOf({ library }: Scenario, locate: Locate, open: OpenNamed | undefined): LoadedScenario['library'] {
  if (library === undefined || library === 'none') return library === undefined ? undefined : null;
  try {
    if (open === undefined) throw new Error('no file can be opened here');
    return loadLibrary(open(library));
  } catch (error) {
    const told = error instanceof Error ? error.message.split('\n') : [String(error)];
    const inFile = error instanceof ScenarioError ? `${library}:` : '';
    throw new ScenarioError(told.map((each) => ({ ...locate(['library']), message: `library: ${inFile}${each}` })));
  }
}
