import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { crc32 } from '../../dist/shared/index.js';

const [HEAD, TAG, CRC] = [14, 8, 4];
const LONGEST = 200;

/** Whole numbers from a seed, both ends included. */
export function randomFrom(seed) {
  const generator = xoroshiro128plus(seed);
  return (least, most) => uniformInt(generator, least, most);
}

const pick = (random, list) => list[random(0, list.length - 1)];

function withCrc(bytes) {
  const end = bytes.length - CRC;
  if (end < 0) return bytes;
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(end, crc32(bytes.subarray(0, end)));
  return bytes;
}

function noise(random, length) {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = random(0, 255);
  return bytes;
}

/** Random bytes, some of them dressed up as a frame, so that every check has something to find. */
export function randomBytes(random) {
  const bytes = noise(random, random(0, LONGEST));
  const dressed = random(0, 7);
  if (dressed > 0) bytes.set([0x7e, 0xc1].slice(0, bytes.length));
  if (dressed > 1 && bytes.length > 2) bytes[2] = 1;
  if (dressed > 2 && bytes.length >= HEAD + TAG + CRC) {
    const view = new DataView(bytes.buffer);
    view.setUint16(3, bytes.length - HEAD - TAG - CRC);
    if (dressed > 4) view.setUint32(5, random(0, 12));
    if (dressed > 6) bytes.fill(0, -TAG - CRC, -CRC);
    if (dressed > 3) withCrc(bytes);
  }
  return bytes;
}

/** Ways to change a frame; the CRC is made right again afterwards but where it says otherwise. */
const WAYS = {
  'bits, CRC as it was': (frame, random) => flipped(frame, random),
  bits: (frame, random) => withCrc(flipped(frame, random)),
  bytes: (frame, random) => {
    const at = random(0, frame.length - 1);
    frame.set(noise(random, Math.min(random(1, 8), frame.length - at)), at);
    return withCrc(frame);
  },
  session: (frame, random) => {
    new DataView(frame.buffer).setUint32(5, random(0, 12));
    return withCrc(frame);
  },
  sequence: (frame, random) => {
    const view = new DataView(frame.buffer);
    view.setUint32(9, pick(random, [0, 1, view.getUint32(9) + 1, view.getUint32(9) + random(1, 999), 0xffff_ffff]));
    return withCrc(frame);
  },
  type: (frame, random) => {
    frame[13] = pick(random, [1, 2, 3, 4, 5, 0x10, 0x11, 0x13, 0x14, 0x15, 0x16, 0x17, 0x30, 0x40, random(0, 255)]);
    return withCrc(frame);
  },
  'tag of zeros': (frame, random) => {
    if (random(0, 1) === 1) new DataView(frame.buffer).setUint32(5, random(0, 12));
    frame.fill(0, -TAG - CRC, -CRC);
    return withCrc(frame);
  },
  'tag of another': (frame, random, frames) => {
    frame.set(pick(random, frames).subarray(-TAG - CRC, -CRC), frame.length - TAG - CRC);
    return withCrc(frame);
  },
  'payload of another': (frame, random, frames) => {
    const other = pick(random, frames);
    const payload = other.subarray(HEAD, other.length - TAG - CRC);
    const bytes = Uint8Array.from([...frame.subarray(0, HEAD), ...payload, ...frame.subarray(-TAG - CRC)]);
    new DataView(bytes.buffer).setUint16(3, payload.length);
    if (random(0, 1) === 1) bytes[13] = other[13];
    return withCrc(bytes);
  },
  'cut short': (frame, random) => resized(frame.slice(0, random(0, frame.length - 1)), random),
  'run on': (frame, random) => resized(Uint8Array.from([...frame, ...noise(random, random(1, 16))]), random),
};
export const WAY_NAMES = Object.keys(WAYS);

function flipped(frame, random) {
  for (let bits = random(1, 8); bits > 0; bits--) frame[random(0, frame.length - 1)] ^= 1 << random(0, 7);
  return frame;
}

/** Of another length: as it is, or saying so in its head. */
function resized(bytes, random) {
  const length = bytes.length - HEAD - TAG - CRC;
  if (length >= 0 && random(0, 1) === 1) new DataView(bytes.buffer).setUint16(3, length);
  return random(0, 2) === 0 ? bytes : withCrc(bytes);
}

/** A frame changed, not always into another. */
export function mutated(random, frames, way) {
  return WAYS[way](Uint8Array.from(pick(random, frames)), random, frames);
}
