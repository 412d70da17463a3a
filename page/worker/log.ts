import type { LogLine } from '../../workbench/index.ts';
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

export const logShown = (log: readonly LogLine[]): readonly LogShown[] =>
  log.map(({ kind, ...line }) => ({ ...line, isUnusual: !ORDINARY.has(kind) }));
