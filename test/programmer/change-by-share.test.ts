import { describe, expect, test } from 'vitest';
import type { ProgramEntry } from '../../programmer/index.ts';
import { parseDuration, parseWallClock, proportion, rate, span } from '../../shared/index.ts';
import { simulate } from '../../workbench/vitest.ts';
import { mL, prescribe, running } from '../harness.ts';
import { texts } from './reviewing.ts';

const by = (share: string) =>
  prescribe({ program: { type: 'changed', by: proportion.parse(share) }, ceiling: '1 mg/day' });
const flow = (text: string) => ({ rate: rate.parse(text) });
const day = [0, 1, 2, 3, 4, 5, 6];
const at = (hour: string) => parseDuration(hour);

describe('a change of the dose by per cent', () => {
  test.each([
    ['10 %', '220 mcg/day'],
    ['-12.5 %', '175 mcg/day'],
  ])('of %s is one of the program in the pump', (share, dose) => {
    const made = running();
    expect(made.clinician(by(share))).toEqual({ done: true });
    expect(texts(made).dailyDose).toBe(dose);
  });

  test.each<[string, ProgramEntry, string]>([
    [
      'a schedule',
      {
        type: 'daily',
        groups: [
          {
            days: day,
            steps: [
              { at: at('0s'), basal: flow('0.2 mL/day') },
              { at: at('8h'), basal: flow('0.4 mL/day') },
            ],
          },
        ],
      },
      'every day 00:00 110 mcg/day, 08:00 220 mcg/day',
    ],
    [
      'periodic boluses',
      {
        type: 'periodic',
        basal: flow('0.2 mL/day'),
        bolus: { dose: null, volume: mL('0.02'), duration: at('10min') },
        interval: at('6h'),
      },
      '110 mcg/day, and every 6h 11 mcg in 10min',
    ],
    [
      'dated steps',
      {
        type: 'dated',
        first: flow('0.2 mL/day'),
        steps: [{ at: parseWallClock('2026-02-05 08:00') ?? span(0), basal: flow('0.4 mL/day') }],
      },
      '110 mcg/day, from 2026-02-05 08:00 220 mcg/day',
    ],
  ])('is one of every rate of %s', (_, program, words) => {
    const made = running({}, { program, ceiling: '1 mg/day' });
    expect(made.clinician(by('10 %'))).toEqual({ done: true });
    expect(texts(made).program).toBe(words);
  });

  test('is none of a minimum rate, of another strength, of nothing, or down to nothing', () => {
    const least = running({}, { program: { type: 'minimumRate' } });
    expect(least.clinician(by('10 %'))).toMatchObject({ refused: 'unknownBasal' });
    const other = { drug: 'baclofen', concentration: '1000 mcg/mL' } as const;
    const program = { type: 'changed', by: proportion.parse('10 %') } as const;
    expect(running().clinician(prescribe({ ...other, program }))).toMatchObject({ refused: 'unknownBasal' });
    expect(running().clinician(by('-100 %'))).toMatchObject({ refused: 'tooLittle' });
  });

  test('is written with its sign in a scenario', () => {
    const pump = simulate('synchromed-ii-like-20', {
      fill: { volume: '20 mL', baclofen: '500 mcg/mL' },
      prescribe: { constant: '200 mcg/day', ceiling: '300 mcg/day' },
    });
    expect(pump.clinician({ prescribe: { change: '-10 %' } })).toMatchObject({ done: true });
    expect(pump.belief).toMatchObject({ rate: rate.parse('0.36 mL/day') });
    expect(() => pump.clinician({ prescribe: { change: '10 %' } })).toThrow('a change in per cent with its sign');
    expect(() => pump.clinician({ prescribe: { change: '-110 %' } })).toThrow('a change in per cent with its sign');
  });
});
