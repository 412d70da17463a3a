import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from './cli.ts';
import { BY_BUNDLER, BY_NODE, compile, examples, firstScenario } from './examples.ts';
import { innerVitest, node, tool } from './inner-vitest.ts';
import { type Installed, install } from './installed.ts';

let packed: Installed;
beforeAll(() => {
  packed = install();
});
afterAll(() => packed.remove());

describe('the package as it is packed', () => {
  test('holds what users need and nothing else', () => {
    const unexpected = packed.files.filter(
      (file) =>
        !/^(dist\/.+\.(js|d\.ts)|dist\/page\/(index\.html|icon\.svg|manifest\.webmanifest|service-worker\.js|assets\/[\w-]+\.(js|css))|docs\/screens\/finish\.png|scenarios\/.+\.yaml|cases\/.+\.yaml|campaigns\/.+\.yaml|docs\/.+\.(md|json)|[A-Z]+(\.md)?|package\.json)$/.test(
          file,
        ),
    );
    expect(unexpected).toEqual([]);
    // A page without its style would be all in one column.
    expect(packed.files.filter((file) => /^dist\/page\/.+\.css$/.test(file))).toHaveLength(1);
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const linked = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, target = '']) => target);
    expect(linked.length).toBeGreaterThan(3);
    expect(packed.files).toEqual(expect.arrayContaining(linked));
    for (const folder of ['scenarios', 'cases', 'campaigns'])
      for (const name of readdirSync(join(ROOT, folder))) expect(packed.files).toContain(`${folder}/${name}`);
  });

  test('was compiled from sources that are there: `npm run build` leaves nothing behind', () => {
    const sources = packed.files
      // The page is bundled: its parts have names of their own.
      .filter((file) => file.endsWith('.js') && !file.startsWith('dist/page/'))
      .map((file) => file.replace(/^dist\/(.*)\.js$/, '$1.ts'));
    expect(sources.length).toBeGreaterThan(100);
    for (const source of sources) expect(() => readFileSync(join(ROOT, source)), source).not.toThrow();
  });

  test('satisfies publint', () => {
    expect(node([tool('publint'), 'run', '--strict', packed.tarball], ROOT)).toMatchObject({ code: 0 });
  });
});

describe('in an empty project it', () => {
  const evaluate = (script: string) => node(['--input-type=module', '-e', script], packed.app);

  test.each([
    'thecal',
    'thecal/schema.json',
    'thecal/profile.schema.json',
    'thecal/drug-library.schema.json',
    'thecal/campaign.schema.json',
    'thecal/campaigns/late-clinic.yaml',
    'thecal/scenarios/left-stopped.yaml',
    'thecal/package.json',
  ])('exports %s, with no vitest there', (name) => {
    const script = `import { readFileSync } from 'node:fs';
        readFileSync(new URL(import.meta.resolve('${name}')));
        ${name === 'thecal' ? "await import('thecal');" : ''}`;
    expect(evaluate(script)).toEqual({ code: 0, out: '', err: '' });
  });

  test('keeps everything else to itself', () => {
    const { err } = evaluate(`import 'thecal/dist/shared/index.js'`);
    expect(err).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  test('compiles, however modules are resolved, and runs the example that the README gives engineers', () => {
    const [code = '', another] = examples('thecal');
    expect(another).toBeUndefined();
    writeFileSync(join(packed.app, 'engineer.ts'), code);
    for (const resolution of [BY_BUNDLER, BY_NODE]) expect(compile(packed.app, resolution)).toBe('');
    const said = [...code.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment]) => `${comment}\n`);
    expect(said.length).toBeGreaterThan(1);
    expect(node(['compiled/engineer.js'], packed.app)).toEqual({ code: 0, out: said.join(''), err: '' });
  });

  test('runs a shipped scenario, and the one that the README gives test authors, by `npx thecal run`', () => {
    writeFileSync(join(packed.app, 'my-first.yaml'), firstScenario());
    const script = `process.stdout.write(fileURLToPath(import.meta.resolve('thecal/scenarios/left-stopped.yaml')))`;
    const shipped = evaluate(`import { fileURLToPath } from 'node:url'; ${script}`).out;
    const { code, out } = packed.npx(['thecal', 'run', shipped, 'my-first.yaml']);
    expect(out).toContain('2 scenarios, all as expected');
    expect(code).toBe(0);
  });

  test('says what to install where a campaign is to go over Redis, and nothing is there for that', () => {
    const { code, out, err } = packed.npx(['thecal', 'campaign', 'status', '--redis', 'redis://127.0.0.1:1']);
    const says = '--redis: needs the packages bullmq and ioredis: expected "npm install bullmq ioredis" before';
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringContaining(says) });
  });

  test('compiles, however modules are resolved, and runs the example that the README gives test authors', () => {
    const app = packed.withVitest();
    const [code = '', another] = examples('thecal/vitest');
    expect(another).toBeUndefined();
    writeFileSync(join(app, 'author.test.ts'), code);
    writeFileSync(join(app, 'my-first.yaml'), firstScenario());
    for (const resolution of [BY_BUNDLER, BY_NODE]) expect(compile(app, resolution)).toBe('');
    rmSync(join(app, 'compiled'), { recursive: true });
    const { code: exit, out } = innerVitest(app);
    expect(out).toContain('✓ author.test.ts > Morphine 5 mg/day is low on day 90 (my-first.yaml)');
    expect(out).toMatch(/Tests +2 passed \(2\)/);
    expect(exit).toBe(0);
  });
});

test('the package as it is packed has types that resolve, says @arethetypeswrong/cli', () => {
  const args = ['--profile', 'esm-only', '--format', 'ascii', '--no-definitely-typed', packed.tarball];
  const { code, out } = node([tool('@arethetypeswrong/cli'), ...args], ROOT);
  expect(out).toContain('"thecal/vitest"');
  expect(code, out).toBe(0);
});
