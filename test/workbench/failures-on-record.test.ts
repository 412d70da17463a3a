import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../workbench/index.ts';
import { SHIPPED } from '../integration/cli.ts';

const FILES = SHIPPED.map((file) => ({
  name: basename(file),
  scenario: loadScenario(readFileSync(file, 'utf8')).scenario,
}));

const numbers = (most: number) => Array.from({ length: most }, (_, i) => i + 1);
/** F-25 is a control of a page, F-28 a statistic. */
const FAILURES = numbers(34)
  .filter((n) => n !== 25 && n !== 28)
  .map((n) => `F-${String(n).padStart(2, '0')}`);
const EVENTS = numbers(14).map((n) => `SC${n}`);

test.each([...FAILURES, ...EVENTS])('%s is replayed', (id) => {
  const replaying = FILES.filter(({ scenario }) => scenario.record?.of.includes(id));
  expect(replaying.map(({ name }) => name)).not.toEqual([]);
});

describe.each(FILES.filter(({ scenario }) => scenario.record !== undefined))('$name', ({ scenario }) => {
  const expectations = scenario.story.flatMap(({ expect: wanted }) => wanted ?? []);
  const says = (...keys: readonly (keyof (typeof expectations)[number])[]) =>
    expectations.some((wanted) => keys.some((key) => wanted[key] !== undefined));

  test('says where it comes from', () => {
    expect(scenario.source?.length).toBeGreaterThan(0);
  });

  test('expects something of what is believed, of what is true and of what is seen', () => {
    expect({
      believed: says('belief', 'alarms', 'log', 'history'),
      true: says('truth', 'patient'),
      seen: says('screen', 'handset', 'found', 'alarms', 'refused'),
    }).toEqual({ believed: true, true: true, seen: true });
  });
});
