import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sure } from '../../shared/index.ts';
import { merge } from '../../workbench/campaign/merge.ts';
import { resultText } from '../../workbench/campaign/result.ts';
import { watchedLife } from '../../workbench/campaign/shard.ts';
import { folder, thecal } from '../integration/cli.ts';
import { lived, plan } from './plans.ts';

/* One pump in fifty is held against the always-true rules, and what it breaks is part of the result. */

const small = plan();
const arm = sure(small.arms[0], 'arm');

test('a life that keeps the rules breaks none, and one of whose records is false breaks one', () => {
  expect(watchedLife(small, arm, 1).breaches).toEqual([]);
  let isFalse = false;
  const { breaches } = watchedLife(small, arm, 1, ({ kind, data }) => {
    if (isFalse || kind !== 'flow') return;
    isFalse = true;
    Object.assign((data as { ledger: object }).ledger, { reservoir: 1 });
  });
  expect(breaches[0]).toMatch(/^pump 1, as it is: always-true rule \d+ broken/);
});

test('the first pump of fifty is watched in every arm, whichever shard it is in', () => {
  const many = plan(['pumps: 4', 'pumps: 51']);
  expect([1, 2, 50, 51].map((number) => lived(many, { number, of: 51 }).watched)).toEqual([2, 0, 0, 2]);
});

test('what was broken is merged in order, and show ends with 3', () => {
  const parts = [1, 2].map((number) => ({
    file: `${number}`,
    result: { ...lived(small, { number, of: 2 }), breaches: [`pump ${number}: broken`] },
  }));
  const whole = merge([...parts].reverse());
  expect(whole.breaches).toEqual(['pump 1: broken', 'pump 2: broken']);
  const file = join(folder(), 'broken.json');
  writeFileSync(file, resultText(whole));
  const { code, err } = thecal(['campaign', 'show', file]);
  expect(err).toContain('pump 1: broken\npump 2: broken');
  expect(code).toBe(3);
});
