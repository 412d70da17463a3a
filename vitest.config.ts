import { defineConfig } from 'vitest/config';

/** `long` holds the runs of `npm run test:ci`; everything else is the everyday run. */
export default defineConfig({
  test: {
    // Many tests wait for a process of their own: every core counts, also the one that vitest would keep free.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'everyday',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.long.test.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'long', include: ['test/**/*.long.test.ts'], testTimeout: 1_800_000 } },
    ],
  },
});
