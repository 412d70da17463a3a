import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainChart } from '../../firmware-sim/index.ts';
import { generated } from '../../workbench/docs.ts';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { ROOT, thecal } from './cli.ts';

const docs = (name: string) => readFileSync(join(ROOT, 'docs', name), 'utf8');

/** Every shipped scenario, as `npm run docs` reads them. */
const shipped = readdirSync(join(ROOT, 'scenarios'))
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .map((file) => ({
    file,
    scenario: loadScenario(readFileSync(join(ROOT, 'scenarios', file), 'utf8')).scenario,
  }));

test.each(Object.entries(generated(docs, shipped)))(
  'docs/%s says what the code says; `npm run docs` writes it',
  (name, text) => {
    expect(docs(name)).toBe(text);
  },
);

test('docs/chart.md says of every region of the chart what it is, in their order', () => {
  const rows = [...docs('chart.md').matchAll(/^\| (\w+) +\| \w/gm)].map(([, name]) => name);
  expect(rows.slice(1)).toEqual(Object.keys(plainChart.regions));
});

test('every link to a file in README.md and docs/ leads somewhere', () => {
  const pages = [
    'README.md',
    ...readdirSync(join(ROOT, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  for (const page of pages) {
    for (const [, target = ''] of readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      if (/^https?:/.test(target)) continue;
      expect(() => readFileSync(join(ROOT, page, '..', target)), `${page} links to ${target}`).not.toThrow(/ENOENT/);
    }
  }
});

test('every shipped scenario names its sources and gives editors its schema', () => {
  for (const name of readdirSync(join(ROOT, 'scenarios'))) {
    const text = readFileSync(join(ROOT, 'scenarios', name), 'utf8');
    expect(text, name).toMatch(/^# yaml-language-server: \$schema=\.\.\/docs\/scenario\.schema\.json\n/);
    expect(text, name).toMatch(/^source:\n {2}- /m);
  }
});

test('what the README pipes into the console works, and a stopped pump is seen first', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, command = '', input = ''] = /^npx thecal (console [^\n]+) <<'END'\n(.*?)^END$/ms.exec(readme) ?? [];
  const { code, out } = thecal(command.split(' '), { input });
  expect(out).toContain('> interrogate\n! THE PUMP IS STOPPED since 2026-08-03 14:00: stopped by a clinician\n');
  expect(out).toContain('alarm stoppedPump after 2d');
  expect(out).toContain('as expected: belief.reservoir 20 mL, alarms []');
  expect(code).toBe(0);
});
