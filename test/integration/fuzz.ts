import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './cli.ts';

/** Runs the fuzz of the protocol in a process of its own. */
export const fuzz = (...args: readonly string[]) => {
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'test/fuzz/protocol.mjs'), ...args], {
    encoding: 'utf8',
  });
  return { code: status, out: stdout };
};
