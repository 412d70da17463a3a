import { expect, test } from 'vitest';
import {
  FAULT_NAMES,
  FAULT_SHEETS,
  loadScenario,
  Session,
  type StandingFault,
  StandingFaults,
} from '../../workbench/index.ts';

const TEXT = `thecal: scenario/1
title: A pump
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start:
  fill: { volume: 20 mL, baclofen: 500 mcg/mL }
  prescribe: { constant: 200 mcg/day, lowReservoir: 2 mL }
story:
  - clinician: interrogate
`;

function pump() {
  const faults = new StandingFaults();
  const session = new Session(loadScenario(TEXT), {
    id: '',
    version: '',
    executor: 'table',
    onRecord: (record) => faults.take(record),
  });
  const line = (text: string) => expect(session.line(text)).toMatchObject({ problem: undefined });
  return {
    line,
    names: () => faults.list.map(({ name }) => name),
    first: (): StandingFault | undefined => faults.list[0],
  };
}

/** What happens once, and is not there from then on. */
const ONCE: readonly string[] = ['reset', 'batteryReset', 'valvesOpen', 'frameFault', 'localTime', 'ends', 'reconnect'];
/** What nothing ends but hands, or nothing at all. */
const NO_END: readonly string[] = ['batteryLow', 'batteryEmpty', 'memoryFault'];

test.each(FAULT_NAMES)('%s is there from when it comes until it is ended as the menu says', (name) => {
  for (const written of FAULT_SHEETS[name].written) {
    const { line, names, first } = pump();
    line(`world ${written}`);
    const isMend = FAULT_SHEETS[name].written.at(-1) === written && FAULT_SHEETS[name].written.length > 1;
    if (ONCE.includes(name) || (isMend && name !== 'begins' && name !== 'memoryFault')) {
      expect(names()).toEqual([]);
      continue;
    }
    expect(names()).toEqual([name]);
    const { end } = first() ?? {};
    expect(end === undefined).toBe(NO_END.includes(name));
    if (end !== undefined) line(`world ${end}`);
    expect(names()).toEqual(end === undefined ? [name] : []);
  }
});

test('another strength of a fault takes the place of the one before; two conditions stand side by side', () => {
  const { line, names, first } = pump();
  line('world { flowBias: +15 % }');
  line('world { flowBias: -50 % }');
  expect(first()).toEqual({ name: 'flowBias', text: expect.stringContaining('-50 %'), end: '{ flowBias: 0 % }' });
  line('world { begins: stall }');
  line('world { begins: occlusion }');
  expect(names()).toEqual(['flowBias', 'begins', 'begins']);
});

test('hands mend what is of the catheter with another, what is of the pump with another, a locked memory', () => {
  const { line, names } = pump();
  for (const each of ['tip: epidural', 'granuloma: 40 %', 'begins: occlusion', 'flowBias: +15 %', 'latency: 200ms'])
    line(`world { ${each} }`);
  line('hands { catheter: { size: 60 cm, tip: subdural } }');
  expect(names()).toEqual(['flowBias', 'latency', 'tip']);
  line('world { memoryFault: locked }');
  line('hands resetMemory');
  expect(names()).toEqual(['flowBias', 'latency', 'tip']);
  line('hands { replace: { serial: THECAL-0002 } }');
  expect(names()).toEqual(['latency', 'tip']);
});
