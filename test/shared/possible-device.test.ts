import { expect, test } from 'vitest';
import { type DeviceProfile, impossible, parseDuration, proportion, rate, volume } from '../../shared/index.ts';
import { profileOf } from '../harness.ts';

const mL = (amount: number) => volume.parse(`${amount} mL`);
const perDay = (amount: number) => rate.parse(`${amount} mL/day`);

/** Changes to a 20 mL implant, and what it would have to be; null where it could exist. */
const CASES: readonly (readonly [Partial<DeviceProfile>, string | null])[] = [
  [{ flowAccuracy: proportion.parse('-14.5 %') }, 'flowAccuracy at least 0 %'],
  [{ flowAccuracy: proportion.parse('0 %') }, null],
  [{ strokeVolume: mL(0) }, 'strokeVolume above 0'],
  [{ basalMinimum: perDay(0), minimumRate: perDay(0) }, 'basalMinimum above 0'],
  [{ minimumRate: perDay(0) }, null],
  [{ lowReservoirDefault: mL(20) }, 'lowReservoirDefault below reservoirCapacity'],
  [{ lowReservoirDefault: mL(19.999) }, null],
  [{ emptyAt: mL(2.001) }, 'emptyAt at most lowReservoirDefault'],
  [{ emptyAt: mL(2) }, null],
  [{ minimumRate: perDay(0.049), defaultRate: perDay(0.049) }, 'minimumRate at most basalMinimum'],
  [{ defaultRate: perDay(0.005) }, 'minimumRate at most defaultRate'],
  [{ defaultRate: perDay(0.006) }, null],
  [{ defaultRate: perDay(24.001) }, 'defaultRate at most basalMaximum'],
  [{ minimumRate: perDay(0.048) }, null],
  [{ basalMinimum: perDay(24) }, 'basalMinimum below basalMaximum'],
  [{ rateMaximum: perDay(23), primeRate: perDay(23) }, 'basalMaximum at most rateMaximum'],
  [{ rateMaximum: perDay(24) }, null],
  [{ scheduleSteps: 12 }, 'stepsPerDay at most scheduleSteps'],
  [{ scheduleSteps: 13 }, null],
  [{ criticalToneLength: parseDuration('11min') }, 'criticalToneLength at most criticalToneInterval'],
  [{ toneLength: parseDuration('61min') }, 'toneLength at most toneInterval'],
  [{ toneLength: parseDuration('1h') }, null],
  [{ clinicianBolusShortest: parseDuration('25h') }, 'clinicianBolusShortest at most clinicianBolusLongest'],
  [{ clinicianBolusShortest: parseDuration('24h') }, null],
  [
    { reservoirCapacity: mL(100), residualVolume: mL(4.001) },
    'reservoirCapacity and residualVolume together at most 104 mL',
  ],
  [{ reservoirCapacity: mL(100), residualVolume: mL(4) }, null],
  [{ primeRate: perDay(24.001) }, 'primeRate at most rateMaximum'],
  [{ primeRate: perDay(24) }, null],
];

test.each(CASES)('a device with %o: %s', (changes, expected) => {
  const found = impossible(profileOf('synchromed-ii-like-20', changes)).map((each) => each.expected);
  expect(found).toEqual(expected === null ? [] : [expected]);
});
