import { expect, test } from 'vitest';
import { profileOf, running } from '../harness.ts';

/** A running pump whose memory is found spoiled at a reset, and read. */
function read(banks: 'oneBank' | 'bothBanks', safeState: 'minimumRate' | 'stop' = 'minimumRate') {
  const made = running({ profile: profileOf('synchromed-ii-like-20', { safeState }) });
  made.clinician({ type: 'endSession' });
  made.advance('3d');
  made.sim.act({ by: 'world', act: { type: 'memoryFault', banks } });
  made.sim.act({ by: 'world', act: { type: 'reset', timeLost: false } });
  made.clinician({ type: 'interrogate' });
  const { warnings, fields, can } = made.sim.screen();
  const resumeNot = fields.find(({ name }) => name === 'resumeNot')?.text;
  return { ...made, warnings, names: fields.map(({ name }) => name), resumeNot, can };
}

test('a pump that has lost its memory says so first, shows no volume, and offers no programming', () => {
  const { warnings, names, can, sim } = read('bothBanks');
  expect(warnings).toEqual([
    'THE PUMP HAS LOST ITS MEMORY: it cannot be programmed, and must be replaced',
    'THE PUMP RUNS AT ITS MINIMUM RATE: it holds no program',
    'Memory error: the pump has lost its prescription and cannot be programmed',
  ]);
  expect(names).not.toContain('expectedVolume');
  expect(names).not.toContain('reservoir');
  for (const act of ['prescribe', 'edit', 'refill', 'implant', 'resume', 'setClock']) expect(can).not.toContain(act);
  expect(can).toContain('stop');
  expect(sim.truth().flow).toBe(sim.belief().minimumRate);
});

test('one that is to stop then is found stopped, which comes before all', () => {
  const { warnings, sim } = read('bothBanks', 'stop');
  expect(warnings[0]).toMatch(/^THE PUMP IS STOPPED since .*: memory error$/);
  expect(warnings[1]).toMatch(/^THE PUMP HAS LOST ITS MEMORY/);
  expect(sim.truth().flow).toBe(0);
});

test.each(['minimumRate', 'stop'] as const)(
  'one that had a prescription is never said to have been given none (safe state %s)',
  (safeState) => {
    expect(read('bothBanks', safeState).resumeNot).toBe(
      'the prescription was lost with the memory: replace the pump, and enter volume and prescription into the new one',
    );
  },
);

test('one bank that is spoiled is nothing to the clinician', () => {
  const { warnings, names, logged } = read('oneBank');
  expect(warnings).toEqual([]);
  expect(names).toContain('expectedVolume');
  expect(logged('memoryHealed')).toHaveLength(1);
});

test('a pump whose memory an error has locked says so first, shows its volume, and offers no programming', () => {
  const made = running();
  made.clinician({ type: 'endSession' });
  made.sim.act({ by: 'world', act: { type: 'memoryFault', banks: 'locked' } });
  made.clinician({ type: 'interrogate' });
  const { warnings, fields, can } = made.sim.screen();
  expect(warnings).toEqual([
    'AN ERROR HAS LOCKED THE MEMORY OF THE PUMP: it goes on as it was programmed, and cannot be programmed until a laboratory has reset it',
    'Memory locked by an error: the pump goes on as it was programmed, and cannot be programmed anew',
  ]);
  expect(fields.map(({ name }) => name)).toContain('expectedVolume');
  for (const act of ['prescribe', 'edit', 'refill', 'implant', 'bolus', 'setClock']) expect(can).not.toContain(act);
  expect(can).toContain('stop');
});
