import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Ended, ROOT } from './cli.ts';
import { cleanEnv } from './inner-vitest.ts';

/** The package, packed and installed in a project that holds nothing else. */
export interface Installed {
  readonly tarball: string;
  /** Paths in the tarball. */
  readonly files: readonly string[];
  /** The project's folder. */
  readonly app: string;
  npx(args: readonly string[]): Ended;
  /** Another project that also has this project's vitest. */
  withVitest(): string;
  remove(): void;
}

/** Packs what `npm run build` has left, and installs it with nothing but its own dependencies, without a network. */
export function install(): Installed {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'thecal-pack-')));
  const npm = offline('npm', join(folder, 'cache'));
  const npx = offline('npx', join(folder, 'cache'));
  const listed = npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], ROOT).out;
  const [pack] = JSON.parse(listed) as { filename: string; files: { path: string }[] }[];
  if (pack === undefined) throw new Error(`npm pack lists no package: ${listed}`);
  const tarball = join(folder, pack.filename);
  const app = join(folder, 'app');
  copyDependencies(join(app, 'node_modules'));
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }));
  const { code, err } = npm(['install', '--no-audit', '--no-fund', tarball], app);
  if (code !== 0) throw new Error(`npm install fails: ${err}`);
  // Its types stand in any project that runs on Node; the package does not bring them.
  mkdirSync(join(app, 'node_modules/@types'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules/@types/node'), join(app, 'node_modules/@types/node'));
  return {
    tarball,
    files: pack.files.map(({ path }) => path),
    app,
    npx: (args) => npx(args, app),
    withVitest: () => {
      const other = join(folder, 'with-vitest');
      cpSync(join(app, 'node_modules'), join(other, 'node_modules'), { recursive: true, verbatimSymlinks: true });
      cpSync(join(app, 'package.json'), join(other, 'package.json'));
      symlinkSync(join(ROOT, 'node_modules/vitest'), join(other, 'node_modules/vitest'));
      return other;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A command of npm, with no network and an empty cache: what is not beside the package is not found at all. */
function offline(command: 'npm' | 'npx', cache: string): (args: readonly string[], cwd: string) => Ended {
  return (args, cwd) => {
    const env = { ...cleanEnv(), npm_config_cache: cache, npm_config_offline: 'true' };
    const { status, stdout, stderr } = spawnSync(command, [...args], { cwd, env, encoding: 'utf8' });
    return { code: status, out: stdout, err: stderr };
  };
}

/** Copies what package.json names as dependencies, and what those depend on in turn, from this project. */
function copyDependencies(to: string): void {
  const from = join(ROOT, 'node_modules');
  const taken = new Set<string>();
  const take = (manifest: string): void => {
    const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies?: object };
    for (const name of Object.keys(dependencies)) {
      if (taken.has(name)) continue;
      taken.add(name);
      cpSync(join(from, name), join(to, name), { recursive: true });
      take(join(from, name, 'package.json'));
    }
  };
  take(join(ROOT, 'package.json'));
  // Without their commands npm takes them for half installed.
  mkdirSync(join(to, '.bin'));
  for (const name of readdirSync(join(from, '.bin'))) {
    const link = readlinkSync(join(from, '.bin', name));
    if (existsSync(join(to, '.bin', dirname(link)))) symlinkSync(link, join(to, '.bin', name));
  }
}
