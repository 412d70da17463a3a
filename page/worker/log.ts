import { ALARM_WORDS, type LogLine, REFUSED_WORDS } from '../../workbench/index.ts';
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

/** The details of a record for people: no codes, no "no", and a wait without its seconds. */
export const plainDetails = (details: string): string =>
  details
    .replaceAll(/\b\w+: false(, )?/g, '')
    .replaceAll(/(\d(?:h|min)) [\d.]+s\b/g, '$1')
    .replaceAll(/\b[a-z]+[A-Z]\w*/g, (code) => {
      const words = code in ALARM_WORDS ? undefined : REFUSED_WORDS[code];
      return words ?? code.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    })
    .replace(/, $/, '');

/** The log for people: newest first. */
export const logShown = (log: readonly LogLine[]): readonly LogShown[] =>
  log
    .map(({ kind, details, ...line }) => ({ ...line, details: plainDetails(details), isUnusual: !ORDINARY.has(kind) }))
    .toReversed();
