import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, ROOT, thecal } from '../integration/cli.ts';

test('run --report writes it for every scenario, in threads as in one', () => {
  const [one, two] = [join(folder(), 'r.html'), join(folder(), 'r.html')];
  const paths = ['silent-over-infusion', 'patient-boluses'].map((id) => join(ROOT, 'scenarios', `${id}.yaml`));
  expect(thecal(['run', '--jobs', '1', '--report', one, ...paths]).code).toBe(0);
  expect(thecal(['run', '--jobs', '2', '--report', two, ...paths]).code).toBe(0);
  expect(readFileSync(one, 'utf8')).toContain('2 scenarios, 0 not as expected');
  expect(readFileSync(two, 'utf8')).toBe(readFileSync(one, 'utf8'));
  expect(thecal(['run', '--report', '-', ...paths])).toMatchObject({
    code: 2,
    err: expect.stringContaining('--report'),
  });
});
