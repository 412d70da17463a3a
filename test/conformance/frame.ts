/** Bytes before a frame's payload, and after it: its tag and its check sum. */
const HEAD = 14;
const TAIL = 12;

/**
 * The first check that the bytes of a frame, as hex, do not pass; undefined where it can be read. What a tag says, and
 * what the frame asks for, is not looked at.
 */
export function errorIn(hex: string): string | undefined {
  const bytes = (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  const number = (from: number, to: number) => bytes.slice(from, to).reduce((sum, byte) => sum * 256 + byte, 0);
  if (bytes.length < 2 || number(0, 2) !== 0x7ec1) return 'start';
  if (bytes.length < 3 || bytes[2] !== 1) return 'version';
  if (bytes.length < HEAD || bytes.length !== HEAD + number(3, 5) + TAIL) return 'length';
  return number(bytes.length - 4, bytes.length) === sumOf(bytes.slice(0, -4)) ? undefined : 'crc';
}

/** CRC-32, bit by bit, as its definition has it. */
function sumOf(bytes: readonly number[]): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
