import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { concentration, instant, parseDuration, rate, span, volume } from '../../shared/index.ts';
import { Simulation } from '../../workbench/simulation.ts';
import type { TraceRecord } from '../../workbench/trace.ts';
import { bench, prescribe, profileOf, running } from '../harness.ts';

/*
 * Everything at one instant. Ten minutes after a press at 08:00 the bolus ends, its lockout of ten minutes
 * ends, the reservoir is low (below 0 mL) and calculated empty, truly runs dry, the programmer's session has
 * lain idle for ten minutes, and the patient presses again.
 */
const TIE = instant(600_000);
const END = instant(parseDuration('3d'));
const FILL = volume.of((400_000 + 14_400_000) * TIE);

const optionsFor = (executor: (typeof EXECUTOR_NAMES)[number]) => ({
  profile: profileOf('synchromed-ii-like-20'),
  wallClock: span(0),
  executor,
});

function tied(executor: (typeof EXECUTOR_NAMES)[number]) {
  const made = bench(optionsFor(executor));
  const solution = [{ name: 'baclofen', concentration: concentration.parse('500 mcg/mL') }] as const;
  made.sim.act({ by: 'hands', act: { type: 'inject', volume: FILL, solution } });
  made.clinician({ type: 'refill', aspirated: null, volume: FILL });
  made.clinician({ type: 'implant' });
  const bolus = { dose: '0.1 mL', duration: '10min', lockout: '10min', maxPerDay: 4 };
  made.clinician(
    prescribe({ drug: 'baclofen', concentration: '500 mcg/mL', basal: '0.4 mL/day', bolus, lowReservoir: '0 mL' }),
  );
  expect(made.press()).toEqual({ done: true });
  expect(made.sim.belief().rate).toBe(rate.parse('14.8 mL/day'));
  made.sim.habit({
    act: { type: 'requestBolus' },
    every: parseDuration('10min'),
    jitter: span(0),
    for: parseDuration('15min'),
  });
  return made;
}

/** What happened at the tie, in words: events of the chart, the drying, frames that ask. */
const atTie = (records: readonly TraceRecord[]): string[] =>
  records.flatMap(({ t, layer, kind, data }) => {
    const { type, from, name } = Object(data);
    if (t !== TIE) return [];
    if (layer === 'plant') return kind === 'ranDry' ? ['ranDry'] : [];
    if (layer === 'firmware') return kind === 'event' ? [type] : [];
    return layer === 'link' && from !== 'pump' ? [`${from} asks ${name}`] : [];
  });

const IN_ORDER = [
  'ranDry',
  'BOLUS_END',
  'LOCKOUT_END',
  'RESERVOIR_LOW',
  'RESERVOIR_EMPTY',
  'programmer asks closeSession',
  'SESSION_CLOSED',
  'handset asks openSession',
  'handset asks authenticate',
  'SESSION_OPENED',
  'handset asks requestBolus',
  'BOLUS_REQUEST',
  'handset asks closeSession',
  'SESSION_CLOSED',
];

describe.each(EXECUTOR_NAMES)('everything due at one instant, on the %s executor', (executor) => {
  test('happens in the documented order', () => {
    const { sim, records, logged } = tied(executor);
    sim.advanceTo(TIE);
    expect(atTie(records)).toEqual(IN_ORDER);
    expect(logged('bolusEnded')).toMatchObject([{ at: TIE, why: 'complete', undelivered: 0 }]);
    expect(logged('bolusDenied')).toMatchObject([{ at: TIE, code: 'emptyReservoir', also: [] }]);
    expect(sim.truth().delivered).toBe(BigInt(FILL));
    expect(sim.belief()).toMatchObject({ volume: 0, reservoir: 'empty', granted: 1, denied: 1 });
  });

  test('has all happened before anybody looks', () => {
    const { sim, logged } = tied(executor);
    expect(sim.until(() => sim.belief().reservoir !== 'normal', END)).toBe(true);
    expect(sim.now).toBe(TIE);
    expect(sim.belief().reservoir).toBe('empty');
    expect(logged('bolusDenied')).toHaveLength(1);
  });

  test('happens once, however it is cut by a snapshot between two of the events', () => {
    const { sim, records } = tied(executor);
    const cuts = [];
    while (sim.step(TIE)) cuts.push(JSON.parse(JSON.stringify(sim.snapshot())));
    const atOnce = cuts.filter(({ timeline }) => timeline.now === TIE);
    sim.advanceTo(END);
    // The tied deadlines, the idle session, the press, and each frame's way: at least one cut between any two.
    expect(atOnce.length).toBeGreaterThanOrEqual(IN_ORDER.length);
    const orders = new Set<string>();
    for (const cut of atOnce) {
      const before = records.filter(({ n }) => n <= cut.last);
      orders.add(atTie(before).join());
      const restored = Simulation.restore(optionsFor(executor), cut);
      const after: TraceRecord[] = [];
      restored.onTrace((record) => after.push(record));
      restored.advanceTo(END);
      expect([...before, ...after]).toEqual(records);
    }
    for (const upTo of IN_ORDER.slice(0, 5).keys()) expect(orders).toContain(IN_ORDER.slice(0, upTo + 1).join());
  });
});

describe('a press', () => {
  const bolus = { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 24 };

  test.each([
    ['exactly when the lockout expires', bolus, '4h'],
    ['exactly 24 h after the last of as many as a day allows', { ...bolus, maxPerDay: 1 }, '24h'],
    ['exactly when the bolus before ends', { ...bolus, lockout: '2min' }, '2min'],
  ])('%s is granted', (_, entry, every) => {
    const { sim, logged, press } = running({}, { bolus: entry });
    const time = parseDuration(every);
    press();
    sim.habit({ act: { type: 'requestBolus' }, every: time, jitter: span(0), for: span(3 * time + 1) });
    sim.advance(span(4 * time));
    expect(logged('bolusDenied')).toEqual([]);
    expect(logged('bolusGranted').map(({ at }) => at)).toEqual([0, time, 2 * time, 3 * time]);
  });
});
