import {
  ALARM_WORDS,
  BOLUS_END_WORDS,
  CONDITIONS,
  DISCREPANCY_REASONS,
  type LogLine,
  REFUSED_WORDS,
  STOP_REASONS,
} from '../../workbench/index.ts';
import type { LogShown } from './protocol.ts';

/** What a pump writes down of a life in which nothing goes wrong. Anything else is out of the ordinary, new kinds too. */
const ORDINARY: ReadonlySet<LogLine['kind']> = new Set<LogLine['kind']>([
  'powerOn',
  'implanted',
  'sessionOpened',
  'sessionClosed',
  'reservoirEntered',
  'updateStarted',
  'prescriptionCommitted',
  'deliveryStarted',
  'bolusGranted',
  'bolusEnded',
  'zeroStep',
  'periodicStarted',
  'periodicEnded',
  'clinicianBolusStarted',
  'clinicianBolusEnded',
  'openingStarted',
  'openingEnded',
  'alarmIntervalSet',
  'alarmTested',
  'limitAsked',
  'limitConfirmed',
]);

type Words = Readonly<Record<string, string>>;

const textsOf = (coded: Readonly<Record<string, { readonly text: string }>>): Words =>
  Object.fromEntries(Object.entries(coded).map(([code, { text }]) => [code, text]));

/** An alarm by its name alone: what to do about it is said where it is active. */
const ALARM_NAMES: Words = Object.fromEntries(
  Object.entries(ALARM_WORDS).map(([code, words]) => [code, words.split(':')[0] ?? words]),
);
const CONDITION_WORDS = textsOf(CONDITIONS);

/** What the codes of a detail mean, by its name, where that does not depend on the record. */
const CODES: Readonly<Record<string, Words>> = {
  also: REFUSED_WORDS,
  conditions: CONDITION_WORDS,
  condition: CONDITION_WORDS,
  reason: textsOf(DISCREPANCY_REASONS),
};

function codesOf(kind: LogLine['kind'], name: string): Words | undefined {
  if (name === 'why') return kind === 'deliveryStopped' ? STOP_REASONS : BOLUS_END_WORDS;
  if (name === 'code') return kind === 'bolusDenied' || kind === 'commandRefused' ? REFUSED_WORDS : ALARM_NAMES;
  return CODES[name];
}

const spaced = (code: string): string => code.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** What people write themselves: no code is looked for in it. */
const WRITTEN: ReadonlySet<string> = new Set(['note', 'library']);

function plainText(kind: LogLine['kind'], name: string, text: string): string {
  if (WRITTEN.has(name)) return text;
  const codes = codesOf(kind, name);
  // Of several codes there is one list.
  if (codes !== undefined)
    return text
      .split(' ')
      .map((code) => codes[code] ?? spaced(code))
      .join('; ');
  if (text === 'true') return 'yes';
  return text.replaceAll(/(\d(?:h|min)) [\d.]+s\b/g, '$1').replaceAll(/\b[a-z]+[A-Z]\w*/g, spaced);
}

/** The details of a record for people: no codes, no "no", and a wait without its seconds. */
export const plainDetails = ({ kind, details }: Pick<LogLine, 'kind' | 'details'>): LogShown['details'] =>
  details.flatMap(([name, text]) => (text === 'false' ? [] : [[name, plainText(kind, name, text)] as const]));

/** The log for people: newest first. */
export const logShown = (log: readonly LogLine[]): readonly LogShown[] =>
  log
    .map(({ number, date, text, ...line }) => ({
      number,
      date,
      text,
      details: plainDetails(line),
      isUnusual: !ORDINARY.has(line.kind),
    }))
    .toReversed();
