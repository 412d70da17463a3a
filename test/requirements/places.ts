import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const CALL = /^ *requirement(?:Part|OfAll|PartOfAll)?\(\s*'([^']+)'/gm;

/** The test files of this folder in which each requirement has a test of its id. */
export function filesOf(): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  const names = readdirSync(import.meta.dirname).filter((name) => /^[^.]+\.test\.ts$/.test(name));
  for (const name of names.toSorted())
    for (const [, id = ''] of readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(CALL)) {
      const files = places.get(id) ?? [];
      places.set(id, files.includes(name) ? files : [...files, name]);
    }
  return places;
}
