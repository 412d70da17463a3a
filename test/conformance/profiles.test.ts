import { expect, test } from 'vitest';
import { likeAnother, PROFILES, type ProfileSheet, profileNamed } from '../../shared/index.ts';
import { profileHeader } from '../../workbench/index.ts';
import { life } from '../workbench/profile-life.ts';
import { Checker, type Mismatch } from './checker.ts';

/* The second pump is told the device by the header of a trace: the same life, device by device. */

function mismatches(sheet: ProfileSheet): readonly Mismatch[] {
  const checker = new Checker();
  checker.line(JSON.stringify({ trace: 'thecal.trace/1', scenario: 'a life', ...profileHeader(sheet) }));
  for (const record of life(sheet, 'table').trace) checker.line(JSON.stringify(record));
  checker.finish();
  return checker.mismatches;
}

test.each(PROFILES.map((sheet) => [sheet.name, sheet] as const))('%s is as the rules lead to', (_, sheet) => {
  expect(mismatches(sheet)).toEqual([]);
});

const shipped = profileNamed('synchromed-ii-like-20');
if (shipped === undefined) throw new Error('no such profile');
const line = { value: 'minimumRate', unit: 'choice', status: 'assumed', source: 'made up' } as const;
const mine = likeAnother(shipped, { name: 'mine', title: 'Mine', about: 'Made up', parameters: { emptyPolicy: line } });

test('a device of one’s own is as its sheet in the trace says, and not as the one it is like', () => {
  expect(mismatches(mine)).toEqual([]);
  const checker = new Checker();
  checker.line(JSON.stringify({ trace: 'thecal.trace/1', scenario: 'a life', profile: shipped.name }));
  for (const record of life({ ...mine, name: shipped.name }, 'table').trace) checker.line(JSON.stringify(record));
  checker.finish();
  expect(checker.mismatches).not.toEqual([]);
});
