import { z } from 'zod';
import { expectedOne } from './nearest.ts';

/** What stands there, as it is shown before what was expected; nothing where nothing does, or it is long. */
export function found(input: unknown): string {
  if (input === undefined) return '';
  // What is nested is not written out: it may be nested deeper than anything can follow.
  if (typeof input === 'object' && input !== null) return Array.isArray(input) ? 'a list: ' : 'keys and values: ';
  const text = typeof input === 'string' ? JSON.stringify(input) : String(input);
  return `${text.length > 60 ? `${text.slice(0, 60)}…` : text}: `;
}

/** What is said to what takes only some keys: which they are, of each it does not know on a line of its own. */
export const onlyKeys = (names: readonly string[]) => ({
  error: (issue: z.core.$ZodRawIssue): string | undefined => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => `unknown key ${found(key)}${expectedOne(names, key)}`).join('\n');
    if (issue.input === undefined) return undefined;
    return `${found(issue.input)}expected keys and values, of ${names.join(', ')}`;
  },
});

/** An object of something people write: it takes exactly these keys, and says so. */
export const keys = <S extends z.core.$ZodLooseShape>(shape: S) => z.strictObject(shape, onlyKeys(Object.keys(shape)));
