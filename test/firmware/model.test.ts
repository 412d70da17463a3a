import { describe, expect, test } from 'vitest';
import { everyPath, walk } from './walked-paths.ts';

const paths = everyPath();

describe('paths of the model', () => {
  test('reach every state of five regions, and every reason to be stopped in service', () => {
    const reached = paths.flatMap(({ steps }) => steps.map((step) => step.key)).join('\n');
    const states = [
      'updating',
      'basal',
      'patientBolus',
      'clinicianBolus',
      'minimumRate',
      'off',
      'ready',
      'lockedOut',
      'countUsed',
    ];
    const others = ['normal', 'low', 'empty', 'session', 'closed', 'inService', 'eri', 'endOfService'];
    const reasons = [
      'stopped clinician',
      'stopped updateInterrupted',
      'stopped emptyReservoir',
      'stopped endOfService',
    ];
    for (const state of [...states, ...others, ...reasons]) expect(reached).toContain(state);
    process.stdout.write(
      `model: ${paths.length} paths, ${paths.reduce((n, { steps }) => n + steps.length, 0)} steps\n`,
    );
    expect(paths.length).toBeGreaterThan(100);
  });

  // The long run walks all of them on both.
  test.each([
    ['table', 6],
    ['xstate', 18],
  ] as const)('are walked by a pump on the %s executor, step by step, one in %i', (executor, few) => {
    for (const [i, path] of paths.entries()) if (i % few === 0) walk(path, executor);
  });
});
