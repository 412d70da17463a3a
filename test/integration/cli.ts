import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { Warm } from './warm.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The compiled program, below the root. */
export const MAIN = 'dist/workbench/cli/main.js';

/** Scenarios whose every run takes seconds, and whose trace is large. */
export const LONG: readonly string[] = ['whole-life.yaml'];
/** The paths of all that are shipped. */
export const SHIPPED: readonly string[] = readdirSync(join(ROOT, 'scenarios')).map((name) =>
  join(ROOT, 'scenarios', name),
);
/** Those of the others. */
export const QUICK: readonly string[] = SHIPPED.filter((file) => !LONG.includes(basename(file)));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface From {
  readonly cwd?: string;
  readonly input?: string;
}

/** Runs `thecal` as a user would, from `cwd`, by the compiled program of `root`, in a process of its own. */
export function thecalProcess(
  args: readonly string[],
  { cwd = ROOT, root = ROOT, env = {}, input }: From & { root?: string; env?: NodeJS.ProcessEnv } = {},
): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, MAIN), ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
    encoding: 'utf8',
    maxBuffer: 200_000_000,
    ...(input === undefined ? {} : { input }),
  });
  return { code: status, out: stdout, err: stderr };
}

let warm: Warm | undefined;

/**
 * What `thecalProcess` returns, from a program that is loaded already; an environment or a root of its own takes a
 * process of its own. That both are the same, command by command, is tested in `alone.long.test.ts`.
 */
export function thecal(
  args: readonly string[],
  { root, env, ...from }: From & { root?: string; env?: NodeJS.ProcessEnv } = {},
): Ended {
  if (root !== undefined || env !== undefined)
    return thecalProcess(args, { ...from, ...(root && { root }), ...(env && { env }) });
  warm ??= new Warm(ROOT);
  return warm.do(args, from.cwd ?? ROOT, from.input ?? '');
}

/** A folder that is gone when the test is over. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'thecal-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A file in a folder of its own; its path. */
export function file(text: string | Uint8Array, name = 'story.yaml'): string {
  const path = join(folder(), name);
  writeFileSync(path, text);
  return path;
}

/** A copy of the compiled program, with these shipped scenarios; its root. */
export function copied(scenarios: readonly string[], root = folder()): string {
  // Half of its files hold types, which nothing runs.
  cpSync(join(ROOT, 'dist'), join(root, 'dist'), { recursive: true, filter: (path) => !path.endsWith('.d.ts') });
  for (const name of scenarios) cpSync(join(ROOT, 'scenarios', name), join(root, 'scenarios', name));
  cpSync(join(ROOT, 'package.json'), join(root, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  return root;
}

/** A copy of the compiled program in which one line has been changed. Throws unless `find` stands there once. */
export function sabotaged(source: string, find: string, replace: string, root = folder()): string {
  copied(readdirSync(join(ROOT, 'scenarios')), root);
  const path = join(root, 'dist', source);
  const text = readFileSync(path, 'utf8');
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${source} holds ${times} times: ${find}`);
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  return root;
}
