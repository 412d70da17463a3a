import { type DrugLibrary, libraryOf, librarySchema } from '../../programmer/index.ts';
import { readBy } from './issues.ts';
import { FILE_PATH, isFilePath, type OpenFile, readNamed } from './named-file.ts';
import { FileError } from './problem.ts';
import { writtenJsonSchema } from './text.ts';
import { isOfSort, readYamlText, type Sort } from './yaml-text.ts';

/** A drug library that cannot be used. */
export class LibraryError extends FileError {
  override readonly name = 'LibraryError';
}

const LIBRARY: Sort = {
  name: 'drug library',
  plural: 'drug libraries',
  head: 'drug-library',
  error: LibraryError,
};

/** What names a drug library in a scenario. */
export const LIBRARY_REFERENCE = new RegExp(`^none$|${FILE_PATH.source}`);
export const LIBRARY_EXPECTED = 'expected a file such as ./clinic.yaml, or none';

/** The JSON Schema of a drug library, for editors. */
export function libraryJsonSchema(): unknown {
  return { title: 'Thecal drug library', ...writtenJsonSchema(librarySchema) };
}

/** Whether a text says of itself that it is a drug library, whatever else may be wrong with it. */
export const isLibraryText = (text: string): boolean => isOfSort(text, LIBRARY);

/** Reads a drug library from the text of a file. Throws LibraryError with every problem found. */
export function loadLibrary(text: string): DrugLibrary {
  const { value, locate } = readYamlText(text, LIBRARY);
  const parsed = readBy(librarySchema, value, locate);
  if (!parsed.success) throw new LibraryError(parsed.problems);
  return libraryOf(parsed.data);
}

/**
 * The drug library that is meant by the path of a file; null by `none`. Throws LibraryError; a problem inside the file
 * names it. What `open` throws goes through.
 */
export function libraryNamed(reference: string, open: OpenFile | undefined): DrugLibrary | null {
  if (reference === 'none') return null;
  const no = (expected: string) =>
    new LibraryError([{ line: 1, column: 1, message: `no drug library "${reference}": ${expected}` }]);
  if (!isFilePath(reference)) throw no(LIBRARY_EXPECTED);
  if (open === undefined) throw no('no file is read here: expected none');
  return readNamed(open(reference), LIBRARY, loadLibrary);
}
