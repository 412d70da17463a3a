import type { Json } from '../../shared/index.ts';
import { Checker, type Mismatch } from './checker.ts';
import { at, isFields, isList } from './json.ts';
import { type Entry, readLine } from './trace.ts';
import { traced } from './traced.ts';

/** A trace as read: its header line, and its records. */
interface Trace {
  readonly header: string;
  readonly entries: readonly Entry[];
}

const traces = new Map<string, Trace>();

function traceOf(scenario: string): Trace {
  const known = traces.get(scenario);
  if (known !== undefined) return known;
  const lines: string[] = [];
  traced(`${scenario}.yaml`, (line) => lines.push(line));
  const entries = lines.map(readLine).filter((line) => 'n' in line);
  const trace = { header: lines[0] ?? '', entries };
  traces.set(scenario, trace);
  return trace;
}

/** What a record must hold to be the one that is changed: its kind, and parts of its data. */
export interface Pick {
  readonly kind: string;
  readonly t?: number;
  readonly data?: Readonly<Record<string, Json>>;
}

const holds = (entry: Entry, { kind, t, data = {} }: Pick): boolean =>
  entry.kind === kind &&
  (t === undefined || entry.t === t) &&
  Object.entries(data).every(([path, value]) => at(entry.data, ...path.split('.')) === value);

export function find(entries: readonly Entry[], pick: Pick): Entry {
  const found = entries.find((entry) => holds(entry, pick));
  if (found === undefined) throw new Error(`no record is ${JSON.stringify(pick)}`);
  return found;
}

/** The log record of a kind. */
export const log = (kind: string, data: Record<string, string | number> = {}): Pick => ({
  kind: 'log',
  data: { kind, ...data },
});

/** What a pump answered. */
export const answer = (name: string, data: Record<string, string | number> = {}): Pick => ({
  kind: 'frame',
  data: { name, answer: true, ...data },
});

export const to = (other: string | number | boolean) => () => other;

export type Change = (entries: readonly Entry[]) => { readonly entries: readonly Entry[]; readonly seenAt: number };

/** The value under a path becomes another. It must have been one. */
function put(json: Json, path: readonly string[], change: (value: Json) => Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return change(json);
  if (isList(json)) return json.map((each, i) => (String(i) === key ? put(each, rest, change) : each));
  if (!isFields(json) || !(key in json)) throw new Error(`no ${key} in ${JSON.stringify(json)}`);
  return { ...json, [key]: put(json[key] ?? null, rest, change) };
}

/** One value of the record is another. */
export const value =
  (pick: Pick, path: string, change: (value: Json) => Json): Change =>
  (entries) => {
    const { n } = find(entries, pick);
    const changed = (entry: Entry) =>
      entry.n === n ? { ...entry, data: put(entry.data, path.split('.'), change) } : entry;
    return { entries: entries.map(changed), seenAt: n };
  };

/** A number is so much more, be it written as a number or as a text. */
export const more = (pick: Pick, path: string, by = 1): Change =>
  value(pick, path, (was) => (typeof was === 'string' ? `${BigInt(was) + BigInt(by)}` : Number(was) + by));

/** A record is not there. It is missed at the next of its kind, or where `seen` says. */
export const dropped =
  (pick: Pick, seen?: Pick): Change =>
  (entries) => {
    const { n, kind, layer } = find(entries, pick);
    const next = entries.find((entry) => entry.n > n && entry.kind === kind && entry.layer === layer);
    const seenAt = seen === undefined ? (next?.n ?? n) : find(entries, seen).n;
    return { entries: entries.filter((entry) => entry.n !== n), seenAt };
  };

/** The record and all it came with at that instant are earlier or later. The first that tells is `seen`. */
export const moved =
  (pick: Pick, by: number, seen: Pick): Change =>
  (entries) => {
    const { t } = find(entries, pick);
    const later = (entry: Entry): Entry => {
      if (entry.t !== t) return entry;
      const told = at(entry.data, 'at') === t ? put(entry.data, ['at'], () => t + by) : entry.data;
      return { ...entry, t: t + by, data: told };
    };
    const changed = entries.map(later);
    return { entries: changed, seenAt: find(changed, seen).n };
  };

/** The record alone is later; nothing else was told between. */
export const later =
  (pick: Pick, by: number): Change =>
  (entries) => {
    const { n } = find(entries, pick);
    const late = (entry: Entry): Entry =>
      entry.n === n ? { ...entry, t: entry.t + by, data: put(entry.data, ['at'], () => entry.t + by) } : entry;
    return { entries: entries.map(late), seenAt: n };
  };

/** The record stands where the next of its kind stood, and that one in its place. */
export const swapped =
  (pick: Pick): Change =>
  (entries) => {
    const first = find(entries, pick);
    const second = entries.find((entry) => entry.n > first.n && entry.kind === first.kind);
    if (second === undefined) throw new Error('nothing to change places with');
    const numbered = (entry: Entry, like: Entry): Entry => ({
      ...entry,
      data: put(entry.data, ['number'], () => at(like.data, 'number') ?? null),
    });
    const changed = entries.map((entry) => {
      if (entry.n === first.n) return { ...numbered(second, first), n: first.n };
      return entry.n === second.n ? { ...numbered(first, second), n: second.n } : entry;
    });
    return { entries: changed, seenAt: first.n };
  };

/** What the checker says of a shipped scenario's trace once it was changed, and the record at which it must say so. */
export function tampered(
  scenario: string,
  change: Change,
): { readonly seenAt: number; readonly found: readonly Mismatch[] } {
  const { header, entries } = traceOf(scenario);
  const { entries: changed, seenAt } = change(entries);
  const checker = new Checker();
  checker.line(header);
  for (const entry of changed) checker.line(JSON.stringify(entry));
  checker.finish();
  return { seenAt, found: checker.mismatches };
}
