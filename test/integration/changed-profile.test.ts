import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, thecal } from './cli.ts';
import { pumpProcess } from './pump-process.ts';

const SHEET = (residual: number, source = 'a test') => `
thecal: profile/1
name: clinic-pump
title: Our pump
about: One with a residual of its own.
like: synchromed-ii-like-20
parameters:
  residualVolume: { value: ${residual}, unit: mL, status: assumed, source: ${source} }
`;

test('a pump whose own profile has been changed is not taken up again, and nothing of it is touched', async () => {
  const here = folder();
  const [memory, file] = [join(here, 'pump'), join(here, 'clinic.yaml')];
  writeFileSync(file, SHEET(1.4));
  const pump = await pumpProcess('--memory', memory, '--profile', file);
  expect(await pump.end()).toBe(0);
  const kept = ['card.json', 'world.json'].map((name) => readFileSync(join(memory, name), 'utf8'));

  writeFileSync(file, SHEET(1.5));
  expect(thecal(['pump', '--listen', '0', '--memory', memory, '--profile', file])).toMatchObject({
    code: 2,
    err: expect.stringContaining('holds a clinic-pump of other values'),
  });
  expect(['card.json', 'world.json'].map((name) => readFileSync(join(memory, name), 'utf8'))).toEqual(kept);

  // Another source for the same number is no other device.
  writeFileSync(file, SHEET(1.4, 'the manual'));
  const again = await pumpProcess('--memory', memory, '--profile', file);
  expect(await again.end()).toBe(0);
});
