/*
 * What to say to a name that nobody knows. Every list of names that somebody may have meant comes from here.
 */

/** Longest name that is compared: nothing that is listed has a longer one. */
const LONGEST = 60;

/** "expected one of stall, occlusion (did you mean stall?)": the last only where a name is near to what was given. */
export function expectedOne(names: readonly string[], given?: unknown): string {
  return `expected one of ${names.join(', ')}${didYouMean(names, given)}`;
}

/** " (did you mean stall?)", of the names nearest to what was given; nothing where none is near. */
export function didYouMean(names: readonly string[], given: unknown): string {
  const near = typeof given === 'string' && !names.includes(given) ? nearest(names, given.trim()) : [];
  return near.length === 0 ? '' : ` (did you mean ${near.join(' or ')}?)`;
}

/** The names that the fewest slips lead to, at most one slip in every three letters; capitals are no slip. */
function nearest(names: readonly string[], given: string): string[] {
  if (given === '' || given.length > LONGEST) return [];
  const slipsTo = new Map([...new Set(names)].map((name) => [name, slips(name.toLowerCase(), given.toLowerCase())]));
  const fewest = Math.min(...slipsTo.values());
  const isNear = (name: string) => fewest <= Math.floor(Math.max(name.length, given.length) / 3);
  return [...slipsTo].flatMap(([name, count]) => (count === fewest && isNear(name) ? [name] : []));
}

/** Fewest letters to put in, leave out, change, or swap with the next, that make one word of another. */
function slips(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const at = (cells: readonly number[], k: number) => cells[k] ?? Number.POSITIVE_INFINITY;
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(
        Math.min(
          at(row, j) + 1,
          at(next, j - 1) + 1,
          at(row, j - 1) + (isSame ? 0 : 1),
          isSwapped ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
