import { defineConfig } from 'vitest/config';

/** The tests that tell one rule of the firmware from another: those of `npm run mutation`. */
export default defineConfig({
  test: {
    include: ['test/firmware/*.test.ts', 'test/requirements/*.test.ts'],
    exclude: [
      '**/*.long.test.ts',
      // Whole charts, lives, images and frames, at length: each mutant would wait for them. And a page.
      'test/firmware/{differential,dose-limit,limit-search,model,transitions*,observed,program,validator}.test.ts',
      'test/firmware/{banks,deferred-image,frame-sizes,image,event-log,history,radio*,rejected-frames,authentication}.test.ts',
      'test/requirements/{complete,link-bugs,link-and-log,reservoir-bugs}.test.ts',
    ],
    testTimeout: 60_000,
  },
});
