import { formatDuration, span } from '../shared/index.ts';
import type { TracedRun, TraceHeader, TraceRecord } from './trace.ts';
import { chainsIn } from './why.ts';

/** One field in which two values differ; undefined on the side that does not have it. */
export interface FieldDifference {
  /** `time`, `layer`, `kind`, `because`, or a path into the data such as `data.ledger.reservoir`. */
  readonly path: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

/** One side of a difference: its record, undefined where the trace has ended, and what led to it. */
export interface Side {
  readonly record: TraceRecord | undefined;
  readonly chain: readonly TraceRecord[];
}

export interface TraceDifference {
  /** The last record that is the same in both; undefined where the first differs. */
  readonly lastEqual: TraceRecord | undefined;
  readonly a: Side;
  readonly b: Side;
  /** Empty where one trace has ended. */
  readonly fields: readonly FieldDifference[];
}

/** The first record in which two runs differ; undefined where they are the same. Headers are not looked at. */
export function firstDifference(a: TracedRun, b: TracedRun): TraceDifference | undefined {
  const most = Math.max(a.records.length, b.records.length);
  for (let i = 0; i < most; i++) {
    const [one, other] = [a.records[i], b.records[i]];
    const fields = one === undefined || other === undefined ? [] : [...recordDifferences(one, other)];
    if (one !== undefined && other !== undefined && fields.length === 0) continue;
    return { lastEqual: a.records[i - 1], a: side(a, one), b: side(b, other), fields };
  }
  return undefined;
}

/** What two headers say differently. */
export function headerDifferences(a: TraceHeader, b: TraceHeader): FieldDifference[] {
  return [...differences(a, b, '')];
}

const side = ({ records }: TracedRun, record: TraceRecord | undefined): Side => ({
  record,
  chain: record === undefined ? [] : chainsIn(records)(record),
});

function* recordDifferences(a: TraceRecord, b: TraceRecord): Generator<FieldDifference> {
  if (a.n !== b.n) yield { path: 'number', a: `${a.n}`, b: `${b.n}` };
  if (a.t !== b.t) yield { path: 'time', a: formatDuration(span(a.t)), b: formatDuration(span(b.t)) };
  if (a.layer !== b.layer) yield { path: 'layer', a: a.layer, b: b.layer };
  if (a.kind !== b.kind) yield { path: 'kind', a: a.kind, b: b.kind };
  if (a.because !== b.because) yield { path: 'because', a: cause(a), b: cause(b) };
  yield* differences(a.data, b.data, 'data');
}

const cause = ({ because }: TraceRecord) => (because === undefined ? undefined : `#${because}`);

type Table = { readonly [key: string]: unknown };
const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null;

/** Every leaf in which two JSON values differ, in the order written. Without recursion: a trace may be nested deep. */
function* differences(a: unknown, b: unknown, path: string): Generator<FieldDifference> {
  const open: { readonly a: unknown; readonly b: unknown; readonly path: string }[] = [{ a, b, path }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { a: one, b: other, path: here } = next;
    if (isTable(one) && isTable(other) && Array.isArray(one) === Array.isArray(other)) {
      const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
      const below = (key: string) => (here === '' ? key : `${here}.${key}`);
      for (const key of keys.reverse()) open.push({ a: own(one, key), b: own(other, key), path: below(key) });
    } else if (one !== other) yield { path: here, ...written(one, other) };
  }
}

const own = (table: Table, key: string): unknown => (Object.hasOwn(table, key) ? table[key] : undefined);

/** Longest value that is shown whole, and how much of a longer one before the place where the two part. */
const MOST_SHOWN = 72;
const BEFORE = 12;

/** Two values as JSON, long ones cut to where they part. */
function written(a: unknown, b: unknown): Pick<FieldDifference, 'a' | 'b'> {
  const [one, other] = [jsonOf(a), jsonOf(b)];
  if (Math.max(one?.length ?? 0, other?.length ?? 0) <= MOST_SHOWN) return { a: one, b: other };
  let part = 0;
  while (part < (one?.length ?? 0) && one?.[part] === other?.[part]) part++;
  const from = Math.max(0, part - BEFORE);
  const cut = (text: string | undefined) =>
    text === undefined
      ? undefined
      : `${from > 0 ? '…' : ''}${text.slice(from, from + MOST_SHOWN)}${text.length > from + MOST_SHOWN ? '…' : ''}`;
  return { a: cut(one), b: cut(other) };
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // Nested past what can be written.
    return '…';
  }
}
