import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sabotaged, thecal } from './cli.ts';

test('thecal run --coverage lists what the shipped scenarios leave, with a reason beside each, and exits 0', () => {
  const { code, out } = thecal(['run', '--coverage']);
  expect(out).toMatch(/^transitions of the chart: \d+ of \d+ exercised/m);
  expect(out).toMatch(/^ {2}pump tooLong {2,}\S/m);
  expect(out).not.toContain('no reason given');
  expect(out).not.toContain('stale reason');
  expect(code).toBe(0);
});

test('thecal run --coverage names a stale reason', () => {
  const root = sabotaged(
    'workbench/coverage/reasons.js',
    "'refusal pump tooLong'",
    "'refusal pump tooLong', 'log powerOn'",
  );
  expect(thecal(['run', '--coverage'], { root }).out).toContain('a stale reason: "log powerOn" is exercised');
  const one = join(root, 'scenarios', 'patient-boluses.yaml');
  expect(thecal(['run', one, '--coverage'], { root }).out).not.toContain('a stale reason');
});
