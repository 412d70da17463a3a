import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { loadScenario, runScenario, TraceDigest } from '../../workbench/index.ts';
import { ROOT } from '../integration/cli.ts';

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

/** Runs scenarios in the worker of a page and here, and compares the digests of their traces. */
export async function sameTraces(page: Page, paths: readonly string[]): Promise<void> {
  const scenarios = paths.map((path) => ({ id: basename(path, '.yaml'), scenario: readFileSync(path, 'utf8') }));
  const there = await page.evaluate(async (all) => {
    const digests: Record<string, string> = {};
    for (const each of all) digests[each.id] = (await thecal.ask('runScenario', each)).digest;
    return digests;
  }, scenarios);
  const here = scenarios.map(({ id, scenario }) => {
    const digest = new TraceDigest();
    const take = digest.take.bind(digest);
    runScenario(loadScenario(scenario), { id, version, executor: 'table', onHeader: take, onRecord: take });
    return [id, digest.hex];
  });
  expect(there).toEqual(Object.fromEntries(here));
  expect(here.length).toBeGreaterThan(10);
}
