import { type DrugLibrary, libraryOf, librarySchema } from '../../programmer/index.ts';
import { problemsOf } from './issues.ts';
import { ScenarioError } from './problem.ts';
import { openYaml } from './yaml.ts';

/** Reads a drug library from the text of a file. Throws ScenarioError with every problem found. */
export function loadLibrary(text: string): DrugLibrary {
  const { value, locate } = openYaml(text, {
    what: 'a drug library',
    plural: 'drug libraries',
    head: 'thecal: drug-library/1',
  });
  const parsed = librarySchema.safeParse(value);
  if (!parsed.success) throw new ScenarioError(problemsOf(parsed.error.issues, locate));
  return libraryOf(parsed.data);
}
