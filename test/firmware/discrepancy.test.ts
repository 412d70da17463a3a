import { describe, expect, test } from 'vitest';
import { type DiscrepancyReason, LONGEST_NOTE, MOST_DISCREPANCIES, volume } from '../../shared/index.ts';
import { implantedPump, SERIAL } from './bare-pump.ts';
import { prescriptionOf } from './prescriptions.ts';

const mL = (amount: number) => volume.parse(`${amount} mL`);

/** A pump that delivers 0.4 mL/day, and whoever refills it. */
function pumping() {
  const { pump, clinician } = implantedPump();
  clinician.prescribe(prescriptionOf());
  clinician.enter('20 mL');
  return {
    pump,
    enter: (entered: number, aspirated: number | null) =>
      clinician.ask({
        name: 'enterReservoir',
        payload: { serial: SERIAL, volume: mL(entered), aspirated: aspirated === null ? null : mL(aspirated) },
      }),
    note: (reason: DiscrepancyReason, note = '') =>
      clinician.ask({
        name: 'noteDiscrepancy',
        payload: { serial: SERIAL, expected: mL(20), aspirated: mL(15), reason, note },
      }),
  };
}

describe('what was aspirated at a refill', () => {
  test('is kept beside what was expected, the last six times, oldest first', () => {
    const { pump, enter } = pumping();
    for (let i = 0; i <= MOST_DISCREPANCIES; i++) enter(20, 10 + i);
    const kept = pump.status().discrepancies;
    expect(kept.map(({ aspirated }) => aspirated)).toEqual([11, 12, 13, 14, 15, 16].map((amount) => mL(amount)));
    expect(kept[0]).toMatchObject({ expected: mL(20), commanded: 0, reason: null });
  });

  test('is not kept where nobody measured, and the log tells either way', () => {
    const { pump, enter } = pumping();
    enter(18, null);
    enter(20, 17.5);
    expect(pump.status().discrepancies).toMatchObject([{ expected: mL(18), aspirated: mL(17.5) }]);
    expect(pump.logged('reservoirEntered').slice(-2)).toEqual([
      { volume: mL(18), expected: mL(20), aspirated: null },
      { volume: mL(20), expected: mL(18), aspirated: mL(17.5) },
    ]);
  });
});

describe('a reason', () => {
  test('is written down as it is told, and kept with the volume entered next, and only with that', () => {
    const { pump, enter, note } = pumping();
    expect(note('stall', 'in the scanner')).toEqual({ reply: { name: 'noteDiscrepancy', payload: {} } });
    enter(20, 15);
    enter(20, 20);
    expect(pump.status().discrepancies.map(({ reason }) => reason)).toEqual(['stall', null]);
    expect(pump.logged('discrepancyNoted')).toEqual([
      { expected: mL(20), aspirated: mL(15), reason: 'stall', note: 'in the scanner' },
    ]);
  });

  test('of a volume nobody measured is not kept for a later one', () => {
    const { pump, enter, note } = pumping();
    note('unknown');
    enter(20, null);
    enter(20, 15);
    expect(pump.status().discrepancies.map(({ reason }) => reason)).toEqual([null]);
  });

  test('of a volume that was never entered, as the link was lost, is not kept with another refill', () => {
    const { pump, enter, note } = pumping();
    note('stall');
    enter(20, 19.9);
    expect(pump.status().discrepancies.map(({ reason }) => reason)).toEqual([null]);
  });

  test('has at most a line of note', () => {
    const { note } = pumping();
    expect(note('other', 'x'.repeat(LONGEST_NOTE))).toHaveProperty('reply');
    expect(note('other', 'x'.repeat(LONGEST_NOTE + 1))).toMatchObject({ refused: { code: 'malformed' } });
    expect(note('other', 'two\nlines')).toMatchObject({ refused: { code: 'malformed' } });
  });
});
