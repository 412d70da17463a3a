import { z } from 'zod';

/** What stands there, as it is shown before what was expected; nothing where nothing does, or it is long. */
export function found(input: unknown): string {
  if (input === undefined) return '';
  // What is nested is not written out: it may be nested deeper than anything can follow.
  if (typeof input === 'object' && input !== null) return Array.isArray(input) ? 'a list: ' : 'keys and values: ';
  const text = typeof input === 'string' ? JSON.stringify(input) : String(input);
  return `${text.length > 60 ? `${text.slice(0, 60)}…` : text}: `;
}

/** An object of something people write: it takes exactly these keys, and says so. */
export function keys<S extends z.core.$ZodLooseShape>(shape: S) {
  const names = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') return `unknown key "${issue.keys[0]}": expected one of ${names}`;
      return issue.input === undefined ? undefined : `${found(issue.input)}expected keys and values, of ${names}`;
    },
  });
}
