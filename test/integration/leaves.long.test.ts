import { expect, test } from 'vitest';
import { folder, thecal } from './cli.ts';
import { writeMutants } from './leaves.ts';

test('each changed expectation, run alone, exits 1 and names its line', () => {
  for (const { path, line } of writeMutants(folder(), { long: true })) {
    const { code, err } = thecal(['run', path]);
    expect({ path, code }).toEqual({ path, code: 1 });
    expect(err).toContain(`${path}:${line}:`);
  }
});
