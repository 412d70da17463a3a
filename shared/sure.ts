/**
 * What is surely there. Throws where it is not, rather than going on with a guess: a pump that meets what cannot be has
 * failed, and says so.
 */
export function sure<T>(value: T, what: string): NonNullable<T> {
  if (value === null || value === undefined) throw new Error(`there is no ${what}`);
  return value;
}
