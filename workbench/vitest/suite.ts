import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import { test } from 'vitest';
import { z } from 'zod';
import { EXECUTOR_NAMES, type ExecutorName } from '../../firmware-sim/index.ts';
import {
  breachText,
  type Failure,
  FileError,
  isLibraryText,
  isProfileText,
  loadScenario,
  type OpenFile,
  runScenario,
  ScenarioError,
} from '../index.ts';
import { scenarioSchema } from '../scenario/schema.ts';
import type { Overrides } from '../scenario/settings.ts';
import { keys } from '../scenario/text.ts';
import { readWritten } from '../scenario/written.ts';
import { located, throwAll, unusable } from './located.ts';

export interface SuiteOptions {
  /** The folder the patterns count from; the working folder unless given. */
  readonly cwd?: string | undefined;
  readonly executor?: ExecutorName | undefined;
  /** In place of the scenarios' own seeds. */
  readonly seed?: number | undefined;
  /** Most milliseconds that one test may take, as in vitest; 300 000 unless given, because a life of years is long. */
  readonly timeout?: number | undefined;
}

const optionsSchema = keys({
  cwd: z.string().optional(),
  executor: z.enum(EXECUTOR_NAMES).optional(),
  seed: scenarioSchema.shape.seed.unwrap().optional(),
  timeout: z.number().positive().default(300_000),
});

/**
 * Declares a test for every scenario file that a glob pattern finds; one that begins with `!` leaves files out. A
 * test fails with an error for each expectation not met and each always-true rule broken, whose stack points into
 * the file. A file that cannot be used and a pattern that finds none are failing tests. Throws WrittenError where
 * patterns or options are none.
 */
export function scenarioSuite(patterns: string | readonly string[], options: SuiteOptions = {}): void {
  const all = readWritten(z.union([z.string().transform((one) => [one]), z.array(z.string())]), patterns, 'patterns');
  const { cwd = '.', timeout, ...overrides } = readWritten(optionsSchema, options, 'scenarioSuite');
  const ignore = all.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const wanted = all.filter((pattern) => !pattern.startsWith('!'));
  const found = new Set<string>();
  if (wanted.length === 0) failing('scenarios', new Error('no pattern: expected one such as "scenarios/**/*.yaml"'));
  for (const pattern of wanted) {
    const files = filesOf(pattern, ignore, resolve(cwd));
    if (files.length === 0) {
      const message = `no file matches ${pattern} in ${resolve(cwd)}: expected a pattern such as "scenarios/**/*.yaml"`;
      failing(pattern, new Error(message));
    }
    for (const file of files) found.add(file);
  }
  for (const path of [...found].sort()) scenarioTest(path, relative(resolve(cwd), path), timeout, overrides);
}

function filesOf(pattern: string, ignore: readonly string[], cwd: string): string[] {
  // Links to folders are not followed: some lead in circles.
  const rules = { cwd, ignore, absolute: true, expandDirectories: false, followSymbolicLinks: false } as const;
  const found = pattern === '' ? [] : globSync(pattern, rules).map((path) => resolve(path));
  // Profiles and drug libraries may lie beside the scenarios that name them.
  return found.filter((path) => !isNamed(path));
}

function isNamed(path: string): boolean {
  try {
    const text = textOf(path);
    return isProfileText(text) || isLibraryText(text);
  } catch (error) {
    if (error instanceof ScenarioError) return false;
    throw error;
  }
}

function failing(name: string, error: Error): void {
  test(name, () => {
    throw error;
  });
}

function scenarioTest(path: string, shown: string, timeout: number, overrides: Overrides): void {
  const loaded = orProblems(() => loadScenario(textOf(path), filesFrom(dirname(path))));
  if (loaded instanceof ScenarioError) {
    test(shown, () => throwAll(unusable(path, loaded.problems)));
    return;
  }
  test(`${loaded.scenario.title} (${shown})`, { timeout }, () => {
    // The version goes into the header of a trace, and none is written.
    const result = orProblems(() => runScenario(loaded, { id: shown, version: '', ...overrides }));
    if (result instanceof ScenarioError) return throwAll(unusable(path, result.problems));
    const story = { path, ...loaded.locate(['story'], true) };
    throwAll([
      ...result.failures.map((failure) => notMet(failure, path)),
      ...result.breaches.map((breach) => located('BrokenRule', breachText(breach), story, 'story')),
    ]);
  });
}

/** Finds files that are named by their paths from a folder. */
const filesFrom =
  (folder: string): OpenFile =>
  (path) => {
    const file = resolve(folder, path);
    try {
      return { file, text: readFileSync(file, 'utf8') };
    } catch (error) {
      const message = `${file}: cannot be read: ${error instanceof Error ? error.message : error}`;
      throw new FileError([{ line: 1, column: 1, message }]);
    }
  };

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const message = `cannot be read: ${error instanceof Error ? error.message : error}`;
    throw new ScenarioError([{ line: 1, column: 1, message }]);
  }
}

/** What `work` gives, or what makes the file unusable. */
function orProblems<T extends object>(work: () => T): T | ScenarioError {
  try {
    return work();
  } catch (error) {
    if (error instanceof ScenarioError) return error;
    throw error;
  }
}

function notMet({ step, time, what, expected, got, wouldPass, line, column }: Failure, path: string): Error {
  const where = step === 0 ? 'scenario' : `step ${step}`;
  const head = `${where} at ${time}: ${what}: expected ${expected}, got ${got}`;
  const message = wouldPass === undefined ? head : `${head}\n  would pass: ${wouldPass}`;
  return located('ExpectationNotMet', message, { path, line, column }, where);
}
