import type { Checked } from '../scenario/expect.ts';
import type { Path } from '../scenario/problem.ts';
import type { WrittenStep } from '../scenario/schema.ts';

type Plain = { readonly [key: string]: unknown };
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A step as it is kept: only the expectations that were met, and the refusal there was; undefined where nothing is left. */
export function asItWent(written: WrittenStep, checked: readonly Checked[], refused: string | undefined): unknown {
  const { expect, ...rest } = written;
  const met = checked.filter((each) => !each.met).reduce<unknown>((left, { path }) => without(left, path), expect);
  const all = { ...(isPlain(met) ? met : {}), ...(refused === undefined ? {} : { refused }) };
  const whole = Object.keys(all).length === 0 ? rest : { ...rest, expect: all };
  return Object.keys(whole).length === 0 ? undefined : whole;
}

/** A value without what stands at a path; undefined where nothing is left. */
function without(value: unknown, [first, ...others]: Path): unknown {
  if (first === undefined || !isPlain(value)) return undefined;
  const left = Object.entries(value).flatMap(([key, each]) => {
    const inner = key === String(first) ? without(each, others) : each;
    return inner === undefined ? [] : [[key, inner]];
  });
  return left.length === 0 ? undefined : Object.fromEntries(left);
}
