import { describe, expect, test } from 'vitest';
import type { DiscrepancyReason } from '../../shared/index.ts';
import { mL, running } from '../harness.ts';

/** 30 days on 12 mL were programmed and 8 are expected; so much is aspirated, and 20 mL are filled. */
function refilled(aspirated: string, reason?: DiscrepancyReason) {
  const made = running({}, { bolus: { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 } });
  const { sim, clinician, advance } = made;
  const shown = () => Object.fromEntries(sim.screen().fields.map(({ name, text }) => [name, text]));
  const said = () => sim.screen().warnings.filter((text) => text.includes('COUNT WHAT IS PROGRAMMED'));
  const again = (after: string) => {
    clinician({ type: 'endSession' });
    advance(after);
    clinician({ type: 'interrogate' });
  };
  const refill = (text: string | null, why?: DiscrepancyReason) => {
    const stated = why === undefined ? {} : { reason: why };
    const volumes = { aspirated: text === null ? null : mL(text), volume: mL('20') };
    expect(clinician({ type: 'refill', ...volumes, ...stated })).toMatchObject({ done: true });
  };
  advance('30d');
  refill(aspirated, reason);
  return { ...made, shown, said, again, refill };
}

describe('after a refill that shows 18 % more than programmed', () => {
  const MORE =
    'At the refill of 2026-02-04, 2.16 mL less came back than expected, as if 18 % more had flowed than was programmed ' +
    '(reason stated: the pump delivers more than is programmed). DATES AND DOSES COUNT WHAT IS PROGRAMMED: ' +
    'the patient may get more; if it goes on so, the reservoir is low by';

  test('status, report and card say so, with the earlier date; the figures of the pump stay', () => {
    const { sim, shown, said } = refilled('5.84', 'overInfusion');
    expect(said()).toEqual([`${MORE} 2026-03-08`]);
    expect(shown()).toMatchObject({
      flowFound: `${MORE} 2026-03-08`,
      lowReservoirDateAllBoluses: '2026-03-13',
      lowReservoirDateAsFlowed: '2026-03-08',
      refillBy: '2026-03-13',
    });
    for (const paper of [sim.report(), sim.card()]) {
      expect(paper).toContain(`! ${MORE} 2026-03-08\n`);
      expect(paper).toMatch(/Low-reservoir date, as found at refill +2026-03-08/);
    }
  });

  test('every later session says so, with a date that counts what has been programmed since', () => {
    const { shown, said, again } = refilled('5.84', 'overInfusion');
    again('1h');
    expect(said()).toEqual([`${MORE} 2026-03-08`]);
    // No bolus has been asked for: it lasts longer than with all of them.
    again('30d');
    expect(shown()['lowReservoirDateAsFlowed']).toBe('2026-03-13');
    again('8d');
    expect(said()).toEqual([`${MORE} 2026-03-14`]);
    again('8d');
    expect(shown()).not.toHaveProperty('lowReservoirDateAsFlowed');
    expect(said()).toHaveLength(1);
  });

  test('a refill that agrees ends it; one that nobody measured does not', () => {
    const { sim, said, again, refill } = refilled('5.84', 'overInfusion');
    refill(null);
    expect(said()).toHaveLength(1);
    again('10d');
    refill('16');
    expect(said()).toEqual([]);
    expect(sim.card()).not.toContain('COUNT WHAT');
  });
});

test('of less than was programmed it is said that the patient may get less, and no date is earlier', () => {
  const { shown, said, again } = refilled('10.4', 'underInfusion');
  again('1h');
  expect(said()).toEqual([expect.stringContaining('2.4 mL more came back than expected, as if 20 % less had flowed')]);
  expect(said()[0]).toMatch(/the patient may get less$/);
  expect(shown()).not.toHaveProperty('lowReservoirDateAsFlowed');
});

test('within the labelled accuracy nothing is said', () => {
  expect(refilled('6.8').said()).toEqual([]);
});

test('a difference that no flow can make has no date', () => {
  const { said, shown, advance, refill } = refilled('8');
  advance('6min');
  refill('17', 'unknown');
  expect(said()).toEqual([expect.stringContaining('3 mL less came back than expected (no reason was found)')]);
  expect(shown()).not.toHaveProperty('lowReservoirDateAsFlowed');
});
