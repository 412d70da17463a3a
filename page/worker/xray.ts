import {
  ALARM_WORDS,
  CONDITIONS,
  chainsIn,
  chainText,
  concentration,
  DRUGS,
  type DrugName,
  type Json,
  level,
  mass,
  rate,
  recordText,
  type Session,
  SIGNS,
  type Sign,
  type Status,
  type TraceRecord,
  volume,
} from '../../workbench/index.ts';
import type { RecordLine, XrayName, XrayRow } from './protocol.ts';

/** As fine as a syringe or a level is ever read. */
const DECIMALS = 3;

/** Local date and time, to the minute. */
const clockText = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
const MOTOR: Readonly<Record<Status['motor'], string>> = {
  turning: 'turning',
  noRotation: 'no rotation seen',
  stalled: 'stall declared',
};
/** What it is, and how it looks: "opioid withdrawal: sweats, shivers, cramps; cannot keep still". */
const signText = (sign: Sign): string =>
  `${sign.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}: ${SIGNS[sign].says}`;
const listed = (words: readonly string[]): string => (words.length === 0 ? '–' : words.join('; '));

/** A row; it parts where both sides are said and differ. */
function row(what: XrayName, believed: string | undefined, actual: string | undefined, drug?: string): XrayRow {
  return { what, drug, believed, actual, parts: believed !== undefined && actual !== undefined && believed !== actual };
}

/** What the pump believes beside what is true. */
export function xrayOf(sim: Session['sim']): readonly XrayRow[] {
  const [belief, truth] = [sim.belief(), sim.truth()];
  const prescribed = belief.prescription?.drugs ?? [];
  const drugs = DRUGS.filter(
    (name) => name in truth.drugs || [...prescribed, ...(truth.solution ?? [])].some((drug) => drug.name === name),
  );
  return [
    row('clock', belief.wall === null ? '–' : clockText(belief.wall), clockText(sim.localTime)),
    row('reservoir', volume.format(belief.volume, DECIMALS), volume.format(truth.reservoir, DECIMALS)),
    row('rate', rate.format(belief.rate, DECIMALS), rate.format(truth.flow, DECIMALS)),
    row('motor', MOTOR[belief.motor], undefined),
    ...drugs.flatMap((name) => ofDrug(name, sim)),
    row(
      'conditions',
      listed(belief.conditions.map(({ code }) => CONDITIONS[code].text)),
      listed(truth.conditions.map((code) => CONDITIONS[code].text)),
    ),
    row('alarms', listed(belief.alarms.map(({ code }) => ALARM_WORDS[code])), undefined),
    row('signs', undefined, listed(truth.signs.map(signText))),
  ];
}

function ofDrug(name: DrugName, sim: Session['sim']): XrayRow[] {
  const [{ prescription }, truth] = [sim.belief(), sim.truth()];
  const [told, held] = [prescription?.drugs, truth.solution].map((list) => list?.find((each) => each.name === name));
  const body = truth.drugs[name];
  const strength = (drug: typeof told) => (drug === undefined ? undefined : concentration.format(drug.concentration));
  const none = concentration.format(concentration.of(0));
  return [
    row('strength', strength(told) ?? none, strength(held) ?? none, name),
    ...(body === undefined
      ? []
      : [
          row('line', undefined, mass.format(body.line, DECIMALS), name),
          row('csf', undefined, level.format(body.csf, DECIMALS), name),
          row('usual', undefined, level.format(body.usual, DECIMALS), name),
          row('pocket', undefined, mass.format(body.pocket, DECIMALS), name),
          row('blood', undefined, mass.format(body.blood, DECIMALS), name),
        ]),
  ];
}

/** The last records, of all kinds or frames alone. */
export function lastRecords(
  records: readonly TraceRecord[],
  only: 'all' | 'frames',
  most: number,
): readonly RecordLine[] {
  const last: TraceRecord[] = [];
  for (let i = records.length - 1; i >= 0 && last.length < most; i--) {
    const record = records[i];
    if (record !== undefined && (only === 'all' || record.layer === 'link')) last.unshift(record);
  }
  return last.map((record) => lineOf(record));
}

const hasFields = (data: Json): data is { readonly [key: string]: Json } =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

function frameOf({ layer, kind, data }: TraceRecord): RecordLine['frame'] {
  if (layer !== 'link' || kind !== 'frame' || !hasFields(data)) return undefined;
  const { from, to, name, answer, payload, bytes } = data;
  return {
    from: `${from}`,
    to: `${to}`,
    name: `${name ?? '?'}`,
    answer: answer === true,
    payload: payload === undefined ? '' : JSON.stringify(payload),
    bytes: `${bytes}`,
  };
}

const lineOf = (record: TraceRecord, text = recordText(record)): RecordLine => ({
  n: record.n,
  text,
  frame: frameOf(record),
});

/** What led to a record, a line each; nothing where there is none of that number. */
export function chainTo(records: readonly TraceRecord[], n: number): readonly RecordLine[] {
  const record = records.find((each) => each.n === n);
  if (record === undefined) return [];
  const chain = chainsIn(records)(record);
  return chainText(chain).map((line) => {
    const text = line.replace(/^[\s→]+/u, '');
    const own = chain.find((each) => text.startsWith(`#${each.n} `));
    return own === undefined ? { n: 0, text, frame: undefined } : lineOf(own, text);
  });
}
