import { readFileSync } from 'node:fs';
import type { ExecutorName } from '../../firmware-sim/index.ts';
import { Coverage, loadScenario, runScenario, type TraceRecord } from '../../workbench/index.ts';

/** Runs a scenario and notes what it exercises. */
export function follow(coverage: Coverage, file: string, executor: ExecutorName): void {
  const loaded = loadScenario(readFileSync(file, 'utf8'));
  const onRecord = (record: TraceRecord) => coverage.take(record);
  runScenario(loaded, { id: file, version: '0', executor, observer: coverage, onRecord });
}

/** What shipped scenarios exercise together. */
export function shipped(files: readonly string[], executor: ExecutorName): Coverage {
  const coverage = new Coverage();
  for (const file of files) follow(coverage, file, executor);
  return coverage;
}
