import { expect, test } from 'vitest';
import type { Seat } from './seat.ts';

/** From the shelf into the patient, and another pump in its place. */
export function implant(seat: Seat): void {
  const { press, pick, type, choose, workflow, seen, read, ask, readings, begin, review, done, program } = seat;

  test('a pump goes from the shelf through fill, service and first program', async () => {
    await seat.page.evaluate(() =>
      thecal.ask('newPump', { profile: 'synchromed-ii-like-40', clock: '2026-03-02 10:00' }),
    );
    await ask('{ hands: { prepare: { hydromorphone: 10 mg/mL } } }');
    await ask('{ hands: { inject: { volume: 38 mL, hydromorphone: 10 mg/mL } } }');
    await begin('Implant');
    await type('In the reservoir now', '38');
    await press('Enter into the pump');
    await press('Next');
    await press('The pump is implanted');
    await press('Next');
    await choose('Drug 1', 'hydromorphone');
    await type('Concentration 1', '10');
    await type('Basal rate', '0.6');
    await pick('Prime pump tubing and catheter');
    await type('Catheter, as implanted (length or volume)', '55');
    await review();
    await press('Confirm and update the pump');
    await press('Go on above the limit');
    await done();
    expect(await read('drug', 'concentration', 'program', 'openingLeft')).toEqual({
      drug: 'hydromorphone',
      concentration: '10 mg/mL',
      program: 'constant, 0.6 mg/day',
      openingLeft: '0.261 mL',
    });
    await ask('{ after: 1d }');
    // The prime takes 15 min 39.6 s of that day: 0.261 + 0.06 × 0.989.
    expect(await readings('truth')).toMatchObject({ delivered: '0.32 mL', rate: '0.06 mL/day' });
  });

  test('a pump is replaced: the new one is not taken for the old one', async () => {
    await begin('Replace the pump');
    await press('Stop the pump');
    await press('End session');
    await press('Leave it stopped and end the session');
    await ask('{ hands: { replace: { serial: THECAL-0042 } } }');
    await press('Interrogate');
    await seen('NOT THE SAME');
    await press('It is a new pump: put it on the record');
    await ask('{ hands: { prepare: { baclofen: 500 mcg/mL } } }');
    await ask('{ hands: { inject: { volume: 17 mL, baclofen: 500 mcg/mL } } }');
    await workflow('Replace the pump');
    await type('In the reservoir now', '17');
    await press('Enter into the pump');
    await press('Next');
    await press('The pump is implanted');
    await press('Next');
    await choose('Drug 1', 'baclofen');
    await type('Concentration 1', '500');
    await type('Basal rate', '90');
    await pick('Prime the pump tubing only');
    await program();
    expect(await read('serial', 'program', 'expectedVolume', 'openingLeft')).toEqual({
      serial: 'THECAL-0042',
      program: 'constant, 90 mcg/day',
      expectedVolume: '17 mL',
      openingLeft: '0.14 mL',
    });
    expect(await readings('truth')).toMatchObject({ reservoir: '17 mL', delivered: '0 mL' });
    await workflow('History and log');
    await press('Read the prescriptions');
    const written = seat.page.getByRole('region', { name: 'Read from the pump' });
    await written.getByText('90 mcg/day').waitFor();
    expect(await written.innerText()).not.toContain('200 mcg/day');
  });
}
