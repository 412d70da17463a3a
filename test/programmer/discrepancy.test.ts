import { describe, expect, test } from 'vitest';
import { aspiratedFields } from '../../programmer/index.ts';
import { notedIn } from '../../programmer/refill.ts';
import { simulate } from '../../workbench/vitest.ts';
import { mL, running } from '../harness.ts';

const START = {
  fill: { volume: '20 mL', baclofen: '500 mcg/mL' },
  prescribe: { constant: '200 mcg/day', lowReservoir: '2 mL' },
} as const;
/** 30 days on 12 mL were programmed and 8 are expected; the pump has delivered 18 % more. */
function atRefill() {
  const pump = simulate('synchromed-ii-like-20', START, { faults: [{ flowBias: '+18 %' }] });
  pump.advance('30d');
  pump.hands('drain');
  return pump;
}
type Pump = ReturnType<typeof atRefill>;
const shown = ({ screen }: Pump) => Object.fromEntries(screen.fields.map(({ name, text }) => [name, text]));
const MEASURED = { aspirated: 'measured', volume: '20 mL' } as const;
const logged = ({ trace }: Pump, kind: string) =>
  trace.filter((record) => record.kind === 'log' && JSON.stringify(record.data).includes(`"kind":"${kind}"`)).length;

describe('a refill at which 2.16 mL less come back than expected', () => {
  test('is not entered before a reason is stated, and nothing is sent to the pump but a reading', () => {
    const pump = atRefill();
    expect(pump.clinician({ refill: MEASURED })).toMatchObject({ refused: 'reasonNeeded', by: 'programmer' });
    expect(pump.belief).toMatchObject({ discrepancies: [] });
    expect(logged(pump, 'reservoirEntered')).toBe(1);
    expect(shown(pump)).toMatchObject({ refillDiscrepancy: '−2.16 mL', refillShare: '+18 %' });
    expect(shown(pump)).not.toHaveProperty('refillEntered');
    expect(shown(pump)).not.toHaveProperty('refillBy');
  });

  test('shows every reason of that direction, and none of the other', () => {
    const pump = atRefill();
    pump.clinician({ refill: MEASURED });
    const { refillCauses = '' } = shown(pump);
    expect(refillCauses).toContain('delivers more than is programmed');
    expect(refillCauses).toContain('a syringe was misread');
    expect(refillCauses).not.toContain('stood still');
    // What is chosen where no cause is known is no cause.
    expect(refillCauses).not.toContain('no reason was found');
    expect(refillCauses).not.toContain('as noted');
  });

  test('is entered with one: what the syringe showed is still known, the pump has it written down first', () => {
    const pump = atRefill();
    pump.clinician({ refill: MEASURED });
    const done = pump.clinician({ refill: { ...MEASURED, reason: 'overInfusion', note: 'twice by now' } });
    expect(done).toMatchObject({ done: true });
    const kinds = pump.trace.flatMap(({ kind, data }) =>
      kind === 'log' && typeof data === 'object' && data !== null && 'kind' in data ? [data['kind']] : [],
    );
    expect(kinds.slice(kinds.indexOf('discrepancyNoted'))).toEqual(['discrepancyNoted', 'reservoirEntered']);
    expect(shown(pump)).toMatchObject({
      discrepancyTrend: '−2.16 mL (+18 %)',
      discrepancyReason: 'the pump delivers more than is programmed',
      refillEntered: '20 mL',
    });
    expect(pump.clinician({ refill: MEASURED })).toMatchObject({ refused: 'notMeasured' });
  });
});

describe('a reason that has been asked for', () => {
  const asked = () => {
    const pump = atRefill();
    pump.clinician({ refill: MEASURED });
    return pump;
  };

  test('is not passed by with no reading, and the one that was read stays on the screen', () => {
    const pump = asked();
    expect(pump.clinician({ refill: { volume: '20 mL' } })).toMatchObject({ refused: 'reasonNeeded' });
    expect(shown(pump)).toMatchObject({ refillAspirated: '5.84 mL', refillDiscrepancy: '−2.16 mL' });
    expect(logged(pump, 'reservoirEntered')).toBe(1);
  });

  test('is not passed by with another reading, unless it is said that the first was misread', () => {
    const pump = asked();
    const again = { aspirated: '8 mL', volume: '20 mL' } as const;
    expect(pump.clinician({ refill: again })).toMatchObject({ refused: 'reasonNeeded' });
    expect(pump.clinician({ refill: { ...again, reason: 'misread' } })).toMatchObject({ done: true });
    expect(logged(pump, 'discrepancyNoted')).toBe(1);
  });

  test('is none of the other direction', () => {
    const pump = asked();
    const wrong = { refused: 'wrongReason', by: 'programmer' };
    expect(pump.clinician({ refill: { ...MEASURED, reason: 'stall' } })).toMatchObject(wrong);
    expect(pump.clinician({ refill: { aspirated: '8 mL', volume: '20 mL', reason: 'overInfusion' } })).toMatchObject(
      wrong,
    );
    expect(logged(pump, 'discrepancyNoted')).toBe(0);
    expect(pump.clinician({ refill: { ...MEASURED, reason: 'overInfusion' } })).toMatchObject({ done: true });
  });

  test('is not asked for again once the volume has been entered', () => {
    const pump = asked();
    pump.clinician({ refill: { ...MEASURED, reason: 'unknown' } });
    expect(pump.clinician({ refill: { volume: '19 mL' } })).toMatchObject({ done: true });
  });
});

describe('a volume in the syringe, before anything is filled', () => {
  const at = (days: number) => {
    const made = running();
    made.advance(`${days}d`);
    made.clinician({ type: 'interrogate' });
    const told = (text: string) =>
      Object.fromEntries(aspiratedFields(made.sim.knows, mL(text)).map(({ name, text: shown }) => [name, shown]));
    return { ...made, told };
  };

  test('is told as much less than expected as the screen will tell of it, with what it may mean', () => {
    const { clinician, sim, told } = at(30);
    const found = told('5.6');
    expect(found).toMatchObject({
      refillExpected: '8 mL',
      refillDiscrepancy: '−2.4 mL',
      refillShare: '+20 %',
      refillDirection: expect.stringContaining('over-infusion'),
      refillCauses: expect.stringContaining('the reservoir was not emptied'),
    });
    clinician({ type: 'refill', aspirated: mL('5.6'), volume: mL('20') });
    const shown = Object.fromEntries(sim.screen().fields.map(({ name, text }) => [name, text]));
    expect(shown).toMatchObject(found);
  });

  test('has no causes within what a syringe shows and within the accuracy of the flow', () => {
    const { told } = at(30);
    expect(told('8.005')).toMatchObject({ refillDirection: 'as expected' });
    expect(told('8.3')).toMatchObject({ refillDirection: expect.stringContaining('no more than 2 mL') });
    expect(told('8.3')).not.toHaveProperty('refillCauses');
    expect(told('10.5')).toMatchObject({ refillDirection: expect.stringContaining('under-infusion') });
  });

  test('is told nothing of by a programmer that has read no pump', () => {
    const { clinician, told } = at(30);
    clinician({ type: 'endSession' });
    expect(told('5.6')).toEqual({});
  });
});

test('more than the reservoir holds is refused with both figures', () => {
  const pump = atRefill();
  expect(pump.clinician({ refill: { volume: '21 mL' } })).toMatchObject({ refused: 'overCapacity' });
  expect(pump.screen.warnings).toContain(
    'Not done: the volume is more than the reservoir holds: 21 mL is entered, the reservoir holds 20 mL',
  );
});

test('a reason leaves nothing in the log where its volume is refused, and is written down with one that is not', () => {
  const pump = atRefill();
  const stated = { ...MEASURED, reason: 'overInfusion' } as const;
  expect(pump.clinician({ refill: { ...stated, volume: '21 mL' } })).toMatchObject({ refused: 'overCapacity' });
  expect(logged(pump, 'discrepancyNoted')).toBe(0);
  expect(pump.clinician({ refill: stated })).toMatchObject({ done: true });
  expect(logged(pump, 'discrepancyNoted')).toBe(1);
});

test('what the syringe showed outlasts a volume that the pump refuses', () => {
  const pump = simulate('synchromed-ii-like-20', START);
  pump.advance('30d');
  pump.hands('drain');
  expect(pump.clinician({ refill: { aspirated: 'measured', volume: '21 mL' } })).toMatchObject({
    refused: 'overCapacity',
  });
  expect(pump.clinician({ refill: MEASURED })).toMatchObject({ done: true });
  expect(shown(pump)).toMatchObject({ refillAspirated: '8 mL', refillDiscrepancy: '+0 mL' });
});

test('a refill that nobody measured takes no reason, and is in no trend', () => {
  const pump = atRefill();
  expect(pump.clinician({ refill: { volume: '20 mL' } })).toMatchObject({ done: true });
  expect(shown(pump)).not.toHaveProperty('discrepancyTrend');
});

test('a refill that nobody measured says so, on the screen and in the report, but for the first', () => {
  const { sim, clinician, advance } = running();
  const saying = () => sim.screen().fields.find(({ name }) => name === 'refillDiscrepancy')?.text;
  expect(saying()).toBeUndefined();
  advance('30d');
  clinician({ type: 'refill', aspirated: null, volume: mL('20') });
  expect(saying()).toBe('unknown: no volume was aspirated or measured, so that none can be judged');
  expect(sim.report()).toContain('unknown: no volume was aspirated or measured');
});

test('a difference of many times what was programmed is no share in per cent', () => {
  const pump = simulate('synchromed-ii-like-20', START);
  pump.advance('6min');
  pump.hands('drain');
  expect(pump.clinician({ refill: { aspirated: '17 mL', volume: '20 mL' } })).toMatchObject({
    refused: 'reasonNeeded',
  });
  expect(shown(pump)).toMatchObject({ refillDiscrepancy: '−3 mL', refillShare: '×1799' });
});

test('a reason needs what was aspirated, and a note a reason', () => {
  const pump = atRefill();
  expect(() => pump.clinician({ refill: { volume: '20 mL', reason: 'stall' } })).toThrow('a reason needs');
  expect(() => pump.clinician({ refill: { ...MEASURED, note: 'why' } })).toThrow('a note needs a reason');
});

test('what was noted stands in the report of later sessions as well, and by its log in that of another programmer', () => {
  const { sim, clinician, advance } = running();
  advance('30d');
  const stated = { reason: 'unknown', note: 'rotor study on Friday' } as const;
  clinician({ type: 'refill', aspirated: mL('5.6'), volume: mL('20'), ...stated });
  clinician({ type: 'endSession' });
  clinician({ type: 'interrogate' });
  expect(sim.report()).toMatch(/−2.4 mL \(\+20 %\) +no reason was found; noted: rotor study on Friday\n/);
  clinician({ type: 'readLog' });
  const told = notedIn(sim.knows.log, 'THECAL-0001');
  expect(told).toEqual([{ serial: 'THECAL-0001', expected: mL('8'), aspirated: mL('5.6'), note: stated.note }]);
});
