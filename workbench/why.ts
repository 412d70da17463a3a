import { type InfusionState, type Program, proportion, rate as rates } from '../shared/index.ts';
import { Answers } from './answers.ts';
import { type Fields, fieldsIn, fieldsOf } from './fields.ts';
import { Exchanges } from './link/asked-again.ts';
import { pathFaults } from './path-faults.ts';
import type { TraceRecord } from './trace.ts';

/** One thing that stands at an instant, and the records that led to it, first cause first. */
export interface Standing {
  readonly what: string;
  readonly chain: readonly TraceRecord[];
}

/**
 * Why things stand as they do at an instant: the commanded rate, the prescription and the local time that basal is
 * by where no command has led to it, each alarm that is active, a reservoir that ran dry and the fault that made another flow than the commanded, what is
 * wrong with the catheter, and the last refusal if it is of this instant.
 * Empty where nothing had happened yet.
 */
export function whyAt(records: readonly TraceRecord[], at: number): Standing[] {
  const past = records.filter(({ t }) => t <= at);
  const chainTo = chainsIn(past);
  const standing = (what: string, record: TraceRecord | undefined): Standing[] =>
    record === undefined ? [] : [{ what, chain: chainTo(record) }];

  const rate = rateSince(past);
  const dry = ranDry(past);
  const bias = dry && biasBefore(past, dry);
  const isTold = bias !== undefined && chainTo(dry ?? bias).some(({ n }) => n === bias.because);
  const refused = refusals(past).findLast(({ record }) => record.t === at);
  const ofPump = [
    ...standing(rate === undefined ? '' : commands(fieldsOf(rate)), rate),
    ...(rate === undefined ? [] : behindBasal(past, rate, chainTo)),
    ...activeAlarms(past).flatMap((record) => standing(`alarm: ${codeOf(record)}`, record)),
    ...alarmsOfHandset(past).flatMap((record) => standing(`alarm of the handset: ${fieldsOf(record)['code']}`, record)),
    ...standing('the reservoir is dry', dry),
    ...(bias === undefined || isTold ? [] : standing(`the flow was off by ${biasOf(bias)} when it ran dry`, bias)),
  ];
  const told = new Set(ofPump.flatMap(({ chain }) => chain.map(({ n }) => n)));
  return [
    ...ofPump,
    ...pathFaults(past).flatMap(({ what, record }) => (told.has(record.n) ? [] : standing(what, record))),
    ...standing(`refused: ${refused?.code}`, refused?.record),
  ];
}

/**
 * Finds the records that led to one of `records`, first cause first, itself last. A request that is asked again was
 * caused by what became of it the first time, such as the loss of its answer.
 */
export function chainsIn(records: readonly TraceRecord[]): (record: TraceRecord) => readonly TraceRecord[] {
  const byNumber = new Map(records.map((record) => [record.n, record]));
  const exchanges = new Exchanges();
  const firstTime = new Map<number, TraceRecord>();
  for (const record of records) {
    const again = exchanges.take(record);
    if (again?.is === 'request' && again.before.first !== undefined) firstTime.set(record.n, again.before.first);
  }
  return (record) => {
    const chain: TraceRecord[] = [];
    const seen = new Set<number>();
    let cause: TraceRecord | undefined = record;
    while (cause !== undefined && !seen.has(cause.n)) {
      chain.unshift(cause);
      seen.add(cause.n);
      cause = firstTime.get(cause.n) ?? (cause.because === undefined ? undefined : byNumber.get(cause.because));
    }
    return chain;
  };
}

const commands = (told: Fields): string =>
  `the pump commands ${rates.format(rates.of(Number(told['rate'])))} (${told['infusion']})`;

const isOf = (layer: TraceRecord['layer'], kind: string) => (record: TraceRecord) =>
  record.layer === layer && record.kind === kind;
const isRate = isOf('firmware', 'rate');

/** The record since which the rate has been what it is: one that says the same again has changed nothing. */
function rateSince(past: readonly TraceRecord[]): TraceRecord | undefined {
  const anew = past.findLastIndex(isOf('plant', 'replaced'));
  const rates = past.slice(anew + 1).filter(isRate);
  const last = rates.at(-1);
  const other = rates.findLastIndex((record) => last !== undefined && saysOfRate(record) !== saysOfRate(last));
  return rates[other + 1];
}

const saysOfRate = (record: TraceRecord): string => commands(fieldsOf(record));

const BASAL: InfusionState = 'basal';
/** Programs whose rate is by the local time. */
const BY_LOCAL_TIME: readonly unknown[] = ['daily', 'dated'] satisfies Program['type'][];

/** What the basal rate is by, beside what led to the rate: the prescription, and what last decided its step. */
function behindBasal(
  past: readonly TraceRecord[],
  rate: TraceRecord,
  chainTo: (record: TraceRecord) => readonly TraceRecord[],
): Standing[] {
  const committed = past.findLast(isOf('firmware', 'history'));
  if (committed === undefined || fieldsOf(rate)['infusion'] !== BASAL) return [];
  const told = new Set(chainTo(rate).map(({ n }) => n));
  // What is already in the chain of the rate, by itself or by what it was the record of, is not said again.
  const untold = (what: string, record: TraceRecord | undefined): Standing[] =>
    record === undefined || told.has(record.n) || told.has(record.because ?? 0)
      ? []
      : [{ what, chain: chainTo(record) }];
  const { program } = fieldsIn(fieldsOf(committed)['prescription']);
  const decided = past.findLast((record) => record.n > committed.n && decidesStep(record));
  return [
    ...untold(`basal is by prescription ${fieldsOf(committed)['number']}`, committed),
    ...untold(
      decided !== undefined && timeLost(decided)
        ? 'basal is what is held without the local time'
        : 'basal is by the step of that local time',
      BY_LOCAL_TIME.includes(fieldsIn(program)['type']) ? decided : undefined,
    ),
  ];
}

const timeLost = (record: TraceRecord): boolean =>
  logKind(record) === 'reset' && fieldsIn(fieldsOf(record)['data'])['timeLost'] === true;

/** Whether a step began here, or another local time. */
const decidesStep = (record: TraceRecord): boolean =>
  isOf('firmware', 'event')(record)
    ? fieldsOf(record)['type'] === 'SCHEDULE_STEP' || fieldsOf(record)['type'] === 'CLOCK_SET'
    : timeLost(record);

const logKind = (record: TraceRecord): unknown =>
  record.layer === 'firmware' && record.kind === 'log' ? fieldsOf(record)['kind'] : undefined;
const codeOf = (record: TraceRecord): unknown => fieldsIn(fieldsOf(record)['data'])['code'];

/** The record of a reservoir that ran dry and has had nothing injected since. */
function ranDry(past: readonly TraceRecord[]): TraceRecord | undefined {
  const isFluid = ({ layer, kind }: TraceRecord) =>
    layer === 'plant' && (kind === 'ranDry' || kind === 'injected' || kind === 'replaced');
  const last = past.findLast(isFluid);
  return last?.kind === 'ranDry' ? last : undefined;
}

const biasOf = (record: TraceRecord): string => {
  const by = proportion.of(Number(fieldsOf(record)['by']));
  return `${by > 0 ? '+' : ''}${proportion.format(by)}`;
};

/** The fault that made another flow than the commanded when something happened. */
function biasBefore(past: readonly TraceRecord[], { n }: TraceRecord): TraceRecord | undefined {
  const last = past.findLast(
    (record) =>
      record.n < n &&
      record.layer === 'plant' &&
      (record.kind === 'replaced' || (record.kind === 'fault' && fieldsOf(record)['type'] === 'flowBias')),
  );
  return last?.kind === 'fault' && fieldsOf(last)['by'] !== 0 ? last : undefined;
}

/** Every refusal and who wrote it down: the log of the pump, the bedside, or the programmer and the handset themselves. */
function refusals(past: readonly TraceRecord[]): { readonly code: unknown; readonly record: TraceRecord }[] {
  const answers = new Answers();
  return past.flatMap((record) => {
    const { refused, by } = fieldsIn(answers.take(record));
    if (logKind(record) === 'bolusDenied' || logKind(record) === 'commandRefused')
      return [{ code: codeOf(record), record }];
    if (record.layer === 'act' && record.kind === 'refused') return [{ code: fieldsOf(record)['refused'], record }];
    // What the pump refuses stands in its own log.
    return refused === undefined || by === 'pump' ? [] : [{ code: refused, record }];
  });
}

type Of = (record: TraceRecord) => unknown;

/** The records that raised the alarms which nothing has cleared since: of which kind one is, and of which alarm. */
function stillRaised(past: readonly TraceRecord[], kindOf: Of, alarmOf: Of): TraceRecord[] {
  const active = new Map<unknown, TraceRecord>();
  for (const record of past) {
    if (kindOf(record) === 'alarmRaised') active.set(alarmOf(record), record);
    if (kindOf(record) === 'alarmCleared') active.delete(alarmOf(record));
  }
  return [...active.values()];
}

const activeAlarms = (past: readonly TraceRecord[]): TraceRecord[] => stillRaised(past, logKind, codeOf);

/** Those the handset raises itself. */
const alarmsOfHandset = (past: readonly TraceRecord[]): TraceRecord[] =>
  stillRaised(
    past,
    ({ layer, kind }) => (layer === 'programmer' ? kind : undefined),
    (record) => fieldsOf(record)['code'],
  );
