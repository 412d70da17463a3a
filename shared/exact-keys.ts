import { z } from 'zod';

/** An object of something people write: it takes exactly these keys, and says so. */
export function keys<S extends z.core.$ZodLooseShape>(shape: S) {
  const names = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `unknown key "${issue.keys[0]}": expected one of ${names}` : undefined,
  });
}
