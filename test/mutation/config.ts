import { defineConfig } from 'vitest/config';

/** The tests that tell one rule of the firmware from another: those of `npm run mutation`. */
export default defineConfig({
  test: {
    include: ['test/firmware/*.test.ts', 'test/requirements/*.test.ts', 'test/mutation/*.mutation.ts'],
    exclude: [
      '**/*.long.test.ts',
      // Whole lives and images, and every frame of all sizes, at length: each mutant would wait for them. And a page.
      'test/firmware/{banks,deferred-image,differential,frame-sizes,model}.test.ts',
      'test/requirements/{complete,link-bugs}.test.ts',
    ],
    // No module keeps anything between two pumps: loaded anew for each test file, a mutant would take four times as long.
    isolate: false,
    testTimeout: 60_000,
  },
});
