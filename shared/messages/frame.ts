import type { FrameError } from '../codes.ts';
import { crc32 } from '../crc.ts';
import { type Key, TAG } from '../keys.ts';

/** The parts of a frame in their order, all numbers big-endian. */
export const FRAME_PARTS = [
  { part: 'start', bytes: 2, what: '`7E C1`' },
  { part: 'version', bytes: 1, what: '1' },
  { part: 'length', bytes: 2, what: 'bytes of the payload' },
  { part: 'session', bytes: 4, what: 'number of the session, 0 outside one' },
  { part: 'sequence', bytes: 4, what: 'number of the request; its answer has the same' },
  { part: 'type', bytes: 1, what: 'opcode of the message' },
  { part: 'payload', bytes: null, what: 'canonical CBOR' },
  { part: 'tag', bytes: TAG, what: 'authentication tag of all bytes before it; 0 where there is no key' },
  { part: 'crc', bytes: 4, what: 'CRC-32 of all bytes before it' },
] as const;
const START = 0x7ec1;
const VERSION = 1;
const HEAD = 14;
const CRC = 4;

/** Longest payload a frame may carry. */
export const MOST_PAYLOAD = 8192;

/** Highest number of a session or a request. */
export const MOST_NUMBER = 0xffffffff;

export interface Frame {
  readonly session: number;
  readonly sequence: number;
  readonly type: number;
  readonly payload: Uint8Array;
}

/** Longest frame, in bytes. */
export const MOST_FRAME = HEAD + MOST_PAYLOAD + TAG + CRC;

/**
 * The bytes of a frame, tagged with a key where there is one. Throws RangeError where the payload is longer than a
 * frame may carry, or a number higher.
 */
export function encodeFrame({ session, sequence, type, payload }: Frame, key: Key | null = null): Uint8Array {
  if (payload.length > MOST_PAYLOAD) throw new RangeError(`a payload of ${payload.length} bytes does not fit a frame`);
  if (session > MOST_NUMBER || sequence > MOST_NUMBER)
    throw new RangeError(`request ${sequence} of session ${session} cannot be numbered in a frame`);
  const bytes = new Uint8Array(HEAD + payload.length + TAG + CRC);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, START);
  view.setUint8(2, VERSION);
  view.setUint16(3, payload.length);
  view.setUint32(5, session);
  view.setUint32(9, sequence);
  view.setUint8(13, type);
  bytes.set(payload, HEAD);
  if (key !== null) bytes.set(key.tag(bytes.subarray(0, HEAD + payload.length)), HEAD + payload.length);
  const end = bytes.length - CRC;
  view.setUint32(end, crc32(bytes.subarray(0, end)));
  return bytes;
}

/**
 * Reads a frame, checking start, version, length and CRC in that order, so that nothing is believed before the CRC
 * vouches for it. Any bytes are answered, none throws. Whose frame it is, `isTagged` tells.
 */
export function decodeFrame(bytes: Uint8Array): Frame | { readonly error: FrameError } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 2 || view.getUint16(0) !== START) return { error: 'start' };
  if (bytes.length < 3 || view.getUint8(2) !== VERSION) return { error: 'version' };
  const length = bytes.length < HEAD ? -1 : view.getUint16(3);
  if (length < 0 || length > MOST_PAYLOAD || bytes.length !== HEAD + length + TAG + CRC) return { error: 'length' };
  const end = bytes.length - CRC;
  if (view.getUint32(end) !== crc32(bytes.subarray(0, end))) return { error: 'crc' };
  return {
    session: view.getUint32(5),
    sequence: view.getUint32(9),
    type: view.getUint8(13),
    payload: bytes.slice(HEAD, HEAD + length),
  };
}

/** Whether a whole frame carries the tag of a key; without a key, none. */
export function isTagged(bytes: Uint8Array, key: Key | null): boolean {
  const signed = bytes.length - TAG - CRC;
  const expected = key === null ? new Uint8Array(TAG) : key.tag(bytes.subarray(0, signed));
  return expected.every((byte, i) => byte === bytes[signed + i]);
}
