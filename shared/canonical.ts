import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { decode, encode } from 'cborg';
import type { Json } from './json.ts';

/**
 * The one byte string that stands for a value: deterministic CBOR (RFC 8949, 4.2.1). Keys are always text,
 * for which cborg's own order, shorter ones first and then by bytes, is the order of their encodings.
 */
export function toBytes(value: Json): Uint8Array {
  return encode(value);
}

/**
 * The value of canonical bytes. Throws where they are no CBOR, are longer than their value, or are not the
 * canonical encoding of it: two byte strings never mean the same value.
 */
export function fromBytes(bytes: Uint8Array): unknown {
  const value: unknown = decode(bytes, {
    strict: true,
    allowIndefinite: false,
    allowUndefined: false,
    allowNaN: false,
    allowInfinity: false,
    allowBigInt: false,
    rejectDuplicateMapKeys: true,
  });
  const again = encode(value);
  const same = again.length === bytes.length && again.every((byte, i) => byte === bytes[i]);
  if (!same) throw new Error('bytes are not in canonical form');
  return value;
}

/** A digest as people compare it: the first 16 bytes of SHA-256 over the canonical bytes, as hex. */
export function digestOf(value: Json): string {
  return bytesToHex(sha256(toBytes(value))).slice(0, 32);
}

export { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
