import { type Json, toJson } from '../../shared/index.ts';
import type { DrugLibrary } from './library.ts';

/** A library as a file has it: what numbers come to, and its stamp, are worked out from what is written. */
export function writtenLibrary({ stamp: _, ...library }: DrugLibrary): Json {
  return withoutAmounts(toJson({ thecal: 'drug-library/1', ...library }));
}

function withoutAmounts(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutAmounts);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'amount');
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutAmounts(each)]));
}
