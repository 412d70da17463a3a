import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { caseJsonSchema, learnerProblems, loadCase, newCase } from '../../workbench/index.ts';
import { folder, ROOT, thecal } from '../integration/cli.ts';

const SEEDS = 4;

test('a new case is taken by its three learners as it says, whatever the seed draws', () => {
  const cases = Array.from({ length: SEEDS }, (_, seed) => loadCase(newCase(undefined), seed));
  expect(new Set(cases.map(({ values }) => JSON.stringify(values))).size).toBeGreaterThan(1);
  expect(learnerProblems(cases, { id: 'new', version: 'test' })).toEqual([]);
});

test('a new case explains every key there is', () => {
  const { properties } = caseJsonSchema() as { properties: Record<string, unknown> };
  const lines = newCase('schema.json').split('\n');
  for (const key of Object.keys(properties).filter((each) => each !== 'source')) {
    const at = lines.findIndex((line) => line.startsWith(`${key}:`));
    expect(lines[at - 1], key).toMatch(/^# \S/);
  }
});

test('the guide has the new case as it is written', () => {
  const guide = readFileSync(join(ROOT, 'docs/educators.md'), 'utf8');
  const [, text = ''] = /^```yaml\n(# "thecal check.*?)^```$/ms.exec(guide) ?? [];
  expect(newCase('../docs/case.schema.json')).toBe(`# yaml-language-server: $schema=../docs/case.schema.json\n${text}`);
});

test('"new --case" writes it with where its schema is, and over nothing', () => {
  const cwd = folder();
  expect(thecal(['new', '--case', 'mine.yaml'], { cwd })).toMatchObject({
    code: 0,
    err: 'mine.yaml: written. Next: thecal check mine.yaml\n',
  });
  expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toMatch(
    /^# yaml-language-server: \$schema=.*case\.schema\.json\n/,
  );
  expect(thecal(['check', '--seeds', '1', 'mine.yaml'], { cwd }).code).toBe(0);
  expect(thecal(['new', '--case', 'mine.yaml'], { cwd }).code).toBe(2);
  expect(thecal(['new', '--case', '--from', 'dose-change'], { cwd }).err).toContain(
    "cannot be used with option '--from",
  );
});
