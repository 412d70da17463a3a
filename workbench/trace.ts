import type { Clock, Json, Layer, Witness } from '../shared/index.ts';
import type { WrittenProfile } from './profile/written.ts';

/** One line of a trace. `because` is the number of the record that caused it. */
export interface TraceRecord {
  readonly n: number;
  readonly t: number;
  readonly layer: Layer;
  readonly kind: string;
  readonly because?: number;
  readonly data: Json;
}

export type TraceSink = (record: TraceRecord) => void;

/** The format of a trace and what made it: its first line. */
export interface TraceHeader {
  readonly trace: 'thecal.trace/1';
  readonly thecal: string;
  readonly scenario: string;
  readonly profile: string;
  /** The data sheet of a device that is not shipped, as a profile file; a shipped one is known by its name. */
  readonly sheet?: WrittenProfile;
  /** The drug library of its programmer where it is not the shipped one: as a file, with its digest; or none. */
  readonly library?: 'none' | { readonly digest: string; readonly file: Json };
  readonly seed: number;
  readonly executor: string;
  /** Faults added to the scenario from outside, as written; left out where there are none. */
  readonly added?: readonly string[];
}

/** One run of a trace file. */
export interface TracedRun {
  readonly header: TraceHeader;
  readonly records: readonly TraceRecord[];
}

/** Numbers what parts tell, with the time and the cause. */
export class Tracer implements Witness {
  readonly #clock: Clock;
  readonly #sinks: { readonly sink: TraceSink; readonly kinds: ReadonlySet<string> | undefined }[] = [];
  /** Kinds that somebody hears; all of them where somebody named none. */
  #heard: ReadonlySet<string> | 'all' = new Set();
  #last = 0;
  #cause = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get cause(): number {
    return this.#cause;
  }

  hears(kind: string): boolean {
    return this.#heard === 'all' || this.#heard.has(kind);
  }

  /** The number of the last record. */
  get last(): number {
    return this.#last;
  }

  /** Tells records of some kinds, or all; which others there are changes neither their numbers nor anything else. */
  onRecord(sink: TraceSink, kinds?: readonly string[]): void {
    this.#sinks.push({ sink, kinds: kinds === undefined ? undefined : new Set(kinds) });
    this.#heard = kinds === undefined || this.#heard === 'all' ? 'all' : new Set([...this.#heard, ...kinds]);
  }

  tell(layer: Layer, kind: string, data: Json): number {
    this.#last += 1;
    if (!this.hears(kind)) return this.#last;
    const [n, t, because] = [this.#last, this.#clock.now, this.#cause];
    const record: TraceRecord = because === 0 ? { n, t, layer, kind, data } : { n, t, layer, kind, because, data };
    for (const { sink, kinds } of this.#sinks) if (kinds === undefined || kinds.has(kind)) sink(record);
    return this.#last;
  }

  because<T>(cause: number, work: () => T): T {
    const before = this.#cause;
    this.#cause = cause;
    try {
      return work();
    } finally {
      this.#cause = before;
    }
  }

  /** Goes on numbering where a snapshot left off. */
  resumeAt(last: number): void {
    this.#last = last;
  }
}
