import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProgramEntry } from '../../programmer/index.ts';
import { parseDuration, span } from '../../shared/index.ts';
import type { Act } from '../../workbench/index.ts';
import { basalEntry, prescribe } from '../harness.ts';
import { acts, noisyActs } from './acts.ts';
import { beyondActs } from './beyond-acts.ts';
import { allAgree, anyMotor, lived, MONDAY, replacing } from './lives.ts';

test('whatever is done to a pump, it does what the rules lead to, to the last unit', () => {
  allAgree(8, 20_260_105);
});

test('whatever happens to frames, a pump does what the rules lead to with those that reach it', () => {
  allAgree(4, 20_261_121, noisyActs);
});

test('where a bolus takes the place of basal, a pump does what the rules lead to as well', () => {
  allAgree(6, 20_261_119, acts, replacing);
});

test('whatever happens to fluid beyond the reservoir, none of it is anywhere but where the rules lead to', () => {
  allAgree(3, 20_261_122, fc.oneof({ weight: 2, arbitrary: acts }, { weight: 3, arbitrary: beyondActs }), anyMotor);
});

const HOUR = 3_600_000;
const asked = (entry: Parameters<typeof prescribe>[0]): Act => ({
  by: 'clinician',
  act: prescribe({ ceiling: '10 mg/day', ...entry }),
});
const daily = (...steps: readonly (readonly [at: string, flow: string])[]): ProgramEntry => ({
  type: 'daily',
  groups: [
    {
      days: [0, 1, 2, 3, 4, 5, 6],
      steps: steps.map(([at, flow]) => ({ at: parseDuration(at), basal: basalEntry(`${flow} mL/day`) })),
    },
  ],
});
const dated = (count: number): ProgramEntry => ({
  type: 'dated',
  first: basalEntry('0.1 mL/day'),
  steps: Array.from({ length: count }, (_, i) => ({
    at: span(MONDAY + i * HOUR),
    basal: basalEntry(`${i % 2 === 0 ? '0.2' : '0.3'} mL/day`),
  })),
});
const morning = daily(['0s', '0'], ['8h', '4.8'], ['9h', '0']);
const clinician = (type: 'interrogate' | 'setClock' | 'readHistory' | 'stop' | 'minimumRate'): Act => ({
  by: 'clinician',
  act: { type },
});

/** What is done, and what of it is refused. */
const STORIES: Record<string, readonly [life: readonly (readonly [number, Act])[], refused: readonly string[]]> = {
  'a clock is set 500 days on, under a schedule': [
    [
      [0, asked({ program: morning })],
      [HOUR, { by: 'world', act: { type: 'localTime', by: 500 * 24 * HOUR } }],
      [0, clinician('setClock')],
      [HOUR, clinician('interrogate')],
    ],
    [],
  ],
  'a strong hour of the morning is moved to the evening of the same day': [
    [
      [0, asked({ program: morning, bolus: 'none', doseLimit: { dose: '100 mcg', window: '24h' } })],
      [2 * HOUR, { by: 'world', act: { type: 'localTime', by: -12 * HOUR } }],
      [0, clinician('setClock')],
      [10 * HOUR, clinician('setClock')],
      [HOUR, clinician('setClock')],
    ],
    ['overLimitForNow', 'overLimitForNow'],
  ],
  'more dated steps are asked for than the pump keeps': [
    [
      [0, asked({ program: dated(13) })],
      [HOUR, asked({ program: dated(14) })],
      [HOUR, clinician('stop')],
    ],
    ['tooManySteps'],
  ],
  'more is commanded between two visits than a frame can tell': [
    [
      [0, asked({ basal: '20 mL/day', bolus: 'none' })],
      [HOUR, { by: 'clinician', act: { type: 'endSession' } }],
      [6 * 24 * HOUR, clinician('interrogate')],
    ],
    [],
  ],
  'a stopped pump with a schedule loses the time': [
    [
      [0, asked({ program: daily(['0s', '0.2']) })],
      [HOUR + 1, clinician('stop')],
      [40 * HOUR, { by: 'world', act: { type: 'reset', timeLost: true } }],
      [0, clinician('interrogate')],
    ],
    [],
  ],
  'a dose limit is overridden on a pump at its minimum rate': [
    [
      [0, asked({ basal: '2 mL/day' })],
      [20 * HOUR, clinician('minimumRate')],
      [HOUR, asked({ basal: '0.4 mL/day', doseLimit: { dose: '210 mcg', window: '24h' }, override: true })],
      [0, asked({ program: { type: 'minimumRate' }, doseLimit: { dose: '210 mcg', window: '24h' } })],
      [HOUR, asked({ basal: '0.4 mL/day', doseLimit: { dose: '210 mcg', window: '24h' }, override: true })],
    ],
    [],
  ],
};

test.each(Object.entries(STORIES))('%s: the pump does what the rules lead to', (_, [life, refused]) => {
  expect(lived(life)).toEqual({ mismatches: [], refused });
});
