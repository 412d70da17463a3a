import leven from 'leven';

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

/** The names that the fewest slips lead to, at most two in every five letters; capitals are no slip. */
function nearest(names: readonly string[], given: string): string[] {
  if (given === '' || given.length > LONGEST) return [];
  const slips = new Map([...new Set(names)].map((name) => [name, leven(name.toLowerCase(), given.toLowerCase())]));
  const fewest = Math.min(...slips.values());
  const isNear = (name: string) => fewest <= Math.floor((Math.max(name.length, given.length) * 2) / 5);
  return [...slips].flatMap(([name, count]) => (count === fewest && isNear(name) ? [name] : []));
}
