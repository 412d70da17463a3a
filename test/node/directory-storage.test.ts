import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bankedStore } from '../../firmware-sim/index.ts';
import { instant } from '../../shared/index.ts';
import { DirectoryError, directoryStorage } from '../../workbench/node/directory-storage.ts';
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
    storage.close();
    expect(readdirSync(directory)).toEqual(['bank-a']);
  });

  test('is not harmed by what a torn write has left beside it', () => {
    const storage = directoryStorage(directory);
    storage.write('A', bytes(1, 2, 3));
    writeFileSync(file('bank-a.new'), 'half');
    expect(storage.read('A')).toEqual(bytes(1, 2, 3));
    storage.write('A', bytes(5));
    expect(storage.read('A')).toEqual(bytes(5));
    storage.close();
    expect(readdirSync(directory)).toEqual(['bank-a']);
  });
});

describe('a directory', () => {
  test('is one process’s at a time, and says whose', () => {
    const storage = directoryStorage(directory);
    expect(() => directoryStorage(directory)).toThrow(DirectoryError);
    expect(() => directoryStorage(directory)).toThrow(`${file('lock')}: in use by process ${process.pid}`);
    expect(() => directoryStorage(relative(process.cwd(), directory))).toThrow('in use');
    storage.close();
    directoryStorage(directory).close();
    expect(existsSync(file('lock'))).toBe(false);
  });

  test('that a living process holds is left to it', () => {
    directoryStorage(directory).close();
    writeFileSync(file('lock'), `${process.ppid}\n`);
    expect(() => directoryStorage(directory)).toThrow(`in use by process ${process.ppid}`);
    expect(readFileSync(file('lock'), 'utf8')).toBe(`${process.ppid}\n`);
    expect(readdirSync(directory)).toEqual(['lock']);
  });

  const { pid: dead } = spawnSync(process.execPath, ['-e', '']);

  test.each([
    ['a process that has died', `${dead}\n`],
    ['a process of the same number, before this one', `${process.pid}\n`],
    ['nobody that can be read', 'somebody'],
    ['nobody at all', ''],
  ])('that %s has left locked is taken over', (_, text) => {
    directoryStorage(directory).close();
    writeFileSync(file('lock'), text);
    const storage = directoryStorage(directory);
    expect(readFileSync(file('lock'), 'utf8')).toBe(`${process.pid}\n`);
    expect(() => directoryStorage(directory)).toThrow('in use');
    storage.close();
    expect(readdirSync(directory)).toEqual([]);
  });

  test('is rid of what processes have left that died over its lock, and of nothing else', () => {
    directoryStorage(directory).close();
    const left = [`lock.${dead}`, `lock.${dead}.old`, `lock.${process.ppid}`, 'lock.txt'];
    for (const name of left) writeFileSync(file(name), '');
    directoryStorage(directory).close();
    expect(readdirSync(directory).sort()).toEqual([`lock.${process.ppid}`, 'lock.txt']);
  });

  test('that has been given back takes nothing more', () => {
    const storage = directoryStorage(directory);
    storage.close();
    expect(() => storage.write('A', bytes(1))).toThrow(`cannot write ${file('bank-a')}`);
    const other = directoryStorage(directory);
    // What the one gives back a second time is not the other's.
    storage.close();
    expect(() => directoryStorage(directory)).toThrow('in use');
    other.close();
  });

  test('that cannot be made is named', () => {
    const storage = directoryStorage(directory);
    storage.write('A', bytes(1));
    expect(() => directoryStorage(file('bank-a'))).toThrow(`cannot make the directory ${file('bank-a')}`);
    storage.close();
  });

  test('whose bank is no file is named', () => {
    const storage = directoryStorage(directory);
    directoryStorage(file('bank-a')).close();
    expect(() => storage.read('A')).toThrow(`cannot read ${file('bank-a')}`);
    expect(() => storage.write('A', bytes(1))).toThrow(`cannot write ${file('bank-a')}`);
    storage.close();
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
  before.close();
  rmSync(file('bank-b'));

  const after = directoryStorage(directory);
  const start = { at: instant(pump.timeline.now), timeLost: false };
  const again = new BarePump({}, 'table', bankedStore(after), start);
  expect(again.status()).toMatchObject({ volume, record, granted, prescription, infusion: 'basal' });
  expect(again.logged('memoryHealed')).toEqual([{ bank: 'B' }]);
  expect(after.read('B')).toEqual(after.read('A'));
  after.close();
});
