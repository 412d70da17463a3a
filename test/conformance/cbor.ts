import type { Json } from '../../shared/index.ts';

/**
 * What bytes, as hex, say in CBOR (RFC 8949): whole numbers, texts, lists, maps, true, false and null. Throws TypeError
 * at anything else, and at bytes too few or too many.
 */
export function decoded(hex: string): Json {
  const bytes = (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  const [value, end] = itemAt(bytes, 0);
  if (end !== bytes.length) throw new TypeError(`${bytes.length - end} bytes follow the value`);
  return value;
}

type Item<T> = readonly [value: T, end: number];

function itemAt(bytes: readonly number[], from: number): Item<Json> {
  const first = byteAt(bytes, from);
  if (first >= 0xf4 && first <= 0xf6) return [first === 0xf6 ? null : first === 0xf5, from + 1];
  const [count, after] = countAt(bytes, from);
  switch (first >> 5) {
    case 0:
      return [count, after];
    case 1:
      return [-1 - count, after];
    case 3:
      return [textOf(bytes.slice(after, after + count)), after + count];
    case 4:
      return listAt(bytes, after, count);
    case 5: {
      const [flat, end] = listAt(bytes, after, 2 * count);
      const pairs = Array.from({ length: count }, (_, i): [string, Json] => [
        `${flat[2 * i]}`,
        flat[2 * i + 1] ?? null,
      ]);
      return [Object.fromEntries(pairs), end];
    }
    default:
      throw new TypeError(`nothing here is written as ${first.toString(16)}`);
  }
}

/** The number in the head of an item: its value, its length, or how many follow. */
function countAt(bytes: readonly number[], from: number): Item<number> {
  const short = byteAt(bytes, from) & 31;
  if (short < 24) return [short, from + 1];
  if (short > 27) throw new TypeError(`no length is written as ${short}`);
  const end = from + 1 + 2 ** (short - 24);
  let count = 0;
  for (let i = from + 1; i < end; i++) count = count * 256 + byteAt(bytes, i);
  return [count, end];
}

function listAt(bytes: readonly number[], from: number, count: number): Item<readonly Json[]> {
  const list: Json[] = [];
  let next = from;
  for (let i = 0; i < count; i++) {
    const [value, end] = itemAt(bytes, next);
    list.push(value);
    next = end;
  }
  return [list, next];
}

function byteAt(bytes: readonly number[], at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new TypeError('the bytes end inside a value');
  return byte;
}

const textOf = (bytes: readonly number[]): string =>
  decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
