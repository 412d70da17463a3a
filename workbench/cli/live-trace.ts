import { closeSync, openSync, writeSync } from 'node:fs';
import type { DeviceProfile } from '../../shared/index.ts';
import type { TraceHeader, TraceSink } from '../index.ts';
import { Unusable } from './exit.ts';
import { version } from './files.ts';

/** A trace that is written line by line as things happen, so that it is there however the process ends. */
interface LiveTrace {
  readonly sink: TraceSink;
  close(): void;
}

/**
 * Begins a trace in a new file, never over another; `before` is the number of the last record of earlier starts of
 * this pump. A file holds one start: its records are numbered from 1, and a cause in an earlier start is left out.
 * Throws Unusable, also where a line cannot be written.
 */
export function liveTrace(
  path: string,
  { name: profile }: DeviceProfile,
  { serial, executor, before }: { readonly serial: string; readonly executor: string; readonly before: number },
): LiveTrace {
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new Unusable(`${path}: cannot be written: ${error instanceof Error ? error.message : error}`);
    }
  };
  const file = attempt(() => openSync(path, 'wx', 0o600));
  const write = (line: TraceHeader | Parameters<TraceSink>[0]) =>
    void attempt(() => writeSync(file, `${JSON.stringify(line)}\n`));
  write({ trace: 'thecal.trace/1', thecal: version(), scenario: serial, profile, seed: 0, executor });
  return {
    sink: ({ n, because, ...rest }) => {
      const { t, layer, kind, data } = rest;
      const cause = because === undefined || because <= before ? {} : { because: because - before };
      write({ n: n - before, t, layer, kind, ...cause, data });
    },
    close: () => closeSync(file),
  };
}
