import { expect, test } from 'vitest';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { runScenario } from '../../workbench/scenario/run.ts';

const fill = { volume: '20 mL', baclofen: '500 mcg/mL' };

const replaced = loadScenario(
  JSON.stringify({
    thecal: 'scenario/1',
    title: 'Another pump in the place of one that was running',
    profile: 'synchromed-ii-like-20',
    clock: '2026-01-05 08:00',
    start: { fill, prescribe: { constant: '200 mcg/day', lowReservoir: '2 mL' } },
    story: [
      {
        at: '10d',
        hands: { replace: { serial: 'OTHER' } },
        expect: { truth: { reservoir: '0 mL', rate: '0 mL/day' } },
      },
      { clinician: 'registerPump' },
      { hands: { inject: fill } },
      { clinician: { refill: { volume: '20 mL' } } },
      { clinician: 'implant' },
      { clinician: { prescribe: { baclofen: '500 mcg/mL', constant: '100 mcg/day' } } },
      { after: '10d', expect: { truth: { delivered: '2.000 mL' }, belief: { reservoir: '18.000 mL' } } },
    ],
  }),
);

test('the books of a pump that was replaced are no part of the books of the one in its place', () => {
  const { failures, breaches } = runScenario(replaced, { id: 'replaced', version: '0' });
  expect({ failures, breaches }).toEqual({ failures: [], breaches: [] });
});
