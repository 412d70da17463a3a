import { describe, expect, test } from 'vitest';
import { bench, mL, prescribe, running } from '../harness.ts';
import { implantedPump } from './bare-pump.ts';
import { DAY, HOUR, prescriptionOf } from './prescriptions.ts';

const edges = (made: ReturnType<typeof bench>) => [
  ...made.logged('alarmRaised').map(({ at, ...data }) => ['raised', at, data]),
  ...made.logged('alarmCleared').map(({ at, ...data }) => ['cleared', at, data]),
];

describe('each alarm is one record when it is raised and one when it clears', () => {
  test('low reservoir: raised at the threshold, cleared by a refill', () => {
    const made = running();
    made.advance('45d');
    expect(made.sim.belief().alarms).toEqual([{ code: 'lowReservoir', since: 45 * DAY }]);
    made.advance('2d');
    made.clinician({ type: 'interrogate' });
    made.clinician({ type: 'endSession' });
    expect(edges(made)).toEqual([['raised', 45 * DAY, { code: 'lowReservoir' }]]);
    made.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
    expect(edges(made)).toEqual([
      ['raised', 45 * DAY, { code: 'lowReservoir' }],
      ['cleared', 47 * DAY, { code: 'lowReservoir' }],
    ]);
    expect(made.sim.belief().alarms).toEqual([]);
  });

  test('low reservoir: cleared by a threshold prescribed lower', () => {
    const made = running();
    made.advance('46d');
    made.clinician(prescribe({ lowReservoir: '1 mL' }));
    expect(edges(made)).toEqual([
      ['raised', 45 * DAY, { code: 'lowReservoir' }],
      ['cleared', 46 * DAY, { code: 'lowReservoir' }],
    ]);
  });

  test('empty reservoir: joins the low one, both cleared by a refill', () => {
    const made = running();
    made.advance('60d');
    expect(made.sim.belief().alarms.map(({ code }) => code)).toEqual(['lowReservoir', 'emptyReservoir']);
    made.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
    expect(edges(made)).toEqual([
      ['raised', 45 * DAY, { code: 'lowReservoir' }],
      ['raised', 50 * DAY, { code: 'emptyReservoir' }],
      ['cleared', 60 * DAY, { code: 'lowReservoir' }],
      ['cleared', 60 * DAY, { code: 'emptyReservoir' }],
    ]);
  });

  test('empty reservoir: a refill that is only low clears it and leaves the low alarm standing', () => {
    const made = running();
    made.advance('60d');
    made.clinician({ type: 'refill', aspirated: null, volume: mL('1') });
    expect(made.sim.belief().alarms).toEqual([{ code: 'lowReservoir', since: 45 * DAY }]);
    expect(made.logged('alarmCleared')).toEqual([{ at: 60 * DAY, code: 'emptyReservoir' }]);
  });

  test('stopped pump: raised after 48 h, cleared by delivery', () => {
    const made = running();
    made.clinician({ type: 'stop' });
    made.advance('5d');
    made.clinician({ type: 'resume' });
    expect(edges(made)).toEqual([
      ['raised', 48 * HOUR, { code: 'stoppedPump' }],
      ['cleared', 120 * HOUR, { code: 'stoppedPump' }],
    ]);
  });
});

test('without a prescription an empty reservoir alarms nobody', () => {
  const made = bench();
  made.clinician({ type: 'refill', aspirated: null, volume: mL('0') });
  expect(made.sim.belief()).toMatchObject({ reservoir: 'empty', alarms: [] });
  made.clinician({ type: 'implant' });
  made.advance('1h');
  expect(made.sim.belief()).toMatchObject({ reservoir: 'empty', alarms: [] });
});

test('a pump prescribed for without ever having been filled alarms from that instant', () => {
  const made = bench();
  made.clinician({ type: 'implant' });
  made.advance('1h');
  made.clinician(
    prescribe({ drug: 'baclofen', concentration: '500 mcg/mL', basal: '200 mcg/day', lowReservoir: '2 mL' }),
  );
  expect(made.sim.belief().reservoir).toBe('empty');
  expect(made.sim.belief().alarms).toEqual([
    { code: 'lowReservoir', since: HOUR },
    { code: 'emptyReservoir', since: HOUR },
  ]);
});

test('a refused command leaves every alarm as it is', () => {
  const { pump, clinician } = implantedPump();
  clinician.prescribe(prescriptionOf());
  clinician.do('closeSession');
  pump.pass('46d');
  const before = pump.status().alarms;
  const again = pump.open('clinician');
  expect(again.enter('20.001 mL')).toHaveProperty('refused');
  expect(pump.status().alarms).toEqual(before);
  expect(pump.logged('alarmRaised')).toHaveLength(1);
  expect(pump.logged('alarmCleared')).toEqual([]);
});
