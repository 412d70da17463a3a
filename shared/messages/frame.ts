import type { FrameError } from '../codes.ts';
import { crc32 } from '../crc.ts';

/*
 * A frame, all numbers big-endian:
 *
 *   offset  bytes  what
 *        0      2  start, 7E C1
 *        2      1  version, 1
 *        3      2  length of the payload
 *        5      4  session, 0 outside one
 *        9      4  sequence
 *       13      1  type: opcode of the message
 *       14      n  payload, canonical CBOR
 *     14+n      8  authentication tag, reserved: all zero
 *     22+n      4  CRC-32/ISO-HDLC of everything before it
 */
const START = 0x7ec1;
const VERSION = 1;
const HEAD = 14;
const TAG = 8;
const CRC = 4;

/** Longest payload a frame may carry. */
export const MOST_PAYLOAD = 8192;

/** Longest frame there is, in bytes. */
export const MOST_FRAME = HEAD + MOST_PAYLOAD + TAG + CRC;

export interface Frame {
  readonly session: number;
  readonly sequence: number;
  readonly type: number;
  readonly payload: Uint8Array;
}

/** The bytes of a frame. Throws RangeError where the payload is longer than a frame may carry. */
export function encodeFrame({ session, sequence, type, payload }: Frame): Uint8Array {
  if (payload.length > MOST_PAYLOAD) throw new RangeError(`a payload of ${payload.length} bytes does not fit a frame`);
  const bytes = new Uint8Array(HEAD + payload.length + TAG + CRC);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, START);
  view.setUint8(2, VERSION);
  view.setUint16(3, payload.length);
  view.setUint32(5, session);
  view.setUint32(9, sequence);
  view.setUint8(13, type);
  bytes.set(payload, HEAD);
  const end = bytes.length - CRC;
  view.setUint32(end, crc32(bytes.subarray(0, end)));
  return bytes;
}

/**
 * Reads a frame, checking start, version, length, CRC and tag in that order, so that nothing is believed
 * before the CRC vouches for it. Any bytes are answered, none throws.
 */
export function decodeFrame(bytes: Uint8Array): Frame | { readonly error: FrameError } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 2 || view.getUint16(0) !== START) return { error: 'start' };
  if (bytes.length < 3 || view.getUint8(2) !== VERSION) return { error: 'version' };
  const length = bytes.length < HEAD ? -1 : view.getUint16(3);
  if (length < 0 || length > MOST_PAYLOAD || bytes.length !== HEAD + length + TAG + CRC) return { error: 'length' };
  const end = bytes.length - CRC;
  if (view.getUint32(end) !== crc32(bytes.subarray(0, end))) return { error: 'crc' };
  if (bytes.subarray(HEAD + length, end).some((byte) => byte !== 0)) return { error: 'tag' };
  return {
    session: view.getUint32(5),
    sequence: view.getUint32(9),
    type: view.getUint8(13),
    payload: bytes.slice(HEAD, HEAD + length),
  };
}
