import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'vitest';
import { bankedStore, memoryStorage, type Store } from '../../firmware-sim/index.ts';
import { loadScenario, runScenario, type TraceRecord } from '../../workbench/index.ts';

/** Runs a scenario on a memory of two banks, and holds its trace against the one of the simulation's own. */
export function sameOnBanks(file: string): void {
  const traced = (memory?: () => Store): string[] => {
    const lines: string[] = [];
    const onRecord = (record: TraceRecord) => lines.push(JSON.stringify(record));
    const loaded = loadScenario(readFileSync(file, 'utf8'));
    const options = { id: basename(file), version: '0', executor: 'table', onRecord } as const;
    runScenario(loaded, memory === undefined ? options : { ...options, memory });
    return lines;
  };
  const written = { images: 0 };
  const banked = traced(() => {
    const storage = memoryStorage();
    return bankedStore({
      read: (bank) => storage.read(bank),
      write(bank, image) {
        written.images += 1;
        storage.write(bank, image);
      },
    });
  });
  expect(banked).toEqual(traced());
  expect(written.images).toBeGreaterThan(10);
}
