/** What a snapshot or a trace record is made of. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Plain data as JSON. TypeScript cannot see that a readonly interface of such fields is JSON, so this and
 * `fromJson` are where it is told so: what is saved and told is only ever read back by its own kind.
 */
export const toJson = (value: object): Json => value as unknown as Json;

/** JSON that `toJson` made, as what it was made from. */
export const fromJson = <T>(saved: Json): T => saved as unknown as T;
