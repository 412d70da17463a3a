import { expect, test } from 'vitest';
import { simulate } from '../../workbench/index.ts';

const RUNNING = { fill: { volume: '20 mL', baclofen: '500 mcg/mL' }, prescribe: { constant: '0.4 mL/day' } } as const;

test('a minimum rate whose pump crashes before it can answer breaks no rule, and is the one that was asked for', () => {
  const pump = simulate('synchromed-ii-like-20', RUNNING);
  pump.world({ frameFault: { message: 'minimumRate', is: 'crashAfter', clock: 'kept' } });
  expect(pump.clinician('minimumRate')).toMatchObject({ done: true });
  expect(pump.belief.infusion).toBe('minimumRate');
});
