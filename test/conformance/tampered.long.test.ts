import { describe, expect, test } from 'vitest';
import { answer, type Change, dropped, log, more, moved, swapped, tampered, to, value } from './tampered.ts';

const HOUR = 3_600_000;
const CASES: readonly (readonly [what: string, scenario: string, change: Change, where: string])[] = [
  // Rates and when they are commanded.
  ['a rate is one unit off', 'daylight-saving', more({ kind: 'rate', t: 10 * HOUR }, 'rate'), 'rate.rate'],
  [
    'a step comes 1 ms late',
    'daylight-saving',
    moved({ kind: 'rate', t: 10 * HOUR }, 1, { kind: 'event', t: 10 * HOUR + 1 }),
    'rate',
  ],
  [
    'a step comes 1 ms early',
    'daylight-saving',
    moved({ kind: 'rate', t: 10 * HOUR }, -1, { kind: 'rate', t: 10 * HOUR - 1 }),
    'rate',
  ],
  [
    'a mode has another name',
    'minimum-rate-weekend',
    value({ kind: 'rate', data: { rate: 6000 } }, 'infusion', to('basal')),
    'rate.infusion',
  ],
  [
    'a rate is not told',
    'daylight-saving',
    dropped({ kind: 'rate', t: 10 * HOUR }, { kind: 'flow', t: 10 * HOUR }),
    'flow.flow',
  ],
  // Volumes.
  [
    'the calculated volume is one unit off',
    'low-reservoir-and-refill',
    more({ kind: 'ledger', data: { commanded: '0' } }, 'volume'),
    'ledger.volume',
  ],
  [
    'what was commanded is one unit off',
    'patient-boluses',
    more({ kind: 'ledger', t: 120_000 }, 'commanded'),
    'ledger.commanded',
  ],
  [
    'a status tells one unit more',
    'low-then-empty',
    more(answer('interrogate', { 'payload.record': 1 }), 'payload.volume'),
    'answer.payload.volume',
  ],
  [
    'a refill expected one unit less',
    'wrong-volume-typed',
    more(log('reservoirEntered', { 'data.expected': 691_200_000_000_000 }), 'data.expected', -1),
    'log.data.expected',
  ],
  [
    'one unit more was taken off after the time was lost',
    'reset-without-the-time',
    more({ kind: 'ledger', t: 9_000_000 }, 'adjusted', -1),
    'ledger.adjusted',
  ],
  [
    'one unit more flowed out',
    'silent-over-infusion',
    more({ kind: 'flow', data: { flow: 460_000 } }, 'ledger.delivered'),
    'flow.ledger.delivered',
  ],
  [
    'a biased flow is one unit off',
    'silent-over-infusion',
    more({ kind: 'flow', data: { flow: 460_000 } }, 'flow'),
    'flow.flow',
  ],
  [
    'the reservoir runs dry 1 ms late',
    'silent-over-infusion',
    moved({ kind: 'ranDry' }, 1, { kind: 'ranDry' }),
    'plant',
  ],
  ['a syringe reads one unit more', 'wrong-volume-typed', more({ kind: 'aspirated' }, 'reading'), 'plant.data.reading'],
  [
    'a rinse leaves another fluid',
    'taper-to-saline',
    more({ kind: 'aspirated', data: { volume: 432_000_000_000_000 } }, 'ledger.aspirated'),
    'plant.data.ledger.aspirated',
  ],
  [
    'other fluid is injected than was taken',
    'mixture-of-three',
    more({ kind: 'injected' }, 'solution.1.concentration'),
    'plant.data.solution[1].concentration',
  ],
  // Boluses.
  [
    'a grant comes 1 ms early',
    'patient-bolus-limits',
    moved({ kind: 'patient', t: 2 * HOUR }, -1, { ...answer('authenticate'), t: 2 * HOUR - 1 }),
    'answer.payload.now',
  ],
  ['a bolus ends 1 ms late', 'patient-boluses', moved(log('bolusEnded'), 1, { kind: 'event', t: 120_001 }), 'log'],
  ['a bolus is granted for longer', 'patient-boluses', more(log('bolusGranted'), 'data.ends'), 'log.data.ends'],
  [
    'a bolus cut short gave one unit more',
    'minimum-rate-weekend',
    more(log('bolusEnded', { 'data.why': 'minimumRate' }), 'data.delivered'),
    'log.data.delivered',
  ],
  [
    'a denial has another reason',
    'patient-bolus-limits',
    value(log('bolusDenied', { 'data.code': 'doseLimit' }), 'data.code', to('lockedOut')),
    'log.data.code',
  ],
  [
    'a denial leaves out a reason',
    'patient-bolus-limits',
    value(log('bolusDenied', { 'data.code': 'countUsed' }), 'data.also', () => []),
    'log.data.also',
  ],
  [
    'the dose limit lets a bolus through 1 ms early',
    'patient-bolus-limits',
    more(answer('refusal', { 'payload.code': 'doseLimit' }), 'payload.until', -1),
    'answer.payload.until',
  ],
  [
    'the look-ahead of the dose limit is 1 ms off',
    'patient-bolus-limits',
    more(log('bolusDenied', { 'data.until': 115_051_261 }), 'data.until'),
    'log.data.until',
  ],
  [
    'an override clears at another time',
    'patient-bolus-limits',
    more(log('limitOverridden'), 'data.clearsAt'),
    'log.data.clearsAt',
  ],
  [
    'a lockout shown ends 1 ms early',
    'lockout-reprogrammed',
    more(answer('interrogate', { 'payload.patientControl': 'lockedOut' }), 'payload.nextBolus', -1),
    'answer.payload.nextBolus',
  ],
  [
    'a count is one less',
    'patient-bolus-limits',
    more(answer('interrogate', { 'payload.granted': 8 }), 'payload.bolusesGiven', -1),
    'answer.payload.bolusesGiven',
  ],
  [
    'a total of denials is one more',
    'patient-bolus-limits',
    more(answer('interrogate', { 'payload.denied': 4 }), 'payload.denied'),
    'answer.payload.denied',
  ],
  [
    'a lockout is not restarted after the time was lost',
    'reset-without-the-time',
    more(log('bolusDenied'), 'data.until', -1),
    'log.data.until',
  ],
  [
    'a periodic bolus starts 1 ms late',
    'periodic-and-patient-boluses',
    moved(log('periodicStarted'), 1, { kind: 'event', t: 4 * HOUR + 1 }),
    'log',
  ],
  [
    'a skipped periodic bolus is said to be started',
    'periodic-and-patient-boluses',
    value(log('periodicSkipped'), 'kind', to('periodicStarted')),
    'log.kind',
  ],
  [
    'a periodic bolus ended by an update gave something',
    'interval-in-minutes',
    more(log('periodicEnded', { 'data.why': 'update' }), 'data.delivered'),
    'log.data.delivered',
  ],
  // Alarms.
  [
    'an alarm is 1 ms late',
    'low-then-empty',
    moved(log('alarmRaised', { 'data.code': 'lowReservoir' }), 1, { kind: 'event', t: 1_728_000_001 }),
    'log',
  ],
  ['an alarm is 1 ms early', 'low-then-empty', moved(log('alarmRaised'), -1, log('alarmRaised')), 'log'],
  [
    'a stopped pump alarms 1 ms late',
    'left-stopped',
    moved(log('alarmRaised'), 1, { kind: 'event', t: 120 * HOUR + 1 }),
    'log',
  ],
  [
    'a handset alarms of another reservoir than it was told of',
    'low-by-the-handset',
    value({ kind: 'alarmRaised' }, 'code', to('emptyReservoir')),
    'handset.data.code',
  ],
  [
    'a handset does not alarm',
    'low-by-the-handset',
    dropped({ kind: 'alarmRaised' }, { kind: 'frame', t: 360_600_000 }),
    'handset',
  ],
  [
    'a handset does not see that the reservoir is full',
    'low-by-the-handset',
    dropped({ kind: 'alarmCleared' }),
    'handset',
  ],
  [
    'an alarm is not cleared',
    'low-then-empty',
    dropped(log('alarmCleared', { 'data.code': 'lowReservoir' })),
    'log.number',
  ],
  [
    'a status tells an alarm of another time',
    'left-stopped',
    more({ kind: 'frame', t: 144 * HOUR, data: { name: 'interrogate', answer: true } }, 'payload.alarms.0.since'),
    'answer.payload.alarms[0].since',
  ],
  // Log and history.
  ['a log record is missing', 'left-stopped', dropped(log('bolusDenied')), 'log.number'],
  [
    'two log records have changed places',
    'minimum-rate-weekend',
    swapped(log('bolusEnded', { 'data.why': 'minimumRate' })),
    'log',
  ],
  ['a log record is of another time', 'reset-without-the-time', more(log('reset'), 'at'), 'log.at'],
  [
    'a prescription in the history is not what was sent',
    'dose-change',
    more({ kind: 'history', data: { number: 2 } }, 'prescription.program.rate'),
    'history.prescription.program.rate',
  ],
  [
    'a change is left out of the history',
    'dose-change',
    value({ kind: 'history', data: { number: 2 } }, 'changed', () => []),
    'history.changed',
  ],
  [
    'the history is not chained',
    'dose-change',
    value({ kind: 'history', data: { number: 2 } }, 'previous', to('0'.repeat(32))),
    'history.previous',
  ],
  [
    'the history reads other than it was written',
    'dose-change',
    more(answer('readHistory'), 'payload.entries.0.at'),
    'answer.payload',
  ],
  [
    'a command carried out is told as one that never arrived',
    'crash-over-a-refill',
    value(answer('recall', { 'payload.became': 'answered' }), 'payload.became', to('neverArrived')),
    'answer.payload.became',
  ],
  [
    'the answer to a command is told one unit off where it is asked for again',
    'crash-over-a-refill',
    // 15.2 mL expected, in units of volume.
    value(answer('recall', { 'payload.became': 'answered' }), 'payload.answer.payload', (hex) =>
      `${hex}`.replace('0004aa6bdfcfc200', '0004aa6bdfcfc201'),
    ),
    'answer.payload.answer.payload',
  ],
  [
    'a refill shows what the one before expected',
    'crash-over-a-refill',
    value({ kind: 'screen', t: 1_900_800_500, data: { act: 'refill' } }, 'fields.refillExpected', to('16 mL')),
    'screen.refillExpected',
  ],
  // Prescriptions refused, updates, clocks.
  [
    'a refusal tells a duration that does not fit',
    'bupivacaine-bolus-too-fast',
    more(answer('refusal'), 'payload.shortest', -60_000),
    'answer.payload',
  ],
  [
    'a prescription is refused for another reason',
    'dose-change',
    value(log('commandRefused'), 'data.code', to('basalAboveMaximum')),
    'log.data',
  ],
  [
    'an interrupted update is told as a stop',
    'interrupted-update',
    value(log('deliveryStopped'), 'data.why', to('clinician')),
    'log.data.why',
  ],
  [
    'a session is lost 1 ms early',
    'interrupted-update',
    moved(log('updateInterrupted'), -1, { kind: 'rate', t: 864_899_999 }),
    'rate',
  ],
  [
    'a skipped step is not counted',
    'clock-across-a-step',
    more(log('clockSet'), 'data.skipped', -1),
    'log.data.skipped',
  ],
  [
    'a clock is 1 ms off',
    'travel-on-a-schedule',
    more(answer('interrogate', { 'payload.record': 1 }), 'payload.wall'),
    'answer.payload.wall',
  ],
  [
    'what was given since the last visit is one unit off',
    'titration-at-home',
    more(answer('interrogate', { 'payload.record': 2 }), 'payload.sinceSession.commanded'),
    'answer.payload.sinceSession.commanded',
  ],
  // Screens.
  [
    'a dose is shown wrong',
    'mixture-of-three',
    value({ kind: 'screen', data: { act: 'prescribe' } }, 'fields.dailyDose', to('8.1 mg/day')),
    'screen.dailyDose',
  ],
  [
    'the dose of a second drug is shown wrong',
    'mixture-of-three',
    value({ kind: 'screen', data: { act: 'prescribe' } }, 'fields.dailyDose2', to('1 mg/day')),
    'screen.dailyDose2',
  ],
  [
    'the dose with all boluses is shown wrong',
    'flex-day-and-weekend',
    value({ kind: 'screen', data: { act: 'prescribe' } }, 'fields.dailyDoseAllBoluses', to('265 mcg/day')),
    'screen.dailyDoseAllBoluses',
  ],
  [
    'a mean dose is shown wrong',
    'clock-across-a-step',
    value({ kind: 'screen', t: 23 * HOUR, data: { act: 'setClock' } }, 'fields.meanDose', to('260.871 mcg/day')),
    'screen.meanDose',
  ],
  [
    'a low-reservoir date is a day late',
    'periodic-and-patient-boluses',
    value({ kind: 'screen', data: { act: 'prescribe' } }, 'fields.lowReservoirDate', to('2027-01-21')),
    'screen.lowReservoirDate',
  ],
];

describe('a trace that is not what the rules lead to is caught at the record', () => {
  test.each(CASES)('%s (%s)', (_, scenario, change, where) => {
    const { seenAt, found } = tampered(scenario, change);
    expect(found[0]).toMatchObject({ n: seenAt, what: where });
  });

  test('a mismatch says scenario, record, time, what was expected and what was there', () => {
    const { found } = tampered(
      'low-then-empty',
      more(answer('interrogate', { 'payload.record': 1 }), 'payload.volume'),
    );
    expect(found).toEqual([
      {
        scenario: 'low-then-empty',
        n: 65,
        t: 0,
        what: 'answer.payload.volume',
        expected: '864000000000000',
        got: '864000000000001',
      },
    ]);
  });
});
