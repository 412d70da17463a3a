import { expect, test } from 'vitest';
import type { Written } from './bed.ts';
import { reduced } from './reduce.ts';

const STORY = {
  seed: 7,
  start: { fill: { volume: '20 mL' }, prescribe: { constant: '0.4 mL/day', ceiling: '1 mg/day' } },
  story: [
    { after: '1h 12min 3s', clinician: 'stop' },
    { patient: 'requestBolus' },
    { after: '30min', hands: 'drain' },
    { after: '5min', patient: 'requestBolus' },
    { clinician: 'resume' },
  ],
};

test('a scenario is reduced to the steps and keys that it takes', () => {
  const holds = (scenario: Written) => JSON.stringify(scenario).includes('drain');
  expect(reduced(STORY, holds)).toEqual({ story: [{ hands: 'drain' }] });
});

test('a step goes and its time stays where the time is what it takes, in as few parts as will do', () => {
  const minutes = (text: string) =>
    Number(/(\d+)h/.exec(text)?.[1] ?? 0) * 60 + Number(/(\d+)min/.exec(text)?.[1] ?? 0);
  const holds = (scenario: Written) => {
    const told = JSON.stringify(scenario);
    const times = [...told.matchAll(/"after":"([^"]*)"/g)].map(([, time = '']) => minutes(time));
    return told.includes('resume') && times.reduce((sum, time) => sum + time, 0) > 90;
  };
  expect(reduced(STORY, holds)).toEqual({ story: [{ after: '1h 47min', clinician: 'resume' }] });
});

test('what holds of nothing less stays as it is', () => {
  expect(reduced(STORY, () => false)).toEqual(STORY);
});
