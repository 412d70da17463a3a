import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutorName } from '../../firmware-sim/index.ts';
import { Coverage, loadScenario, runScenario, type TraceRecord } from '../../workbench/index.ts';
import { ROOT } from '../integration/cli.ts';

/** Runs a scenario and notes what it exercises. */
export function follow(coverage: Coverage, file: string, executor: ExecutorName): void {
  const loaded = loadScenario(readFileSync(file, 'utf8'));
  const onRecord = (record: TraceRecord) => coverage.take(record);
  runScenario(loaded, { id: file, version: '0', executor, observer: coverage, onRecord });
}

/** What the shipped scenarios exercise together. */
export function shipped(executor: ExecutorName): Coverage {
  const coverage = new Coverage();
  for (const name of readdirSync(join(ROOT, 'scenarios'), { recursive: true, encoding: 'utf8' }))
    if (/\.(ya?ml|json)$/.test(name)) follow(coverage, join(ROOT, 'scenarios', name), executor);
  return coverage;
}
