import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadScenario, type RunResult, runScenario, type Simulation, type TraceRecord } from '../../workbench/index.ts';
import { ROOT } from '../integration/cli.ts';

const FOLDER = join(ROOT, 'scenarios');

/** Every scenario that comes with Thecal. */
export const SHIPPED = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(ya?ml|json)$/.test(name),
);

/** Of these the ones whose memory is spoiled: the rules here know of no banks, and of nothing that follows from them. */
export const BEYOND: readonly string[] = ['memory-spoiled.yaml', 'default-schedule-without-a-memory.yaml'];

/** All others. */
export const WITHIN = SHIPPED.filter((name) => !BEYOND.includes(name));

/** Runs a shipped scenario and hands on its trace, line by line as `thecal run --trace` writes it; what came of it. */
export function traced(name: string, take: (line: string, record?: TraceRecord, sim?: Simulation) => void): RunResult {
  return runScenario(loadScenario(readFileSync(join(FOLDER, name), 'utf8')), {
    id: name.replace(/\.\w+$/, ''),
    version: '0',
    onHeader: (header) => take(JSON.stringify(header)),
    onRecord: (record, sim) => take(JSON.stringify(record), record, sim),
  });
}
