import type { Json } from '../../shared/index.ts';
import { at, numberAt, textAt } from './json.ts';

/** The first line of a run. */
export interface Header {
  readonly scenario: string;
  readonly profile: string;
  /** The data sheet of a device that is not shipped; null of one that is. */
  readonly sheet: Json;
}

/** One line of a trace, `thecal.trace/1`. */
export interface Entry {
  readonly n: number;
  readonly t: number;
  readonly layer: string;
  readonly kind: string;
  /** The record that caused it; 0 where none did. */
  readonly because: number;
  readonly data: Json;
}

/** Reads a line of NDJSON. Throws SyntaxError or TypeError where it is no line of a trace. */
export function readLine(line: string): Header | Entry {
  const json: Json = JSON.parse(line);
  if (at(json, 'trace') !== undefined) {
    if (at(json, 'trace') !== 'thecal.trace/1') throw new TypeError('expected a trace of format thecal.trace/1');
    return { scenario: textAt(json, 'scenario'), profile: textAt(json, 'profile'), sheet: at(json, 'sheet') ?? null };
  }
  const because = at(json, 'because');
  return {
    n: numberAt(json, 'n'),
    t: numberAt(json, 't'),
    layer: textAt(json, 'layer'),
    kind: textAt(json, 'kind'),
    because: typeof because === 'number' ? because : 0,
    data: at(json, 'data') ?? null,
  };
}
