import { expect, test } from 'vitest';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { runScenario } from '../../workbench/scenario/run.ts';
import { folder, LONG, thecal } from './cli.ts';
import { SHORT, writeChanged } from './leaves.ts';

test('each changed expectation of a long scenario fails at its own line', () => {
  for (const { path, text, mutants } of writeChanged(folder(), LONG)) {
    const { failures } = runScenario(loadScenario(text), { id: path, version: '0', executor: 'table' });
    const lines = new Set(failures.map((failure) => failure.line));
    expect([...lines].sort(), path).toEqual(mutants.map(({ line }) => line).sort());
  }
});

test('one of each other scenario, run alone by thecal run, exits 1 and names its line', () => {
  const first = new Map(writeChanged(folder(), SHORT).map((changed) => [changed.path.replace(/\d+/g, ''), changed]));
  for (const { path, mutants } of first.values()) {
    const { code, err } = thecal(['run', path]);
    expect({ path, code }).toEqual({ path, code: 1 });
    for (const { line } of mutants) expect(err).toContain(`${path}:${line}:`);
  }
});
