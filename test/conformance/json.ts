import type { Json } from '../../shared/index.ts';

/* Reading plain data whose shape is only known by its words. */

type Fields = { readonly [key: string]: Json };

export const isFields = (json: Json | undefined): json is Fields =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

export const isList = (json: Json | undefined): json is readonly Json[] => Array.isArray(json);

/** What stands under a path of keys; undefined where there is nothing. */
export function at(json: Json | undefined, ...path: readonly string[]): Json | undefined {
  let found = json;
  for (const key of path) found = isFields(found) ? found[key] : undefined;
  return found;
}

const fail = (what: string, path: readonly string[], got: Json | undefined): never => {
  throw new TypeError(`${path.join('.') || 'the value'}: expected ${what}, not ${JSON.stringify(got)}`);
};

/** A number. Throws TypeError, naming the path, where there is none; so do the next ones. */
export function numberAt(json: Json | undefined, ...path: readonly string[]): number {
  const found = at(json, ...path);
  return typeof found === 'number' ? found : fail('a number', path, found);
}

export function textAt(json: Json | undefined, ...path: readonly string[]): string {
  const found = at(json, ...path);
  return typeof found === 'string' ? found : fail('a text', path, found);
}

export const flagAt = (json: Json | undefined, ...path: readonly string[]): boolean => at(json, ...path) === true;

export function listAt(json: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const found = at(json, ...path);
  return isList(found) ? found : fail('a list', path, found);
}

/** A look at a value: what was expected, where it is not that. */
type Look = (got: Json | undefined) => string | undefined;

/** Stands for what the checker cannot work out by itself: any value agrees. */
export const ANY: Look = () => undefined;

export type Wanted = null | boolean | number | string | Look | readonly Wanted[] | { readonly [key: string]: Wanted };

export interface Difference {
  readonly where: string;
  readonly expected: string;
  readonly got: string;
}

const show = (value: Wanted | Json | undefined): string =>
  value === undefined ? 'nothing' : JSON.stringify(value, (_, each) => (typeof each === 'function' ? 'any' : each));

const isWantedList = (wanted: Wanted): wanted is readonly Wanted[] => Array.isArray(wanted);

/**
 * The first place where two values part; undefined where they agree. Keys that nobody wants are not looked at,
 * so that what others add does not count as a difference.
 */
export function difference(wanted: Wanted, got: Json | undefined, where = ''): Difference | undefined {
  if (typeof wanted === 'function') {
    const expected = wanted(got);
    return expected === undefined ? undefined : { where, expected, got: show(got) };
  }
  if (isWantedList(wanted)) {
    if (!isList(got) || got.length !== wanted.length) return { where, expected: show(wanted), got: show(got) };
    return firstOf(wanted.map((each, i) => () => difference(each, got[i], `${where}[${i}]`)));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (!isFields(got)) return { where, expected: show(wanted), got: show(got) };
    const dot = where === '' ? '' : `${where}.`;
    return firstOf(
      Object.entries(wanted).map(
        ([key, each]) =>
          () =>
            difference(each, got[key], `${dot}${key}`),
      ),
    );
  }
  return wanted === got ? undefined : { where, expected: show(wanted), got: show(got) };
}

function firstOf(looks: readonly (() => Difference | undefined)[]): Difference | undefined {
  for (const look of looks) {
    const found = look();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Plain data as what is wanted. */
export function wantedOf(json: Json): Wanted {
  if (isList(json)) return json.map(wantedOf);
  if (!isFields(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([key, each]) => [key, wantedOf(each)]));
}
