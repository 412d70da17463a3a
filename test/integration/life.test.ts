import { expect, test } from 'vitest';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { runScenario } from '../../workbench/scenario/run.ts';

const YEARS = 7;
const REFILLS = YEARS * 4;

/** 84 months at 0.4 mL/day: a refill every 91 days, after 36.4 of 40 mL. */
const life = loadScenario(
  JSON.stringify({
    thecal: 'scenario/1',
    title: 'A life of quarterly refills',
    profile: 'synchromed-ii-like-40',
    clock: '2026-01-05 08:00',
    start: {
      fill: { volume: '40 mL', baclofen: '500 mcg/mL' },
      prescribe: { constant: '200 mcg/day', lowReservoir: '4 mL' },
    },
    story: [
      ...Array.from({ length: REFILLS }, (_, i) => [
        { at: `${91 * (i + 1)}d`, hands: 'drain' },
        { hands: { inject: '40 mL' } },
        { clinician: { refill: { aspirated: 'measured', volume: '40 mL' } } },
        { clinician: 'endSession' },
      ]).flat(),
      {
        at: '2556d',
        expect: {
          truth: { delivered: '1022.400 mL' },
          log: { alarmRaised: REFILLS + 1, reservoirEntered: REFILLS + 1 },
        },
      },
    ],
  }),
);

test.each(['xstate', 'table'] as const)(
  '84 months handle no event that no refill, alarm or reply accounts for (%s)',
  (executor) => {
    runScenario(life, { id: 'warm-up', version: '0', executor });
    const start = process.cpuUsage();
    const { events, failures, breaches, simulatedMs } = runScenario(life, { id: 'life', version: '0', executor });
    // Of the processor: whatever else is running costs it nothing.
    const seconds = process.cpuUsage(start).user / 1_000_000;
    expect({ failures, breaches }).toEqual({ failures: [], breaches: [] });
    expect(simulatedMs).toBe(2556 * 86_400_000);
    const atStart = 1 + 7; // power on; session opened, volume entered, implanted, staged, begun, committed, session closed
    const eachVisit = 3; // session opened, volume entered, session closed
    const alarms = REFILLS + 1; // 36 of 36.4 mL are gone when the reservoir is low; 90 days before the end, ERI
    expect(events).toBe(atStart + REFILLS * eachVisit + alarms);
    expect(seconds).toBeLessThan(0.5);
  },
);
