import { type DrugLibrary, SHIPPED_LIBRARY, writtenLibrary } from '../programmer/index.ts';
import type { TraceHeader } from './trace.ts';

/** What a trace says of its drug library: nothing of the shipped one, of any other all of it, so that it can run again. */
export function libraryHeader(library: DrugLibrary | null | undefined): Pick<TraceHeader, 'library'> {
  if (library === undefined || library?.stamp.digest === SHIPPED_LIBRARY.stamp.digest) return {};
  if (library === null) return { library: 'none' };
  return { library: { digest: library.stamp.digest, file: writtenLibrary(library) } };
}
