import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { runScenario } from '../../workbench/scenario/run.ts';
import { folder, thecal } from './cli.ts';
import { writeMutants } from './leaves.ts';

test('each changed expectation, run alone, fails at its own line', () => {
  for (const { path, line } of writeMutants(folder(), { long: true })) {
    const { failures } = runScenario(loadScenario(readFileSync(path, 'utf8')), {
      id: path,
      version: '0',
      executor: 'table',
    });
    expect(
      failures.map((failure) => failure.line),
      path,
    ).toContain(line);
  }
});

test('one of each scenario, run alone by thecal run, exits 1 and names its line', () => {
  const mutants = writeMutants(folder());
  const first = new Map(mutants.map((mutant) => [mutant.path.replace(/\d+/g, ''), mutant]));
  for (const { path, line } of first.values()) {
    const { code, err } = thecal(['run', path]);
    expect({ path, code }).toEqual({ path, code: 1 });
    expect(err).toContain(`${path}:${line}:`);
  }
});
