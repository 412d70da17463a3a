import { rate as rates } from '../shared/index.ts';
import type { TraceRecord } from './trace.ts';

/** One thing that stands at an instant, and the records that led to it, first cause first. */
export interface Standing {
  readonly what: string;
  readonly chain: readonly TraceRecord[];
}

type Fields = { readonly [key: string]: unknown };
const fieldsOf = ({ data }: TraceRecord): Fields => data as Fields;

/**
 * Why things stand as they do at an instant: the commanded rate, each alarm that is active, a reservoir that
 * ran dry, and the last refusal if it is of this instant. Empty where nothing had happened yet.
 */
export function whyAt(records: readonly TraceRecord[], at: number): Standing[] {
  const past = records.filter(({ t }) => t <= at);
  const chainTo = chainsIn(past);
  const standing = (what: string, record: TraceRecord | undefined): Standing[] =>
    record === undefined ? [] : [{ what, chain: chainTo(record) }];

  const rate = past.findLast(({ layer, kind }) => layer === 'firmware' && kind === 'rate');
  const fluid = past.findLast(({ layer, kind }) => layer === 'plant' && kind !== 'fault');
  const refused = past.findLast((record) => record.t === at && isRefusal(record));
  return [
    ...standing(rate === undefined ? '' : commands(fieldsOf(rate)), rate),
    ...activeAlarms(past).flatMap((record) => standing(`alarm: ${codeOf(record)}`, record)),
    ...(fluid?.kind === 'ranDry' ? standing('the reservoir is dry', fluid) : []),
    ...standing(refused === undefined ? '' : `refused: ${codeOf(refused)}`, refused),
  ];
}

/** Finds the records that led to one of `records`, first cause first, itself last. */
export function chainsIn(records: readonly TraceRecord[]): (record: TraceRecord) => readonly TraceRecord[] {
  const byNumber = new Map(records.map((record) => [record.n, record]));
  return (record) => {
    const chain: TraceRecord[] = [];
    const seen = new Set<number>();
    let cause: TraceRecord | undefined = record;
    while (cause !== undefined && !seen.has(cause.n)) {
      chain.unshift(cause);
      seen.add(cause.n);
      cause = cause.because === undefined ? undefined : byNumber.get(cause.because);
    }
    return chain;
  };
}

const commands = (told: Fields): string =>
  `the pump commands ${rates.format(rates.of(Number(told['rate'])))} (${told['infusion']})`;

const logKind = (record: TraceRecord): unknown =>
  record.layer === 'firmware' && record.kind === 'log' ? fieldsOf(record)['kind'] : undefined;
const codeOf = (record: TraceRecord): unknown => (fieldsOf(record)['data'] as Fields | undefined)?.['code'];
const isRefusal = (record: TraceRecord): boolean =>
  logKind(record) === 'bolusDenied' || logKind(record) === 'commandRefused';

/** The records that raised the alarms which nothing has cleared since. */
function activeAlarms(past: readonly TraceRecord[]): TraceRecord[] {
  const active = new Map<unknown, TraceRecord>();
  for (const record of past) {
    if (logKind(record) === 'alarmRaised') active.set(codeOf(record), record);
    if (logKind(record) === 'alarmCleared') active.delete(codeOf(record));
  }
  return [...active.values()];
}
