import { describe, expect, test } from 'vitest';
import { volume } from '../../shared/index.ts';
import { mL, prescribe, profileOf, running, singleBolus } from '../harness.ts';

test('the dosing report prints what the pump said, by section', () => {
  const { sim, clinician, advance } = running();
  advance('42d 12h');
  clinician({ type: 'refill', aspirated: volume.parse('3 mL'), volume: mL('20') });
  advance('5min');
  expect(sim.report()).toBe(
    [
      'DOSING REPORT',
      'Printed 2026-02-16 20:05. A simulated pump: not for the care of a patient.',
      '',
      'Pump',
      '  Serial number                           THECAL-0001',
      '  Model                                   synchromed-ii-like-20',
      '  Delivery                                basal delivery',
      '  Clock of the pump                       2026-02-16 20:00',
      '  Rate now                                0.4 mL/day',
      '  Prescription number                     1',
      '  Replace by                              2033-01-05',
      '  Conditions in the log                   not read: a stall that is over is known from it alone',
      '',
      'Prescription',
      '  Drug                                    baclofen',
      '  Concentration                           500 mcg/mL',
      '  Daily dose                              200 mcg/day',
      '  Daily volume                            0.4 mL',
      '  Program                                 constant, 200 mcg/day',
      '  Highest basal rate                      0.4 mL/day',
      '  Daily dose ceiling                      200 mcg/day',
      '  Most in any 24 h                        200 mcg/day',
      '  Commanded a day since the last session  200 mcg/day',
      '',
      'Reservoir',
      '  Expected before the refill              3 mL',
      '  Aspirated                               3 mL',
      '  Difference: aspirated minus expected    +0 mL',
      '  Difference, of the volume programmed    +0 %',
      '  It means                                as expected',
      '  Entered after the refill                20 mL',
      '  Refill by                               2026-04-02',
      '  Because                                 the reservoir is low, with all allotted boluses',
      '  Expected reservoir volume               20 mL',
      '  Low-reservoir threshold                 2 mL',
      '  Low-reservoir date, no bolus            2026-04-02',
      '',
      'Refills: aspirated minus expected',
      '  when              expected    aspirated   difference            reason',
      '  2026-02-16 20:00  3 mL        3 mL        +0 mL (+0 %)',
      '',
    ].join('\n'),
  );
});

test('a report says whether the log was read, and of one that was what it has of conditions', () => {
  const { sim, clinician } = running();
  const logged = () => sim.report()?.match(/ {2}Conditions in the log +(.*)/)?.[1];
  clinician({ type: 'interrogate' });
  expect(logged()).toBe('not read: a stall that is over is known from it alone');
  clinician({ type: 'readLog' });
  expect(logged()).toBe('none');
});

test('a report has its patient control where there is one, and its warnings on top', () => {
  const { sim, clinician, press, advance } = running(
    {},
    { bolus: { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 } },
  );
  press();
  press();
  clinician({ type: 'stop' });
  advance('1h');
  clinician({ type: 'interrogate' });
  const lines = sim.report()?.split('\n') ?? [];
  expect(lines[2]).toBe('! THE PUMP IS STOPPED since 2026-01-05 08:00: stopped by a clinician');
  const from = lines.indexOf('Patient control');
  expect(lines.slice(from + 1, from + 8)).toEqual([
    '  Patient bolus                           10 mcg',
    '  Patient bolus volume                    0.02 mL',
    '  Bolus duration                          2min',
    '  Lockout                                 4h',
    '  Boluses in 24 h                         4',
    '  Requests granted                        1',
    '  Requests denied                         1',
  ]);
});

describe('the report tells what is left of', () => {
  const section = (made: ReturnType<typeof running>, title: string) => {
    const lines = made.sim.report()?.split('\n') ?? [];
    const from = lines.indexOf(title) + 1;
    return from === 0 ? [] : lines.slice(from, lines.indexOf('', from)).map((line) => line.trim().split(/ {2,}/));
  };
  const readAfter = (made: ReturnType<typeof running>, time: string) => {
    made.advance(time);
    made.clinician({ type: 'interrogate' });
    return made;
  };

  test('a single bolus that runs, and nothing of one that is only reviewed', () => {
    const made = running();
    made.clinician(singleBolus('0.1 mL', '30min', 'basal', 'editBolus'));
    made.clinician({ type: 'review' });
    expect(section(made, 'Single bolus under way')).toEqual([]);
    made.clinician({ type: 'confirm' });
    expect(section(readAfter(made, '15min'), 'Single bolus under way')).toEqual([
      ['Single bolus', '50 mcg'],
      ['Single bolus volume', '0.1 mL'],
      ['Its rate', '4.8 mL/day'],
      ['Of it still to come', '0.05 mL'],
      ['It ends in', '15min'],
      ['After it', 'basal delivery goes on'],
    ]);
  });

  test('a prime', () => {
    const made = running();
    made.clinician(prescribe({ opening: { type: 'prime', fill: 'pumpOnly' } }));
    // 0.14 mL at 24 mL/day take 8 min 24 s.
    expect(section(readAfter(made, '4min 12s'), 'Before the program')).toEqual([
      ['Under way before the program', 'priming bolus'],
      ['Of it still to come', '0.07 mL'],
      ['The program begins in', '4min 12s'],
    ]);
  });

  test.each(['add', 'replace'] as const)('a patient bolus, where boluses %s basal', (bolusOverBasal) => {
    const profile = profileOf('synchromed-ii-like-20', { bolusOverBasal });
    const made = running({ profile }, { bolus: { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 } });
    made.press();
    expect(section(readAfter(made, '1min'), 'Patient control').slice(-2)).toEqual([
      ['Of the bolus that runs still to come', '0.01 mL'],
      ['It ends in', '1min'],
    ]);
  });
});

test('the report of a later visit has what the prescription began with, and the last fill', () => {
  const made = running();
  made.advance('2d');
  made.clinician(prescribe({ opening: { type: 'prime', fill: 'pumpOnly' } }));
  made.clinician({ type: 'endSession' });
  made.advance('1d');
  made.clinician({ type: 'interrogate' });
  expect(made.sim.report()).toMatch(/Before this program came +priming bolus 0\.14 mL in 8min 24s\n/);
  expect(made.sim.report()).toMatch(/Last fill entered +2026-01-05 08:00, 20 mL\n/);
});

test('of a handset that nobody has used the report has no empty tables', () => {
  const made = running();
  made.clinician({ type: 'readUsage' });
  expect(made.sim.report()).toContain('  No bolus has been asked for since.\n');
  expect(made.sim.report()).not.toContain('by day');
});

test('there is nothing to report outside a session', () => {
  const { sim, clinician } = running();
  clinician({ type: 'endSession' });
  expect(sim.report()).toBeUndefined();
});
