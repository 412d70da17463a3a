import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIRST, packBank } from '../../firmware-sim/firmware/memory/bank.ts';
import {
  BANKS,
  type Bank,
  type BankStorage,
  bankedStore,
  judgeBank,
  memoryStorage,
  type Store,
} from '../../firmware-sim/index.ts';
import { crc32 } from '../../shared/index.ts';
import { implantedPump } from './bare-pump.ts';
import { prescriptionOf } from './prescriptions.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const text = (cell: Uint8Array | undefined) => (cell === undefined ? undefined : String.fromCharCode(...cell));
const put = (store: Store, cell: string, value: string) => store.write(cell, () => bytes(value));

/** A storage that notes what is done to it. */
function noted(storage: BankStorage = memoryStorage()) {
  const done: string[] = [];
  return {
    done,
    read(bank: Bank) {
      done.push(`read ${bank}`);
      return storage.read(bank);
    },
    write(bank: Bank, image: Uint8Array) {
      done.push(`write ${bank}`);
      storage.write(bank, image);
    },
  };
}

/** A storage with these bytes in its banks. */
function holding(banks: Partial<Record<Bank, Uint8Array>>): BankStorage {
  const storage = memoryStorage();
  for (const bank of BANKS) {
    const image = banks[bank];
    if (image !== undefined) storage.write(bank, image);
  }
  return storage;
}

const opened = (storage: BankStorage = memoryStorage()) => {
  const store = bankedStore(storage);
  store.open();
  return store;
};

/** The bank of a pump that has been programmed, asked for a bolus and stopped. */
const livedIn = (() => {
  const storage = memoryStorage();
  const { pump, clinician } = implantedPump({}, 'table', bankedStore(storage));
  clinician.prescribe(prescriptionOf());
  pump.open('patient').do('requestBolus');
  pump.pass('2h');
  clinician.do('stop');
  const image = storage.read('A');
  if (image === undefined) throw new Error('nothing was stored');
  return image;
})();

describe('a commit', () => {
  test('puts all that was written in both banks, one after the other', () => {
    const storage = noted();
    const store = opened(storage);
    put(store, 'a', 'one');
    put(store, 'b', 'two');
    expect(storage.done).toEqual(['read A', 'read B']);
    store.commit();
    expect(storage.done.slice(-2)).toEqual(['write A', 'write B']);
    expect(storage.read('A')).toEqual(storage.read('B'));
    const again = opened(storage);
    expect([text(again.read('a')), text(again.read('b'))]).toEqual(['one', 'two']);
  });

  test('of nothing, or of what is there already, does nothing to the storage', () => {
    const storage = noted();
    const store = opened(storage);
    put(store, 'a', 'one');
    store.commit();
    const before = storage.done.length;
    store.commit();
    put(store, 'a', 'one');
    store.commit();
    expect(storage.done).toHaveLength(before);
  });

  test('counts up from what was there', () => {
    const storage = memoryStorage();
    for (const value of ['one', 'two', 'three']) {
      const store = opened(storage);
      put(store, 'a', value);
      store.commit();
    }
    expect(judgeBank(storage.read('A'))).toMatchObject({ state: 'whole', sequence: 3 });
  });

  test('that the storage did not take is made up for by the next', () => {
    const storage = memoryStorage();
    let full = false;
    const store = opened({
      read: storage.read,
      write(bank, image) {
        if (full) throw new Error('no space left');
        storage.write(bank, image);
      },
    });
    put(store, 'a', 'one');
    store.commit();
    full = true;
    put(store, 'b', 'two');
    expect(() => store.commit()).toThrow('no space left');
    full = false;
    store.commit();
    expect(text(opened(storage).read('b'))).toBe('two');
  });
});

describe('until it is committed', () => {
  test('what was written is read back, and gone once the memory is opened again', () => {
    const store = opened();
    put(store, 'a', 'one');
    store.commit();
    put(store, 'a', 'two');
    put(store, 'b', 'three');
    expect([text(store.read('a')), text(store.read('b'))]).toEqual(['two', 'three']);
    store.open();
    expect([text(store.read('a')), text(store.read('b'))]).toEqual(['one', undefined]);
  });

  test('a cleared memory is as it was for whoever opens it', () => {
    const storage = memoryStorage();
    const store = opened(storage);
    put(store, 'a', 'one');
    store.commit();
    store.clear();
    expect(store.read('a')).toBeUndefined();
    expect(text(opened(storage).read('a'))).toBe('one');
    put(store, 'b', 'two');
    store.commit();
    const again = opened(storage);
    expect([text(again.read('a')), text(again.read('b'))]).toEqual([undefined, 'two']);
  });
});

test('a memory that nobody has opened can neither be read nor committed to', () => {
  const store = bankedStore(memoryStorage());
  put(store, 'a', 'one');
  expect(() => store.read('b')).toThrow('has not been opened');
  expect(() => store.commit()).toThrow('has not been opened');
});

describe('opened', () => {
  const older = packBank(1, new Map([['a', bytes('old')]]));
  const newer = packBank(2, new Map([['a', bytes('new')]]));

  test('two banks alike are sound, and stay as they are', () => {
    const storage = noted(holding({ A: newer, B: newer }));
    expect(bankedStore(storage).open()).toBe('sound');
    expect(storage.done).toEqual(['read A', 'read B']);
  });

  test.each<[string, Partial<Record<Bank, Uint8Array>>, Bank]>([
    ['the older bank A', { A: older, B: newer }, 'A'],
    ['the older bank B', { A: newer, B: older }, 'B'],
    ['the lost bank A', { B: newer }, 'A'],
    ['the lost bank B', { A: newer }, 'B'],
    ['bank A, cut short', { A: newer.subarray(0, 30), B: newer }, 'A'],
    ['bank B, of no bytes', { A: newer, B: new Uint8Array() }, 'B'],
    ['bank B, with something after its end', { A: newer, B: Uint8Array.of(...newer, 0) }, 'B'],
  ])('%s is made like the other', (_, banks, healed) => {
    const storage = holding(banks);
    const store = bankedStore(storage);
    expect(store.open()).toBe(`healed${healed}`);
    expect(text(store.read('a'))).toBe('new');
    expect([storage.read('A'), storage.read('B')]).toEqual([newer, newer]);
    expect(bankedStore(storage).open()).toBe('sound');
  });

  test('banks that were never written are a new memory', () => {
    expect(bankedStore(memoryStorage()).open()).toBe('sound');
    expect(bankedStore(holding({ A: new Uint8Array(), B: new Uint8Array() })).open()).toBe('sound');
  });

  test.each(Array.from(FIRST, (_, length) => length))(
    'one that was beginning, %d bytes into it, is still new',
    (length) => {
      const storage = holding({ A: FIRST.subarray(0, length) });
      const store = bankedStore(storage);
      expect(store.open()).toBe('sound');
      put(store, 'a', 'one');
      store.commit();
      expect(text(opened(storage).read('a'))).toBe('one');
    },
  );

  const otherVersion = (() => {
    const image = newer.slice();
    const view = new DataView(image.buffer);
    view.setUint32(4, 2);
    view.setUint32(image.length - 4, crc32(image.subarray(0, -4)));
    return image;
  })();

  test.each<[string, Partial<Record<Bank, Uint8Array>>]>([
    ['both cut short', { A: newer.subarray(0, -1), B: newer.subarray(0, 25) }],
    ['one cut short, the other lost', { B: newer.subarray(0, -1) }],
    ['both of another format', { A: otherVersion, B: otherVersion }],
    ['both something else', { A: bytes('hello'), B: bytes('hello') }],
    ['both all zeros', { A: new Uint8Array(100), B: new Uint8Array(100) }],
  ])('%s has failed: it holds nothing, until something is committed', (_, banks) => {
    const storage = holding(banks);
    const store = bankedStore(storage);
    expect(store.open()).toBe('failed');
    expect(store.read('a')).toBeUndefined();
    // Looking at it mends nothing.
    expect(bankedStore(storage).open()).toBe('failed');
    put(store, 'a', 'after');
    store.commit();
    const again = bankedStore(storage);
    expect(again.open()).toBe('sound');
    expect(text(again.read('a'))).toBe('after');
  });
});

test.each(BANKS)('any single bit of bank %s of a pump that has lived is missed, and mended from the other', (bank) => {
  expect(livedIn.length).toBeGreaterThan(1500);
  const spoiled = livedIn.slice();
  const mended: Uint8Array[] = [];
  const storage: BankStorage = {
    read: (asked) => (asked === bank ? spoiled : livedIn),
    write: (asked, image) => {
      expect(asked).toBe(bank);
      mended.push(image);
    },
  };
  for (let bit = 0; bit < 8 * livedIn.length; bit++) {
    spoiled[bit >> 3] = (livedIn[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const { state } = judgeBank(spoiled);
    const found = bankedStore(storage).open();
    if (state !== 'bad' || found !== `healed${bank}`) throw new Error(`bit ${bit}: ${state}, ${found}`);
    spoiled[bit >> 3] = livedIn[bit >> 3] ?? 0;
  }
  expect(mended).toHaveLength(8 * livedIn.length);
  expect(mended.every((image) => image === livedIn)).toBe(true);
});

test('two banks each with a bit turned have failed, wherever the bits are', () => {
  const turned = (bit: number) => {
    const image = livedIn.slice();
    image[bit >> 3] = (image[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return image;
  };
  const bits = fc.integer({ min: 0, max: 8 * livedIn.length - 1 });
  fc.assert(
    fc.property(bits, bits, (a, b) => {
      expect(bankedStore(holding({ A: turned(a), B: turned(b) })).open()).toBe('failed');
    }),
    { seed: 20260105, numRuns: 2000 },
  );
});

test('whatever cells are packed are there when they are judged, in their order', () => {
  const name = fc.string({ unit: 'grapheme-ascii', maxLength: 255 });
  const cells = fc.uniqueArray(fc.tuple(name, fc.uint8Array({ maxLength: 300 })), { selector: ([key]) => key });
  fc.assert(
    fc.property(fc.maxSafeNat(), cells, (sequence, packed) => {
      const judged = judgeBank(packBank(sequence, new Map(packed)));
      if (judged.state !== 'whole') throw new Error(judged.state);
      expect(judged.sequence).toBe(sequence);
      expect([...judged.cells]).toEqual(packed);
    }),
    { seed: 20260105, numRuns: 300 },
  );
});

test.each(['ü', 'a\n', 'x'.repeat(256)])('%j names no cell', (name) => {
  expect(() => packBank(1, new Map([[name, new Uint8Array()]]))).toThrow(RangeError);
});
