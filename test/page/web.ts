import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { MAIN, ROOT } from '../integration/cli.ts';

/** `thecal web` on a free port, and where it says its page is. */
export async function web() {
  const child = spawn(process.execPath, [join(ROOT, MAIN), 'web', '--port', '0']);
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
  return { child, ended, url: /^page (http:\/\/127\.0\.0\.1:\d+\/)$/.exec(`${line}`)?.[1] ?? '' };
}
