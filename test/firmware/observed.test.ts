import { describe, expect, test } from 'vitest';
import {
  type ChartObserver,
  chartTransitions,
  EXECUTOR_NAMES,
  type ExecutorName,
  names,
  plainChart,
  transitionName,
} from '../../firmware-sim/index.ts';
import { parseDuration } from '../../shared/index.ts';
import { running } from '../harness.ts';

/** A pump that is pressed twice, stopped and resumed, and what its chart was seen to decide. */
function life(executor: ExecutorName, watched: boolean) {
  const seen: string[] = [];
  const observer: ChartObserver = {
    answered: (guard, outcome) => void seen.push(`${guard} ${outcome}`),
    taken: (transition) => void seen.push(transitionName(transition)),
  };
  const bolus = { dose: '10 mcg', duration: '2min', lockout: '1h', maxPerDay: 4 };
  const { sim, records, press, clinician } = running({ executor, ...(watched ? { observer } : {}) }, { bolus });
  press();
  press();
  sim.advance(parseDuration('2h'));
  clinician({ type: 'stop' });
  clinician({ type: 'resume' });
  return { sim, records, seen };
}

describe('a chart that is watched', () => {
  test.each(EXECUTOR_NAMES)('does what it does unwatched: %s', (executor) => {
    const [watched, alone] = [life(executor, true), life(executor, false)];
    expect(watched.records).toEqual(alone.records);
    expect(watched.sim.snapshot()).toEqual(alone.sim.snapshot());
    expect(alone.seen).toEqual([]);
  });

  test('tells guards and transitions as they are decided, XState and the table alike', () => {
    const [xstate, table] = EXECUTOR_NAMES.map((executor) => life(executor, true).seen);
    expect(table).toEqual(xstate);
    const press = table?.slice(table.indexOf('bolusGranted true')) ?? [];
    expect(press.slice(0, 5)).toEqual([
      'bolusGranted true',
      'bolusGranted true',
      'patientControl.ready BOLUS_REQUEST [bolusGranted] -> lockedOut',
      'infusion.basal BOLUS_REQUEST [bolusGranted] -> patientBolus',
      // The session of the handset closes.
      expect.stringContaining('byClinician false'),
    ]);
    expect(table).toContain('patientControl.lockedOut BOLUS_REQUEST [bolusDenied]');
    expect(table).toContain('infusion.basal STOP -> stopped');
  });

  test('a fork is watched too', () => {
    const { sim, seen } = life('table', true);
    const before = seen.length;
    sim.fork().act({ by: 'clinician', act: { type: 'stop' } });
    expect(seen.slice(before)).toContain('infusion.basal STOP -> stopped');
  });
});

test('no two transitions of the chart have one name', () => {
  const all = chartTransitions(plainChart).map(transitionName);
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(Object.keys(names.guards).length);
});
