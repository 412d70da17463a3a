import { expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { everyPath, walk } from './walked-paths.ts';

test.each(EXECUTOR_NAMES)('every path of the model is walked by a pump on the %s executor', (executor) => {
  const paths = everyPath();
  for (const path of paths) walk(path, executor);
  expect(paths.length).toBeGreaterThan(100);
});
