import { digestOf } from './canonical.ts';
import type { HistoryAnchor, HistoryEntry } from './status.ts';

/** The digest before the first entry ever. */
const BEGINNING = '0'.repeat(32);

/** A place in the chain: the number and digest of the entry there. */
export type ChainLink = NonNullable<HistoryAnchor>;

/** Where the chain stands after an anchor or an entry; before everything where there is neither. */
export const chainAfter = (last: ChainLink | null | undefined): ChainLink =>
  last == null ? { number: 0, digest: BEGINNING } : { number: last.number, digest: last.digest };

/** The first entry that does not follow the one before it, from a place in the chain on; undefined where all do. */
export function brokenLink(from: ChainLink, entries: readonly HistoryEntry[]): HistoryEntry | undefined {
  let last = from;
  return entries.find((entry) => {
    const { digest, ...body } = entry;
    const follows = entry.number === last.number + 1 && entry.previous === last.digest && digestOf(body) === digest;
    last = entry;
    return !follows;
  });
}
