import { expect, test } from 'vitest';
import { parseDuration, volume } from '../../shared/index.ts';
import { mL, profileOf, running } from '../harness.ts';

test('the refill card tells the patient what was filled, by when to come again, and what the tones mean', () => {
  const { sim, clinician, advance } = running(
    {},
    { bolus: { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 } },
  );
  advance('42d 12h');
  clinician({ type: 'refill', aspirated: volume.parse('3 mL'), volume: mL('20') });
  clinician({ type: 'setAlarmInterval', interval: parseDuration('30min') });
  expect(sim.card()).toBe(
    [
      'REFILL CARD',
      'Printed 2026-02-16 20:00. A simulated pump: not for the care of a patient.',
      '',
      '  Serial number                           THECAL-0001',
      '  Model                                   synchromed-ii-like-20',
      '  Drug                                    baclofen',
      '  Concentration                           500 mcg/mL',
      '  Daily dose                              200 mcg/day',
      '  Patient bolus                           10 mcg',
      '  Bolus duration                          2min',
      '  Lockout                                 4h',
      '  Boluses in 24 h                         4',
      '  Entered after the refill                20 mL',
      '  Low-reservoir threshold                 2 mL',
      '  Low-reservoir date, no bolus            2026-04-02',
      '  Low-reservoir date, all boluses         2026-03-26',
      '  Refill by                               2026-03-26',
      '  Because                                 the reservoir is low, with all allotted boluses',
      '  Replace by                              2033-01-05',
      '  Next appointment                        ______________________',
      '',
      'What the pump sounds',
      '  Two tones, high and low, for 3s, every 30min:',
      '    the drug may not be given as it should. Call the clinic at once, by day or night.',
      '  One tone, for 1s, every 1h:',
      '    the pump must soon be filled, replaced or checked. Call the clinic.',
      '',
    ].join('\n'),
  );
});

test('of a stopped pump the card says so first', () => {
  const { sim, clinician } = running();
  clinician({ type: 'stop' });
  expect(sim.card()?.split('\n')[2]).toBe('! THE PUMP IS STOPPED since 2026-01-05 08:00: it gives no drug');
});

test('where the handset tells of a low reservoir, so does the card', () => {
  const lines = (lowReservoirBy: 'pump' | 'handset') => {
    const { sim, clinician } = running({ profile: profileOf('synchromed-ii-like-20', { lowReservoirBy }) });
    clinician({ type: 'interrogate' });
    return sim.card();
  };
  expect(lines('handset')).toContain('A low reservoir is told by the handset, not by the pump.');
  expect(lines('pump')).not.toContain('handset');
});

test('there is no card outside a session', () => {
  const { sim, clinician } = running();
  clinician({ type: 'endSession' });
  expect(sim.card()).toBeUndefined();
});

test('a card of a later session tells by when to come again as well, counted from the fill', () => {
  const { sim, clinician, advance } = running();
  const rows = () => sim.card()?.match(/Refill by .*\n.*Because .*/)?.[0];
  const was = rows();
  expect(was).toContain('2026-02-19');
  clinician({ type: 'endSession' });
  advance('5d');
  clinician({ type: 'interrogate' });
  expect(rows()).toBe(was);
  // How long the fill of a stopped pump lasts nobody knows.
  clinician({ type: 'stop' });
  clinician({ type: 'endSession' });
  clinician({ type: 'interrogate' });
  expect(rows()).toBeUndefined();
});
