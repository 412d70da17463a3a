import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Ended, folder, ROOT, thecal, thecalProcess } from './cli.ts';

/** A short scenario. */
export const STOPPED = join(ROOT, 'scenarios/left-stopped.yaml');

/** Commands do in a process of their own what they do in that of the tests; TRACE stands for a trace of STOPPED. */
export function aloneTheSame(commands: readonly (readonly string[])[]): void {
  test.each(commands)('a process of its own does the same: thecal %s', (...words) => {
    const trace = join(folder(), 'trace.ndjson');
    if (words.includes('TRACE')) thecal(['run', STOPPED, '--trace', trace]);
    const args = words.map((word) => (word === 'TRACE' ? trace : word));
    const input = 'interrogate\nstop\nadvance 1d\ntoast\n';
    // What a run takes is another time each time.
    const timeless = ({ code, out, err }: Ended) => ({ code, out: out.replaceAll(/\d+ ms|in [\d.]+ s/g, ''), err });
    const own = thecalProcess(args, { input });
    expect(own.out.length + own.err.length).toBeGreaterThan(10);
    expect(timeless(thecal(args, { input }))).toEqual(timeless(own));
  });
}
