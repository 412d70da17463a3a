import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sabotaged } from '../integration/cli.ts';
import type { Runner } from './lived.ts';

/** A copy of the program in which one line has been changed: where it lies, and what runs scenarios in it. */
export interface Copy {
  readonly root: string;
  readonly run: Runner;
}

/** Changes one line of a copy of the compiled program, and loads it beside this one. */
export async function copyWith(source: string, find: string, replace: string): Promise<Copy> {
  const root = sabotaged(source, find, replace);
  const { runScenario }: { runScenario: Runner } = await import(
    pathToFileURL(join(root, 'dist/workbench/index.js')).href
  );
  return { root, run: runScenario };
}
