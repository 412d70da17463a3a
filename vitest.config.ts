import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Test files share a process, and load Thecal once in it: loading it anew for each of them would take half as long again
 * as most of them do. No module keeps anything between two pumps but the folders it holds (`directory-lock.ts`), and no
 * test replaces a module.
 */
const isolate = false;

/** Pumps that live fast leave much behind: with more room, less of it is looked through again and again. */
const execArgv = ['--max-semi-space-size=64'];

/** Those that take minutes, longest first: begun last, one of them would run on alone. */
const SLOWEST = [
  'conformance/lives.long',
  'crash/crash.long',
  'requirements/random.long',
  'noise/noise.long',
  'firmware/dose-limit.long',
  'lives/lives.long',
  'firmware/differential.long',
].map((name) => `/test/${name}.test.ts`);

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const slow = SLOWEST.flatMap((name) => sorted.filter(({ moduleId }) => moduleId.endsWith(name)));
    return [...slow, ...sorted.filter((file) => !slow.includes(file))];
  }
}

/** `long` holds the runs of `npm run test:ci`; everything else is the everyday run. */
export default defineConfig({
  test: {
    // Many tests wait for a process of their own: every core counts, also the one that vitest would keep free.
    maxWorkers: '100%',
    sequence: { sequencer: SlowestFirst },
    // `npm run coverage`: what the everyday run leaves untried of the parts that the pump is made of.
    coverage: {
      provider: 'v8',
      include: ['firmware-sim/**', 'shared/**'],
      exclude: ['test/**'],
      reporter: ['text', 'json'],
      reportsDirectory: 'coverage',
      reportOnFailure: true,
      thresholds: { branches: 98 },
    },
    projects: [
      {
        test: {
          name: 'everyday',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.long.test.ts'],
          testTimeout: 60_000,
          // What many tests share is made before them, by processes of their own.
          hookTimeout: 60_000,
          isolate,
          execArgv,
        },
      },
      {
        test: {
          name: 'long',
          include: ['test/**/*.long.test.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 60_000,
          isolate,
          execArgv,
        },
      },
    ],
  },
});
