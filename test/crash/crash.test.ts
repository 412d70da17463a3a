import { beforeAll, describe, expect, test } from 'vitest';
import { FIRST, packBank } from '../../firmware-sim/firmware/memory/bank.ts';
import { BANKS, type BankStorage, bankedStore, memoryStorage, type Store } from '../../firmware-sim/index.ts';
import { BarePump } from '../firmware/bare-pump.ts';
import { crashReportText, everyCrashPoint } from './crash-points.ts';
import { CrashingStorage, type CrashPoint, leftBy, PowerLost, TEARS } from './crashing-storage.ts';
import { briefLife, FORGETFUL, shortLife } from './script.ts';

test('whenever power goes in a brief life, what was told is there, and nothing half', () => {
  const report = everyCrashPoint(briefLife, FORGETFUL);
  process.stdout.write(`${crashReportText(report)}\n`);
  expect(report.problems).toEqual([]);
  expect(report.points).toBe(2 * report.operations + report.bytes);
  expect(report.points).toBeGreaterThan(50_000);
  expect(Math.min(report.left.old, report.left.new)).toBeGreaterThan(50_000);
  expect(report.restarts).toBeGreaterThan(20);
});

describe('a pump that really loses its power leaves what was worked out:', () => {
  const points: CrashPoint[] = [0, 1, 2, 3, 20, 21, 40, 41].flatMap((operation): CrashPoint[] => [
    { operation, when: 'before' },
    { operation, when: 'after' },
    ...TEARS.map((tear) => ({ operation, written: 17, tear })),
  ]);

  const where = (point: CrashPoint) => ('when' in point ? point.when : `${point.tear}, ${point.written} bytes into`);

  const whole = new CrashingStorage();
  beforeAll(() => shortLife(new BarePump(FORGETFUL, 'table', bankedStore(whole))));

  test.each(points.map((point) => [`${where(point)} operation ${point.operation}`, point] as const))(
    '%s',
    (_, point) => {
      const crashed = new CrashingStorage(point);
      expect(() => shortLife(new BarePump(FORGETFUL, 'table', bankedStore(crashed)))).toThrow(PowerLost);
      const last = whole.operations[point.operation];
      if (last === undefined) throw new Error('no such operation');
      expect(crashed.operations).toEqual(whole.operations.slice(0, point.operation + 1));
      expect(crashed.read(last.bank) ?? new Uint8Array()).toEqual(leftBy(last, point));
    },
  );
});

describe('a memory that is not kept so is caught:', () => {
  type Make = (storage: BankStorage) => Store;
  /** The banked store, with its writes done another way. */
  const writing =
    (write: (storage: BankStorage, image: Uint8Array, bank: 'A' | 'B') => void): Make =>
    (storage) =>
      bankedStore({ read: (bank) => storage.read(bank), write: (bank, image) => write(storage, image, bank) });
  const changed =
    (change: (store: Store) => Partial<Store>): Make =>
    (storage) => {
      const store = bankedStore(storage);
      return { ...store, ...change(store) };
    };
  /** One bank, written over. */
  const onlyA = writing((storage, image, bank) => {
    if (bank === 'A') storage.write('A', image);
  });
  const cellByCell = changed((store) => ({
    write(cell, bytes) {
      store.write(cell, bytes);
      store.commit();
    },
  }));
  /** The second bank is overwritten with nothing before the first is whole. */
  const bothAtOnce = writing((storage, image, bank) => {
    if (bank === 'A') for (const each of BANKS) storage.write(each, new Uint8Array(3));
    storage.write(bank, image);
  });
  const everySecond = (() => {
    let commits = 0;
    return changed((store) => ({
      commit() {
        commits += 1;
        if (commits % 2 === 0) store.commit();
      },
    }));
  })();

  test.each<[string, Make, string]>([
    ['one bank alone', onlyA, 'the memory has failed'],
    ['each cell by itself', cellByCell, 'neither the old cells nor the new'],
    ['both banks at once', bothAtOnce, 'the memory has failed'],
    ['every second commit', everySecond, 'an answer was sent for what was not kept'],
  ])('%s', (_, make, problem) => {
    const brief = (pump: BarePump) => {
      const clinician = pump.open('clinician');
      clinician.enter('20 mL');
      clinician.implant();
      clinician.do('stop');
      clinician.do('closeSession');
    };
    const { problems } = everyCrashPoint(brief, FORGETFUL, make);
    expect(problems.join('\n')).toContain(problem);
  });
});

test('a new memory that a loss of power met in its very first bytes is still a new one', () => {
  for (let written = 0; written < FIRST.length; written++) {
    const storage = memoryStorage();
    storage.write('A', FIRST.subarray(0, written));
    expect(bankedStore(storage).open()).toBe('sound');
  }
  const storage = memoryStorage();
  storage.write('A', packBank(1, new Map()).subarray(0, -1));
  expect(bankedStore(storage).open()).toBe('failed');
});
