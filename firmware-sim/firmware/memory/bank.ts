import { crc32 } from '../../../shared/index.ts';

/*
 * A bank: all cells of the memory in one run of bytes, so that it is whole or is seen not to be. Big-endian: magic,
 * format version, sequence number, length of what follows, the cells, and a CRC-32 over everything before it. A cell
 * is the length of its name, its name, its length and its bytes.
 */

export const BANKS = ['A', 'B'] as const;
export type Bank = (typeof BANKS)[number];

export type Cells = ReadonlyMap<string, Uint8Array>;

/** What a bank holds: nothing yet, an image, or what no commit has written. */
export type Judged =
  | { readonly state: 'unwritten' }
  | { readonly state: 'whole'; readonly sequence: number; readonly cells: Cells }
  | { readonly state: 'bad' };

const MAGIC = 0x5448434c;
const VERSION = 1;
const AT = { version: 4, sequence: 8, length: 16, cells: 20 } as const;
const CRC = 4;
/** The longest name of a cell, in characters of one byte each. */
const MOST_NAME = 255;

/** The bytes of a bank. Throws RangeError where a cell's name does not fit. */
export function packBank(sequence: number, cells: Cells): Uint8Array {
  for (const name of cells.keys()) {
    if (name.length > MOST_NAME || !/^[ -~]*$/.test(name)) throw new RangeError(`"${name}" cannot name a cell`);
  }
  const length = [...cells].reduce((sum, [name, { length }]) => sum + 1 + name.length + 4 + length, 0);
  const bytes = new Uint8Array(AT.cells + length + CRC);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(AT.version, VERSION);
  view.setBigUint64(AT.sequence, BigInt(sequence));
  view.setUint32(AT.length, length);
  let at: number = AT.cells;
  for (const [name, cell] of cells) {
    bytes[at] = name.length;
    for (let i = 0; i < name.length; i++) bytes[at + 1 + i] = name.charCodeAt(i);
    at += 1 + name.length;
    view.setUint32(at, cell.length);
    bytes.set(cell, at + 4);
    at += 4 + cell.length;
  }
  view.setUint32(at, crc32(bytes.subarray(0, at)));
  return bytes;
}

/** What a new memory is given before anything else: that it holds nothing. */
export const FIRST = packBank(0, new Map());

/**
 * What the bytes of a bank are; undefined bytes were never written. A beginning of what a new memory is given first is
 * what a loss of power leaves of that: nothing yet.
 */
export function judgeBank(bytes: Uint8Array | undefined): Judged {
  if (bytes === undefined || isBeginning(bytes)) return { state: 'unwritten' };
  if (bytes.length < AT.cells + CRC) return { state: 'bad' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - CRC;
  const itsOwn =
    view.getUint32(0) === MAGIC &&
    view.getUint32(AT.version) === VERSION &&
    view.getUint32(AT.length) === end - AT.cells;
  if (!itsOwn || view.getUint32(end) !== crc32(bytes.subarray(0, end))) return { state: 'bad' };
  return { state: 'whole', sequence: Number(view.getBigUint64(AT.sequence)), cells: cellsIn(bytes, view, end) };
}

/**
 * Whether bytes are no more than the first bytes of FIRST, or none. Every image begins with the same ones, so that a
 * later one cut off very early is a beginning too: as long as the other bank is whole that changes nothing, and a
 * memory of two beginnings is new, because a first image is written only once both banks hold all of FIRST, and each
 * later one to one bank at a time.
 */
const isBeginning = (bytes: Uint8Array): boolean =>
  bytes.length < FIRST.length && bytes.every((byte, i) => byte === FIRST[i]);

function cellsIn(bytes: Uint8Array, view: DataView, end: number): Cells {
  const cells = new Map<string, Uint8Array>();
  for (let at: number = AT.cells; at < end; ) {
    const from = at + 1 + view.getUint8(at);
    const name = String.fromCharCode(...bytes.subarray(at + 1, from));
    const to = from + 4 + view.getUint32(from);
    cells.set(name, bytes.subarray(from + 4, to));
    at = to;
  }
  return cells;
}
