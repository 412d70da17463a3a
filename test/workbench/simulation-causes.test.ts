import { describe, expect, test } from 'vitest';
import { parseDuration, proportion } from '../../shared/index.ts';
import type { TraceRecord } from '../../workbench/trace.ts';
import { mL, prescribe, running } from '../harness.ts';

type Bench = ReturnType<typeof running>;

/** A record in two words. */
const words = ({ layer, kind, data }: TraceRecord): string => {
  const { name, type, kind: logged, data: more, answer } = Object(data);
  const parts = [layer, kind, logged ?? type ?? name, Object(more).code, answer === true ? 'answered' : undefined];
  return parts.filter((part) => part !== undefined).join(' ');
};

/** From a record back to what began it. */
function causes({ records }: Bench, last: TraceRecord | undefined): string[] {
  const chain: string[] = [];
  for (let record = last; record !== undefined; record = records[(record.because ?? 0) - 1]) chain.push(words(record));
  return chain;
}

const find = ({ records }: Bench, wanted: string) => records.findLast((record) => words(record) === wanted);

describe('why', () => {
  test('the pump alarmed: the reservoir got low by the rate of the prescription a clinician entered', () => {
    const made = running();
    made.advance('45d');
    expect(causes(made, find(made, 'firmware log alarmRaised lowReservoir'))).toEqual([
      'firmware log alarmRaised lowReservoir',
      'firmware event RESERVOIR_LOW',
      'firmware event UPDATE_COMMIT',
      'link frame commitUpdate',
      'link frame beginUpdate answered',
      'link frame beginUpdate',
      'link frame stagePrescription answered',
      'link frame stagePrescription',
      'link frame interrogate answered',
      'link frame interrogate',
      'act clinician prescribe',
    ]);
  });

  test('the reservoir ran dry: the motor moved too much', () => {
    const made = running();
    made.advance('1d');
    made.sim.act({ by: 'world', act: { type: 'flowBias', by: proportion.parse('+25 %') } });
    made.advance('60d');
    expect(causes(made, find(made, 'plant ranDry'))).toEqual(['plant ranDry', 'plant flow', 'act world flowBias']);
  });

  test('a bolus ended: the patient pressed', () => {
    const made = running({}, { bolus: { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 } });
    made.press();
    made.advance('2min');
    const chain = causes(made, find(made, 'firmware log bolusEnded'));
    expect(chain.slice(0, 4)).toEqual([
      'firmware log bolusEnded',
      'firmware event BOLUS_END',
      'firmware event BOLUS_REQUEST',
      'link frame requestBolus',
    ]);
    expect(chain.at(-1)).toBe('act patient requestBolus');
  });

  test('the session was closed: nobody had touched the programmer since the last act', () => {
    const made = running();
    made.clinician({ type: 'interrogate' });
    made.advance('10min');
    expect(causes(made, find(made, 'firmware log sessionClosed'))).toEqual([
      'firmware log sessionClosed',
      'firmware event SESSION_CLOSED',
      'link frame closeSession',
      'act clinician interrogate',
    ]);
  });
});

test('every record was caused by one before it, or by somebody’s act, or by nobody at all', () => {
  const { records, clinician, press, advance, sim } = running(
    {},
    { bolus: { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 } },
  );
  press();
  clinician(prescribe({ basal: '190 mcg/day' }));
  advance('50d');
  sim.act({ by: 'hands', act: { type: 'drain' } });
  clinician({ type: 'refill', aspirated: 'measured', volume: mL('20') });
  clinician({ type: 'stop' });
  sim.advance(parseDuration('4d'));
  for (const { n, because } of records) if (because !== undefined) expect(because).toBeLessThan(n);
  const roots = new Set(records.filter(({ because }) => because === undefined).map(words));
  expect([...roots].filter((root) => !root.startsWith('act '))).toEqual(['firmware event POWER_ON']);
});
