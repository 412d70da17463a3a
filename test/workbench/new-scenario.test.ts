import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROFILE_NAMES } from '../../shared/index.ts';
import { loadScenario, newScenario, runScenario, scenarioFrom, scenarioJsonSchema } from '../../workbench/index.ts';
import { profileOf } from '../harness.ts';
import { ROOT } from '../integration/cli.ts';

const run = (text: string) => runScenario(loadScenario(text), { id: 'new', version: '0', executor: 'table' });

function topLevelKeys(): string[] {
  const { properties } = scenarioJsonSchema() as { properties: Record<string, unknown> };
  return Object.keys(properties);
}

describe.each(PROFILE_NAMES)('a new scenario for %s', (name) => {
  const text = newScenario(profileOf(name), '../schema.json');

  test('passes as it stands, and expects enough to fail', () => {
    const { failures, breaches, expectations } = run(text);
    expect([...failures, ...breaches]).toEqual([]);
    expect(expectations).toBeGreaterThan(10);
    expect(run(text.replace(/time: \d+d/, 'time: 1h')).failures).toHaveLength(1);
  });

  test('explains every top-level key in a comment', () => {
    const keys = topLevelKeys();
    expect(keys.length).toBeGreaterThan(10);
    const lines = text.split('\n');
    for (const key of keys) {
      const at = lines.findIndex((line) => line.startsWith(`${key}:`));
      const comment = at === -1 ? lines.find((line) => line.startsWith(`# ${key}: `)) : lines[at - 1];
      expect(comment, key).toMatch(/^# {1,3}\S/);
    }
  });

  test('begins with where the schema is, or how to write it', () => {
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/schema\.json\n/);
    expect(newScenario(profileOf(name), undefined)).toMatch(
      /^# For completion.*thecal schema > scenario\.schema\.json/,
    );
  });
});

test('a pump no basal rate of which fits is an error, not a scenario that fails', () => {
  const odd = profileOf('generic-pca', { basalMinimum: profileOf('generic-pca').rateMaximum });
  expect(() => newScenario(odd, undefined)).toThrow('no basal rate of generic-pca');
});

test('a copy of a shipped scenario passes, with one schema line of its own', () => {
  const folder = join(ROOT, 'scenarios');
  const name = readdirSync(folder).find((each) => each.endsWith('.yaml')) ?? '';
  const text = scenarioFrom(readFileSync(join(folder, name), 'utf8'), 'some-id', 'elsewhere.json');
  expect(text.match(/yaml-language-server/g)).toHaveLength(1);
  expect(text).toMatch(/^# yaml-language-server: \$schema=elsewhere\.json\n/);
  expect(text).toContain('# A copy of the shipped scenario some-id.\n');
  expect(run(text).failures).toEqual([]);
});
