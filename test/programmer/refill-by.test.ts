import { describe, expect, test } from 'vitest';
import { libraryOf, librarySchema } from '../../programmer/index.ts';
import { refillBy } from '../../programmer/refill-by.ts';
import { after, instant, parseDuration, type Status, volume } from '../../shared/index.ts';
import { mL, profileOf, running } from '../harness.ts';
import { PRESCRIPTION, STATUS } from '../shared/examples.ts';
import { texts } from './reviewing.ts';
import { WRITTEN } from './site-library.ts';

const NOW = STATUS.now;
const dayRules = profileOf('synchromed-ii-like-20');
const d = (days: string) => after(NOW, parseDuration(days));
/** Of morphine, stable for 90 days; the clinic lets a pump go for so long. */
const library = (refillInterval?: string) =>
  libraryOf(
    librarySchema.parse({
      ...WRITTEN,
      ...(refillInterval === undefined
        ? {}
        : {
            refillInterval: {
              value: Number.parseInt(refillInterval, 10),
              unit: 'd',
              status: 'assumed',
              source: 'a test',
            },
          }),
    }),
  );
/** 0.4 mL/day with no bolus, so much above the low-reservoir threshold, to be replaced on that day. */
const pump = (above: string, replaceBy = '2000d'): Status => ({
  ...STATUS,
  prescription: { ...PRESCRIPTION, patientBolus: null },
  volume: volume.of(PRESCRIPTION.lowReservoir + mL(above)),
  replaceBy: d(replaceBy),
});

describe('the next refill is due', () => {
  test.each([
    ['the reservoir is low', pump('10'), library(), { at: d('25d'), by: 'lowReservoir' }],
    ['a drug is stable no longer', pump('40'), library(), { at: d('90d'), by: 'stability' }],
    ['the longest interval is over', pump('40'), library('60d'), { at: d('60d'), by: 'interval' }],
    ['the pump must be replaced', pump('40', '59d'), library('60d'), { at: d('59d'), by: 'replaceBy' }],
    [
      'the reservoir is low the day the drug is stable no longer',
      pump('36'),
      library(),
      { at: d('90d'), by: 'lowReservoir' },
    ],
    ['the reservoir is low already', pump('0'), library(), { at: NOW, by: 'lowReservoir' }],
    ['the drug is, a moment before the interval', pump('40'), library('91d'), { at: d('90d'), by: 'stability' }],
  ])('when %s', (_, status, by, expected) => {
    expect(refillBy(status, NOW, { library: by, dayRules })).toEqual(expected);
  });

  test('when every allotted bolus has been given', () => {
    const status = { ...pump('10'), prescription: PRESCRIPTION };
    // 4 boluses of 0.02 mL a day beside 0.4 mL: 10 / 0.48 d.
    expect(refillBy(status, NOW, { library: null, dayRules })).toEqual({
      at: instant(NOW + 1_800_000_000),
      by: 'lowReservoir',
    });
  });

  test('counted from the day of the fill', () => {
    expect(refillBy(pump('40'), instant(NOW - 5 * 86_400_000), { library: library(), dayRules })).toEqual({
      at: d('85d'),
      by: 'stability',
    });
  });

  test('at no known time where nothing decides', () => {
    expect(
      refillBy({ ...STATUS, prescription: null, replaceBy: null }, NOW, { library: null, dayRules }),
    ).toBeUndefined();
  });
});

test('of a fill that leaves the reservoir low the next is due at once, not when the drug is stable no longer', () => {
  const made = running({ library: library('30d') }, { drug: 'morphine', concentration: '10 mg/mL', basal: '1 mg/day' });
  made.clinician({ type: 'refill', aspirated: null, volume: mL('2') });
  expect(texts(made)).toMatchObject({
    refillBy: 'at once',
    refillByDecided: 'the reservoir is low, with all allotted boluses',
  });
});

test('of a pump past its service there is no next refill, however full it is', () => {
  const made = running();
  made.sim.act({ by: 'world', act: { type: 'batteryLow' } });
  made.clinician({ type: 'endSession' });
  made.advance('91d');
  made.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
  expect(texts(made)).toMatchObject({ refillBy: 'no more: replace it', refillByDecided: 'the pump must be replaced' });
});

test('the screen and the report say when and why, counted from the fill', () => {
  const entry = { drug: 'morphine', concentration: '10 mg/mL', basal: '1 mg/day' } as const;
  const made = running({ library: library('30d') }, entry);
  made.clinician({ type: 'endSession' });
  made.advance('10d');
  made.clinician({ type: 'interrogate' });
  expect(texts(made).refillBy).toBe('2026-02-04');
  made.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
  // 18 / 0.1 = 180 d, and morphine is stable for 90; the clinic's 30 after 15 January come first.
  expect(texts(made)).toMatchObject({ refillBy: '2026-02-14', refillByDecided: 'the clinic’s longest interval' });
  expect(made.sim.report()).toMatch(/Refill by +2026-02-14/);
});
