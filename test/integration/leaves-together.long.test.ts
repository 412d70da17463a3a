import { expect, test } from 'vitest';
import { folder, thecal } from './cli.ts';
import { linesNamed, type Mutant, SHORT, writeChanged } from './leaves.ts';

test('every expectation of every shipped scenario, changed to what the run contradicts, fails at its own line', () => {
  const root = folder();
  const written = writeChanged(root, SHORT);
  const { code, out, err } = thecal(['run', root, '--json', '--executor', 'table']);
  expect(code).toBe(1);
  for (const { path, mutants } of written)
    expect(linesNamed(`\n${err}`, path).sort(), path).toEqual(mutants.map(({ line }) => line).sort());
  const { failed, scenarios } = JSON.parse(out) as { failed: number; scenarios: { file: string; passed: boolean }[] };
  expect(failed).toBe(written.length);
  expect(scenarios.every(({ passed }) => !passed)).toBe(true);
  const all = written.flatMap(({ mutants }) => mutants);
  const count = (kind: Mutant['kind']) => all.filter((mutant) => mutant.kind === kind).length;
  process.stdout.write(
    `${all.length} changed expectations, each failing at its line: ${count('equality')} equalities, ${count('bound')} bounds, ${count('never')} never\n`,
  );
});
