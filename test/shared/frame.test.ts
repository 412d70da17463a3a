import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bytesToHex,
  crc32,
  decodeFrame,
  encodeFrame,
  FRAME_ERRORS,
  FRAME_PARTS,
  type FrameError,
  hexToBytes,
  isTagged,
  Key,
  MOST_PAYLOAD,
  simulatedPairing,
} from '../../shared/index.ts';

const utf8 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const WORD = 0xffff_ffff;
const frames = fc.record({
  session: fc.integer({ min: 0, max: WORD }),
  sequence: fc.integer({ min: 0, max: WORD }),
  type: fc.integer({ min: 0, max: 255 }),
  payload: fc.uint8Array({ maxLength: 64 }),
});
const example = () =>
  encodeFrame({ session: 7, sequence: 300, type: 0x13, payload: Uint8Array.from([0xa1, 0x61, 0x61, 0x01]) });

describe('a frame', () => {
  test('has the documented layout', () => {
    const head = '7ec1' + '01' + '0004' + '00000007' + '0000012c' + '13';
    const body = `${head}a16161010000000000000000`;
    const crc = crc32(hexToBytes(body)).toString(16).padStart(8, '0');
    expect(bytesToHex(example())).toBe(body + crc);
  });

  test('has the parts that its documentation lists', () => {
    const sizes = FRAME_PARTS.map(({ bytes }) => bytes);
    expect(sizes.filter((bytes) => bytes === null)).toHaveLength(1);
    const empty = encodeFrame({ session: 7, sequence: 300, type: 0x13, payload: new Uint8Array() });
    expect(sizes.reduce((sum: number, bytes) => sum + (bytes ?? 0), 0)).toBe(empty.length);
  });

  test('reads back as what was sent', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
      }),
    );
  });

  test('reads the same from the middle of a longer buffer', () => {
    const bytes = example();
    const buffer = new Uint8Array(bytes.length + 10).fill(0xff);
    buffer.set(bytes, 5);
    expect(decodeFrame(buffer.subarray(5, 5 + bytes.length))).toEqual(decodeFrame(bytes));
  });

  test('carries the longest payload and not a byte more', () => {
    const frame = (length: number) => ({ session: 1, sequence: 1, type: 1, payload: new Uint8Array(length) });
    expect(decodeFrame(encodeFrame(frame(MOST_PAYLOAD)))).toEqual(frame(MOST_PAYLOAD));
    expect(() => encodeFrame(frame(MOST_PAYLOAD + 1))).toThrow(RangeError);
  });
});

describe('the tag of a frame', () => {
  const key = simulatedPairing('tagged');
  const frame = { session: 7, sequence: 300, type: 0x13, payload: Uint8Array.from([0xa0]) };

  test('is the beginning of the HMAC of all before it, by its published check value', () => {
    // RFC 4231, test case 2, with its key filled up to 32 bytes, which is the same key to HMAC.
    const jefe = new Key(Uint8Array.from([...utf8('Jefe'), ...new Uint8Array(28)]));
    expect(bytesToHex(jefe.tag(utf8('what do ya want for nothing?')))).toBe('5bdcc146bf60754e');
  });

  test('is told from that of another key, and from none', () => {
    const bytes = encodeFrame(frame, key);
    expect(decodeFrame(bytes)).toEqual(frame);
    expect(isTagged(bytes, key)).toBe(true);
    expect(isTagged(bytes, simulatedPairing('another'))).toBe(false);
    expect(isTagged(bytes, null)).toBe(false);
    expect(isTagged(encodeFrame(frame), null)).toBe(true);
    expect(isTagged(encodeFrame(frame), key)).toBe(false);
  });

  test('covers every bit before it', () => {
    const bytes = encodeFrame(frame, key);
    for (let bit = 0; bit < (bytes.length - 12) * 8; bit++) {
      const changed = Uint8Array.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(isTagged(changed, key), `bit ${bit}`).toBe(false);
    }
  });
});

describe('a frame that was changed on its way is refused', () => {
  /** Which check notices a change of a byte; the CRC notices what no other check does. */
  const noticedBy = (offset: number): FrameError => {
    if (offset < 2) return 'start';
    if (offset < 3) return 'version';
    return offset < 5 ? 'length' : 'crc';
  };

  test('in any single bit', () => {
    const sent = example();
    for (let bit = 0; bit < sent.length * 8; bit++) {
      const received = Uint8Array.from(sent);
      received[bit >> 3] = (received[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(decodeFrame(received), `bit ${bit}`).toEqual({ error: noticedBy(bit >> 3) });
    }
  });

  test('by being cut short or running on', () => {
    const sent = example();
    for (let length = 0; length < sent.length; length++) {
      const error = length < 2 ? 'start' : length < 3 ? 'version' : 'length';
      expect(decodeFrame(sent.subarray(0, length)), `${length} bytes`).toEqual({ error });
    }
    expect(decodeFrame(Uint8Array.from([...sent, 0]))).toEqual({ error: 'length' });
  });

  test('by being something else altogether', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeFrame(bytes)).toHaveProperty('error');
      }),
    );
  });
});

describe('of several faults the first in the documented order is told', () => {
  const FAULTS: Partial<Record<FrameError, (bytes: Uint8Array) => void>> = {
    start: (bytes) => bytes.set([0x7f], 0),
    version: (bytes) => bytes.set([2], 2),
    length: (bytes) => bytes.set([5], 4),
    tag: (bytes) => bytes.set([1], bytes.length - 5),
  };
  const flaws: FrameError[] = ['start', 'version', 'length', 'crc', 'tag'];
  const subsets = Array.from({ length: 2 ** flaws.length - 1 }, (_, i) => flaws.filter((_, k) => (i + 1) & (1 << k)));

  test('a frame is checked in the order start, version, length, CRC, tag', () => {
    expect(FRAME_ERRORS.slice(0, 5)).toEqual(flaws);
  });

  test.each(subsets.map((present) => [present.join(' and '), present] as const))('%s', (_, present) => {
    const bytes = example();
    for (const flaw of present) FAULTS[flaw]?.(bytes);
    const end = bytes.length - 4;
    const crc = crc32(bytes.subarray(0, end));
    new DataView(bytes.buffer).setUint32(end, present.includes('crc') ? crc ^ 1 : crc);
    const [first] = present;
    // Whose frame it is can be asked once it has been read.
    if (first === 'tag') expect([decodeFrame(bytes), isTagged(bytes, null)]).toMatchObject([{ session: 7 }, false]);
    else expect(decodeFrame(bytes)).toEqual({ error: first });
  });
});
