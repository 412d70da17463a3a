import { type Json, MOST_PAYLOAD, toBytes } from '../../../shared/index.ts';

/** A list's count takes up to two bytes more than that of an empty list. */
const COUNT = 2;

/**
 * The first of some records, as many as an answer of `most` bytes can carry: `empty` is the answer without any. At
 * least one, so that a reader gets on.
 */
export function fitting<T extends Json>(records: readonly T[], empty: Json, most = MOST_PAYLOAD): T[] {
  let room = most - COUNT - toBytes(empty).length;
  const first = records.findIndex((record) => {
    room -= toBytes(record).length;
    return room < 0;
  });
  return records.slice(0, first === -1 ? records.length : Math.max(1, first));
}
