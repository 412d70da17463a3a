import { describe, expect, test } from 'vitest';
import { answer, type Change, dropped, later, log, more, moved, tampered, to, value } from './tampered.ts';

const MIN = 60_000;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;

/** In `battery-gives-out`: when elective replacement is indicated, when it is silenced, and when service ends. */
const ERI = 30 * DAY;
const VISIT = ERI + 20 * MIN;
const END = 120 * DAY;
/** The lockout of the last bolus, granted 5 min before the end, is over. */
const UNLOCKED = END - 5 * MIN + 6 * HOUR;
/** In `left-stopped`: when the silence of the stopped-pump alarm is over. */
const LOUD = 6 * DAY + 5 * MIN;

const at = (t: number) => ({ ...answer('interrogate'), t });
const eri = { code: 'eri', since: ERI };
const endOfService = { code: 'endOfService', since: END };

const CASES: readonly (readonly [what: string, scenario: string, change: Change, where: string])[] = [
  // Service life.
  [
    'elective replacement is indicated 1 ms late',
    'battery-gives-out',
    later(log('alarmRaised', { 'data.code': 'eri' }), 1),
    'log',
  ],
  [
    'elective replacement raises no alarm',
    'battery-gives-out',
    dropped(log('alarmRaised', { 'data.code': 'eri' }), { kind: 'clinician', t: VISIT }),
    'log',
  ],
  [
    'elective replacement is withdrawn',
    'battery-gives-out',
    value(answer('interrogate', { 'payload.service': 'endOfService' }), 'payload.alarms', () => [endOfService]),
    'answer.payload.alarms',
  ],
  [
    'a status tells no elective replacement',
    'battery-gives-out',
    value(at(VISIT), 'payload.service', to('inService')),
    'answer.payload.service',
  ],
  [
    'service ends 1 ms early',
    'battery-gives-out',
    moved(log('deliveryStopped'), -1, { kind: 'rate', t: END - 1 }),
    'rate',
  ],
  [
    'service ends 1 ms late',
    'battery-gives-out',
    moved(log('deliveryStopped'), 1, { kind: 'event', t: END + 1 }),
    'log',
  ],
  [
    'the end of service is told as a stop',
    'battery-gives-out',
    value(log('deliveryStopped'), 'data.why', to('clinician')),
    'log.data.why',
  ],
  [
    'a bolus that the end of service cut short is told complete',
    'battery-gives-out',
    value(log('bolusEnded', { 'data.why': 'endOfService' }), 'data.why', to('complete')),
    'log.data.why',
  ],
  [
    'the end of service raises no alarm',
    'battery-gives-out',
    dropped(log('alarmRaised', { 'data.code': 'endOfService' }), { kind: 'event', t: UNLOCKED }),
    'log',
  ],
  [
    'a stopped-pump alarm comes after the end of service',
    'battery-gives-out',
    value(at(END + 3 * DAY), 'payload.alarms', () => [
      { code: 'stoppedPump', since: END + 2 * DAY },
      eri,
      endOfService,
    ]),
    'answer.payload.alarms',
  ],
  [
    'a command after the end of service is refused for another reason',
    'battery-gives-out',
    value(log('commandRefused', { 'data.command': 'resume' }), 'data.code', to('alreadyRunning')),
    'log.data.code',
  ],
  [
    'a request after the end of service is denied for another reason',
    'battery-gives-out',
    value(log('bolusDenied'), 'data.code', to('stopped')),
    'log.data.code',
  ],
  [
    'the age limit leaves out a leap day',
    'battery-gives-out',
    more(answer('interrogate', { 'payload.service': 'inService' }), 'payload.replaceBy', -DAY),
    'answer.payload.replaceBy',
  ],
  [
    'the date to replace the pump by is 1 ms off',
    'battery-gives-out',
    more(at(VISIT), 'payload.replaceBy'),
    'answer.payload.replaceBy',
  ],
  [
    'the date to replace the pump by is shown a day late',
    'battery-gives-out',
    value({ kind: 'screen', t: VISIT }, 'fields.replaceBy', to('2026-05-06')),
    'screen.replaceBy',
  ],
  // Tones.
  [
    'a non-critical tone is off by one interval',
    'battery-gives-out',
    more(at(VISIT), 'payload.nextTone.at', HOUR),
    'answer.payload.nextTone.at',
  ],
  [
    'a critical tone is off by one interval',
    'left-stopped',
    more(at(6 * DAY), 'payload.nextTone.at', 10 * MIN),
    'answer.payload.nextTone.at',
  ],
  [
    'a critical tone does not mask another',
    'battery-gives-out',
    value(at(END + 3 * DAY), 'payload.nextTone.class', to('non-critical')),
    'answer.payload.nextTone.class',
  ],
  [
    'an alarm goes on in its old time after its silence',
    'left-stopped',
    more(at(LOUD), 'payload.nextTone.at', 5 * MIN),
    'answer.payload.nextTone.at',
  ],
  [
    'a pump with an alarm does not sound',
    'left-stopped',
    value(at(6 * DAY), 'payload.nextTone', () => null),
    'answer.payload.nextTone',
  ],
  // Silences.
  ['an alarm is silenced 1 ms longer', 'left-stopped', more(log('alarmSilenced'), 'data.until'), 'log.data.until'],
  ['a silence does not end', 'left-stopped', dropped(log('silenceEnded')), 'log.number'],
  [
    'a silence does not end with its session',
    'battery-gives-out',
    dropped(log('silenceEnded'), { kind: 'patient', t: END - 5 * MIN }),
    'log',
  ],
  ['a silence ends 1 ms late', 'left-stopped', moved(log('silenceEnded'), 1, { kind: 'event', t: LOUD + 1 }), 'log'],
  [
    'a status tells of a silence that is over',
    'left-stopped',
    value(at(LOUD), 'payload.silenced', () => [{ code: 'stoppedPump', until: LOUD }]),
    'answer.payload.silenced',
  ],
  [
    'an alarm may be silenced again 1 ms later',
    'left-stopped',
    more(answer('refusal', { 'payload.code': 'alreadySilenced' }), 'payload.until', 1),
    'answer.payload.until',
  ],
  [
    'an alarm that allows no silence is refused one for another reason',
    'battery-gives-out',
    value(log('commandRefused', { 'data.code': 'notSilenceable' }), 'data.code', to('alreadySilenced')),
    'log.data.code',
  ],
  [
    'a session begins without telling of the alarms',
    'left-stopped',
    value({ ...answer('authenticate'), t: 6 * DAY }, 'payload.alarms', () => []),
    'answer.payload.alarms',
  ],
  // A history that has dropped nothing.
  [
    'a history that is whole is anchored',
    'dose-change',
    value(answer('readHistory'), 'payload.anchor', () => ({ number: 1, digest: '0'.repeat(32) })),
    'answer.payload',
  ],
];

describe('a life, a tone or a silence that is not what the rules lead to is caught at the record', () => {
  test.each(CASES)('%s (%s)', (_, scenario, change, where) => {
    const { seenAt, found } = tampered(scenario, change);
    expect(found[0]).toMatchObject({ n: seenAt, what: where });
  });
});
