import { describe, expect, test } from 'vitest';
import { FAULTS } from '../../firmware-sim/index.ts';
import { instant, parseDuration, proportion, RANK } from '../../shared/index.ts';
import {
  BreakError,
  loadScenario,
  parseBreak,
  runScenario,
  type TraceHeader,
  type TraceRecord,
} from '../../workbench/index.ts';
import { QUIET } from '../../workbench/link/noise.ts';
import { bench, running } from '../harness.ts';

const scenario = (story: string, more = '') =>
  loadScenario(`thecal: scenario/1
title: Twenty millilitres at 0.4 mL/day
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
${more}
start:
  fill: { volume: 20 mL, baclofen: 500 mcg/mL }
  prescribe:
    constant: 200 mcg/day
    lowReservoir: 2 mL
    patientBolus: { dose: 10 mcg, duration: 5min, lockout: 1h, maxPerDay: 10 }
story:
${story}
`);

function ran(story: string, breaks: readonly string[], more = '') {
  const records: TraceRecord[] = [];
  const headers: TraceHeader[] = [];
  const result = runScenario(scenario(story, more), {
    id: 'x',
    version: '0',
    executor: 'table',
    breaks: breaks.map(parseBreak),
    onHeader: (header) => headers.push(header),
    onRecord: (record) => records.push(record),
  });
  const faults = records.filter(({ layer, kind }) => layer === 'plant' && kind === 'fault');
  return { result, records, headers, faults, failures: result.failures.map(({ what, got }) => `${what}: ${got}`) };
}

const DAY = parseDuration('1d');

describe('a fault added to a run', () => {
  test.each([
    ['in the middle of "after"', '  - after: 40d\n    expect: { truth: { delivered: 18.4 mL } }'],
    [
      'in the middle of "until"',
      '  - until: { alarm: lowReservoir }\n    atMost: 60d\n    expect: { time: 45d, truth: { delivered: 20 mL } }',
    ],
    ['before "at" of the same time', '  - at: 30d\n    expect: { truth: { rate: 0.64 mL/day, delivered: 12 mL } }'],
    [
      'before an act at the same time',
      '  - at: 30d\n    clinician: interrogate\n    expect: { truth: { rate: 0.64 mL/day } }',
    ],
    [
      'in the middle of a habit',
      '  - { every: 7h, for: 35d, patient: requestBolus }\n  - at: 35d\n    expect: { belief: { granted: 119 } }',
    ],
  ])('comes at its own time %s, and the step keeps its meaning', (_, story) => {
    const { faults, failures } = ran(story, ['flowBias=+60%@30d']);
    expect(faults.map(({ t, data }) => [t, data])).toEqual([[30 * DAY, { type: 'flowBias', by: 600_000 }]]);
    expect(failures).toEqual([]);
  });

  test('changes nothing before it comes', () => {
    const story = '  - after: 40d';
    const [broken, sound] = [ran(story, ['flowBias=+60%@30d']).records, ran(story, []).records];
    const untilThen = (records: readonly TraceRecord[]) => records.filter(({ t }) => t < 30 * DAY);
    expect(untilThen(broken)).toEqual(untilThen(sound));
    expect(broken).not.toEqual(sound);
  });

  test('without a time is there before anything is done, after the scenario’s own', () => {
    const { records, failures } = ran(
      '  - expect: { truth: { rate: 0.64 mL/day } }',
      ['flowBias=+60%'],
      'faults: [{ flowBias: +10 % }]',
    );
    expect(records.flatMap(({ layer, kind, data }) => (layer === 'act' ? [[kind, data]] : [])).slice(0, 3)).toEqual([
      ['world', { type: 'flowBias', by: 100_000 }],
      ['world', { type: 'flowBias', by: 600_000 }],
      ['hands', expect.anything()],
    ]);
    expect(failures).toEqual([]);
  });

  test('may be mended by another, whatever order they are given in; at one time the last given holds', () => {
    const { faults } = ran('  - after: 5d', ['flowBias=0%@3d', 'flowBias=+60%@1d', 'flowBias=+5%@3d']);
    expect(faults.map(({ t, data }) => [t / DAY, data])).toEqual([
      [1, { type: 'flowBias', by: 600_000 }],
      [3, { type: 'flowBias', by: 0 }],
      [3, { type: 'flowBias', by: 50_000 }],
    ]);
  });

  test('after the end of the story never comes', () => {
    const { faults, result } = ran('  - after: 5d', ['flowBias=+60%@5d 1ms']);
    expect(faults).toEqual([]);
    expect(result.simulatedMs).toBe(5 * DAY);
  });

  test('stands in the header as it was written; without one the header says nothing of it', () => {
    expect(ran('  - after: 1d', ['flowBias=+60%@30d', 'syringeError=-2%']).headers[0]?.added).toEqual([
      'flowBias=+60%@30d',
      'syringeError=-2%',
    ]);
    expect(Object.keys(ran('  - after: 1d', []).headers[0] ?? {})).not.toContain('added');
  });

  test('comes while an act waits for its answer', () => {
    const act = { type: 'flowBias', by: proportion.of(600_000) } as const;
    const faults = [{ at: instant(1500), act }];
    const { sim, records, clinician } = bench({ latency: parseDuration('1s'), faults });
    clinician({ type: 'interrogate' });
    expect(sim.now).toBe(6000);
    expect(records.filter(({ layer }) => layer === 'plant').map(({ t, kind }) => [t, kind])).toContainEqual([
      1500,
      'fault',
    ]);
  });

  test('comes once, in a simulation that goes on from a snapshot and in a fork', () => {
    const faults = [1, 3].map((days) => ({
      at: instant(days * DAY),
      act: { type: 'flowBias', by: proportion.of(days) } as const,
    }));
    const { sim, records } = running({ faults });
    sim.advance(parseDuration('2d'));
    const forked: TraceRecord[] = [];
    const fork = sim.fork();
    fork.onTrace((record) => forked.push(record));
    fork.advance(parseDuration('2d'));
    const told = (list: readonly TraceRecord[]) => list.filter(({ kind }) => kind === 'fault').map(({ t }) => t / DAY);
    expect([told(records), told(forked)]).toEqual([[1], [3]]);
    sim.advance(parseDuration('2d'));
    expect(told(records)).toEqual([1, 3]);
  });

  test('goes before the pump’s own deadlines of its instant, and after a reservoir that has just run dry', () => {
    expect(Math.min(...Object.values(RANK))).toBe(RANK.plant);
    const told = (days: number) =>
      ran('  - after: 51d', [`flowBias=+60%@${days}d`]).records.flatMap(({ t, layer, kind }) =>
        t === days * DAY && layer !== 'act' ? [`${layer} ${kind}`] : [],
      );
    // The low-reservoir alarm is of day 45, and on day 50 the last drop is delivered.
    expect(told(45).slice(0, 3)).toEqual(['plant fault', 'plant flow', 'firmware event']);
    expect(told(50).slice(0, 3)).toEqual(['plant ranDry', 'plant fault', 'plant flow']);
  });
});

describe('a fault as it is written', () => {
  test.each([
    ['flowBias=+60%@30d', 30 * DAY, { type: 'flowBias', by: 600_000 }],
    ['flowBias=+60%', 0, { type: 'flowBias', by: 600_000 }],
    [' syringeError = "-2 %" @ 1d 12h', 1.5 * DAY, { type: 'syringeError', by: -20_000 }],
    ['flowBias=0 %@0s', 0, { type: 'flowBias', by: 0 }],
  ])('%j', (text, at, act) => {
    expect(parseBreak(text)).toEqual({ text, at, act });
  });

  test.each([
    ['noise={ drop: 10% }@30d', { type: 'noise', rates: { ...QUIET, drop: 100_000 } }],
    ['noise=none@30d', { type: 'noise', rates: QUIET }],
    ['latency=200ms@30d', { type: 'latency', oneWay: 200 }],
    ['frameFault={ frame: 3, is: drop }@30d', { type: 'frameFault', on: { frame: 3 }, fault: { is: 'drop' } }],
    [
      'frameFault={ message: stop, is: crashAfter, clock: lost }@30d',
      { type: 'frameFault', on: { message: 'stop', of: 'request' }, fault: { is: 'crashAfter', timeLost: true } },
    ],
  ])('%j is one of the link', (text, act) => {
    expect(parseBreak(text)).toEqual({ text, at: 30 * DAY, act });
  });

  test.each([
    ['noise', 'noise needs a value'],
    ['noise={ drop: 200% }', 'noise.drop: "200%": expected a share of frames from "0 %" to "100 %"'],
    ['frameFault={ frame: 0, is: drop }', 'frameFault.frame: 0: the next frame sent is 1'],
    ['', 'expected a fault and when it comes'],
    ['=+60%', 'expected a fault and when it comes'],
    ['@30d', 'expected a fault and when it comes'],
    ['toast=1@30d', 'no fault "toast"; the faults known are'],
    ['toast', 'no fault "toast"'],
    ['__proto__=1', 'no fault "__proto__"'],
    ['constructor', 'no fault "constructor"'],
    ['flowBias', 'flowBias needs a value'],
    ['flowBias=', 'nothing after "flowBias="'],
    ['flowBias=60', 'flowBias: 60: expected a proportion such as "+15 %"'],
    ['flowBias=~', 'flowBias: null: expected a proportion'],
    ['flowBias={ by: +60% }', 'flowBias: keys and values: expected a proportion'],
    ['flowBias=-101%', 'flowBias: expected at least "-100 %"'],
    ['flowBias=[1', 'not YAML after "="'],
    ['flowBias=*x', 'not YAML after "="'],
    ['flowBias=!!js +60%', 'not YAML after "="'],
    ['flowBias=+60%@', 'after "@", "": expected a span of time'],
    ['flowBias=+60%@soon', 'after "@", "soon": expected a span of time'],
    ['flowBias=+60%@-3d', 'expected a span of time'],
    ['flowBias=+60%@200000d', 'longer than 100000 days'],
    [`flowBias=${'['.repeat(5000)}`, '5009 characters'],
  ])('%j is none, and the answer says what was expected', (text, says) => {
    const read = () => parseBreak(text);
    expect(read).toThrow(BreakError);
    expect(read).toThrow(says);
  });

  test('that is unknown is answered with every fault there is', () => {
    for (const [name, about] of Object.entries(FAULTS)) expect(() => parseBreak('toast')).toThrow(`${name}: ${about}`);
  });
});
