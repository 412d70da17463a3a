import { describe, expect, test } from 'vitest';
import { bankedStore } from '../../firmware-sim/index.ts';
import { opfsStorage, type SyncFile } from '../../workbench/web/opfs-storage.ts';
import { implantedPump } from '../firmware/bare-pump.ts';
import { prescriptionOf } from '../firmware/prescriptions.ts';

/** A file as a browser's private file system has it: reads and writes as much as it can at a time. */
class FakeFile implements SyncFile {
  bytes = new Uint8Array();
  readonly done: string[] = [];
  /** The most bytes a call reads or writes. */
  most = Number.POSITIVE_INFINITY;

  getSize() {
    return this.bytes.length;
  }
  read(into: Uint8Array, { at }: { at: number }) {
    const part = this.bytes.subarray(at, at + Math.min(into.length, this.most));
    into.set(part);
    return part.length;
  }
  write(bytes: Uint8Array, { at }: { at: number }) {
    this.done.push('write');
    const part = bytes.subarray(0, Math.min(bytes.length, this.most));
    const grown = new Uint8Array(Math.max(this.bytes.length, at + part.length));
    grown.set(this.bytes);
    grown.set(part, at);
    this.bytes = grown;
    return part.length;
  }
  truncate(size: number) {
    this.done.push('truncate');
    this.bytes = this.bytes.slice(0, size);
  }
  flush() {
    this.done.push('flush');
  }
}

const files = () => ({ A: new FakeFile(), B: new FakeFile() });
const bytes = (...values: number[]) => Uint8Array.from(values);

describe('a bank in a browser’s private file system', () => {
  test('is what was written last, none of what was longer before it, and flushed', () => {
    const both = files();
    const storage = opfsStorage(both);
    storage.write('A', bytes(1, 2, 3));
    storage.write('A', bytes(4));
    expect([storage.read('A'), storage.read('B')]).toEqual([bytes(4), bytes()]);
    expect(both.A.done.slice(-3)).toEqual(['write', 'truncate', 'flush']);
  });

  test('that is read or written in part is named', () => {
    const both = files();
    const storage = opfsStorage(both);
    storage.write('B', bytes(1, 2, 3));
    both.B.most = 2;
    expect(() => storage.read('B')).toThrow('bank B: 2 of 3 bytes read');
    expect(() => storage.write('B', bytes(1, 2, 3, 4))).toThrow('bank B: 2 of 4 bytes written');
  });
});

test('a pump keeps its memory there: files just made are a new pump, torn ones are mended', () => {
  const both = files();
  const { pump, clinician } = implantedPump({}, 'table', bankedStore(opfsStorage(both)));
  clinician.prescribe(prescriptionOf());
  pump.pass('1h');
  clinician.do('stop');
  const whole = both.A.bytes.slice();
  both.A.bytes = whole.slice(0, 99);
  const store = bankedStore(opfsStorage(both));
  expect(store.open()).toBe('healedA');
  expect([both.A.bytes, both.B.bytes]).toEqual([whole, whole]);
});
