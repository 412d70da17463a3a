import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './cli.ts';
import { node, tool } from './inner-vitest.ts';

/** Every block of TypeScript in the README, by what it imports. */
export function examples(imported: string): string[] {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  return blocks.filter((code) => code.includes(`from '${imported}'`));
}

/** The scenario that the README lets a test author write. */
export function firstScenario(): string {
  const [, text = ''] =
    /`my-first\.yaml`:\n\n```yaml\n(.*?)^```$/ms.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
  return text;
}

/** How modules are resolved, as the compiler calls it. */
type Resolution = readonly [module: string, moduleResolution: string];
export const BY_NODE: Resolution = ['NodeNext', 'NodeNext'];
export const BY_BUNDLER: Resolution = ['ESNext', 'bundler'];

/** What the compiler says to the files of a project, under a way of resolving modules; '' where nothing. */
export function compile(app: string, [module, moduleResolution]: Resolution): string {
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023'],
    types: ['node'],
    module,
    moduleResolution,
    strict: true,
    skipLibCheck: false,
    outDir: 'compiled',
  };
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const { out, err } = node([tool('typescript'), '-p', app], app);
  return out + err;
}
