import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { folder, ROOT, thecal } from './cli.ts';

/** Runs of the same scenarios write the same trace, wherever and whatever the clock and the language. */
export function sameTraceAnywhere(scenarios: readonly string[]): void {
  const trace = (path: string, cwd: string, env: NodeJS.ProcessEnv) => {
    expect(thecal(['run', ...scenarios, '--trace', path], { cwd, env }).code).toBe(0);
    return readFileSync(path);
  };
  const away = join(folder(), 'à côté');
  mkdirSync(away);
  const here = trace(join(folder(), 'a.ndjson'), ROOT, { TZ: 'UTC', LANG: 'C' });
  const there = trace(join(away, 'b.ndjson'), away, {
    TZ: 'Asia/Kathmandu',
    LANG: 'tr_TR.UTF-8',
    LC_ALL: 'tr_TR.UTF-8',
  });
  expect(there.equals(here)).toBe(true);
  expect(here.length).toBeGreaterThan(100_000);
}

/** Both executors write the same trace but for its headers. */
export function sameTraceByEither(scenarios: readonly string[]): void {
  const trace = (executor: string) => {
    const { code, out } = thecal(['run', ...scenarios, '--executor', executor, '--trace', '-']);
    expect(code).toBe(0);
    return out.split('\n');
  };
  const [xstate, table] = [trace('xstate'), trace('table')];
  const headers = (lines: string[]) => lines.filter((line) => line.startsWith('{"trace"'));
  const records = (lines: string[]) => lines.filter((line) => !line.startsWith('{"trace"'));
  expect(headers(xstate).every((line) => line.includes('"executor":"xstate"'))).toBe(true);
  expect(headers(table).every((line) => line.includes('"executor":"table"'))).toBe(true);
  expect(records(table)).toEqual(records(xstate));
}
