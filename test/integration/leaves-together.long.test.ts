import { expect, test } from 'vitest';
import { folder, thecal } from './cli.ts';
import { type Mutant, writeMutants } from './leaves.ts';

test('every expectation of every shipped scenario, changed to what the run contradicts, fails at its own line', () => {
  const root = folder();
  const written = writeMutants(root);
  const { code, out, err } = thecal(['run', root, '--json', '--executor', 'table']);
  expect(code).toBe(1);
  const { failed, scenarios } = JSON.parse(out) as { failed: number; scenarios: { file: string; passed: boolean }[] };
  const missed = written.filter(({ path, line }) => !err.includes(`${path}:${line}:`));
  expect(missed.map(({ path, line, what }) => `${path}:${line} ${what}`)).toEqual([]);
  expect(failed).toBe(written.length);
  expect(scenarios.every(({ passed }) => !passed)).toBe(true);
  const count = (kind: Mutant['kind']) => written.filter((mutant) => mutant.kind === kind).length;
  process.stdout.write(
    `${written.length} changed expectations, each failing at its line: ${count('equality')} equalities, ${count('bound')} bounds, ${count('never')} never\n`,
  );
});
