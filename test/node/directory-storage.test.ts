import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bankedStore } from '../../firmware-sim/index.ts';
import { instant } from '../../shared/index.ts';
import { directoryStorage } from '../../workbench/node/directory-storage.ts';
import { BarePump, implantedPump } from '../firmware/bare-pump.ts';
import { prescriptionOf } from '../firmware/prescriptions.ts';

let directory = '';
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'thecal-')), 'pump');
});
afterEach(() => rmSync(join(directory, '..'), { recursive: true, force: true }));

const file = (name: string) => join(directory, name);
const bytes = (...values: number[]) => Uint8Array.from(values);

describe('a bank in a directory', () => {
  test('is undefined until it is written, then what was written last', () => {
    const storage = directoryStorage(directory);
    expect(storage.read('A')).toBeUndefined();
    storage.write('A', bytes(1, 2, 3));
    storage.write('A', bytes(4));
    expect([storage.read('A'), storage.read('B')]).toEqual([bytes(4), undefined]);
    expect(readdirSync(directory)).toEqual(['bank-a']);
  });

  test('is not harmed by what a torn write has left beside it', () => {
    const storage = directoryStorage(directory);
    storage.write('A', bytes(1, 2, 3));
    writeFileSync(file('bank-a.new'), 'half');
    expect(storage.read('A')).toEqual(bytes(1, 2, 3));
    storage.write('A', bytes(5));
    expect(storage.read('A')).toEqual(bytes(5));
    expect(readdirSync(directory)).toEqual(['bank-a']);
  });
});

describe('a directory', () => {
  test('that cannot be made is named', () => {
    const storage = directoryStorage(directory);
    storage.write('A', bytes(1));
    expect(() => directoryStorage(file('bank-a'))).toThrow(`cannot make the directory ${file('bank-a')}`);
  });

  test('whose bank is no file is named', () => {
    const storage = directoryStorage(directory);
    directoryStorage(file('bank-a'));
    expect(() => storage.read('A')).toThrow(`cannot read ${file('bank-a')}`);
    expect(() => storage.write('A', bytes(1))).toThrow(`cannot write ${file('bank-a')}`);
  });
});

test('a pump goes on in a new process where it was left, and without one of its banks', () => {
  const before = directoryStorage(directory);
  const { pump, clinician } = implantedPump({}, 'table', bankedStore(before));
  clinician.prescribe(prescriptionOf());
  clinician.do('closeSession');
  pump.pass('5h');
  pump.open('patient').do('requestBolus');
  const { volume, record, granted, prescription } = pump.status();
  rmSync(file('bank-b'));

  const after = directoryStorage(directory);
  const start = { at: instant(pump.timeline.now), timeLost: false };
  const again = new BarePump({}, 'table', bankedStore(after), start);
  expect(again.status()).toMatchObject({ volume, record, granted, prescription, infusion: 'basal' });
  expect(again.logged('memoryHealed')).toEqual([{ bank: 'B' }]);
  expect(after.read('B')).toEqual(after.read('A'));
});
