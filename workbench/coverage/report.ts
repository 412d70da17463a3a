import { COVERAGE_ITEMS, COVERAGE_KINDS, type CoverageKind } from './universe.ts';

/** Items that no scenario exercises, and the one reason why. */
export interface Left {
  readonly because: string;
  readonly items: readonly string[];
}

interface KindCoverage {
  readonly kind: CoverageKind;
  readonly exercised: number;
  readonly total: number;
  /** What was not exercised, with the reason where one is given. */
  readonly missed: readonly { readonly item: string; readonly because: string | undefined }[];
}

export interface CoverageReport {
  readonly kinds: readonly KindCoverage[];
  /** What is wrong with the reasons themselves, an item a line. */
  readonly wrong: readonly string[];
}

/**
 * Holds what was exercised against all there is. `reasons` excuse what was not; one for something that does
 * not exist, or given twice, is wrong, and so is one for something that was exercised if `stale` asks for it:
 * reasons are about the shipped scenarios, and others may well do what those leave.
 */
export function coverageReport(
  exercised: ReadonlySet<string>,
  reasons: readonly Left[],
  stale: 'is wrong' | 'may be',
): CoverageReport {
  const given = reasons.flatMap(({ because, items }) => items.map((item) => [item, because] as const));
  const reasonFor = new Map(given);
  const known = new Set(COVERAGE_KINDS.flatMap((kind) => COVERAGE_ITEMS[kind]));
  return {
    kinds: COVERAGE_KINDS.map((kind) => {
      const items = COVERAGE_ITEMS[kind];
      const missed = items.filter((item) => !exercised.has(item));
      return {
        kind,
        exercised: items.length - missed.length,
        total: items.length,
        missed: missed.map((item) => ({ item, because: reasonFor.get(item) })),
      };
    }),
    wrong: given.flatMap(([item, because], i) => {
      if (!known.has(item)) return [`a reason for something unknown: "${item}" (${because})`];
      if (given.findIndex(([other]) => other === item) < i) return [`two reasons for one thing: "${item}"`];
      if (stale === 'is wrong' && exercised.has(item))
        return [`a stale reason: "${item}" is exercised, yet said to be left because ${because}`];
      return [];
    }),
  };
}
