import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, ROOT } from './cli.ts';

/** The environment without what npm and the vitest around a test have put there. */
export function cleanEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VITEST|VITE_|TEST$|DEV$|PROD$|MODE$|NODE_ENV$|FORCE_COLOR$)/.test(name),
  );
  return { ...Object.fromEntries(kept), NO_COLOR: '1' };
}

/** Runs a program of Node in `cwd`. */
export function node(args: readonly string[], cwd: string): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args], {
    cwd,
    env: cleanEnv(),
    encoding: 'utf8',
    maxBuffer: 200_000_000,
  });
  return { code: status, out: stdout, err: stderr };
}

/** The program that a package of this project brings, the first one where it brings several. */
export function tool(name: string): string {
  const folder = join(ROOT, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Readonly<Record<string, string>>;
  };
  const [path = ''] = typeof bin === 'string' ? [bin] : Object.values(bin);
  return join(folder, path);
}

/** Runs this project's vitest on the tests of another folder. */
export function innerVitest(root: string): Ended {
  return node([tool('vitest'), 'run', '--root', root, '--reporter', 'verbose'], root);
}
