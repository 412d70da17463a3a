import { expect, test } from 'vitest';
import type { Seat } from './seat.ts';

/** Boluses of the patient and of the clinician, and what fills tubing and catheter. */
export function bolus(seat: Seat): void {
  const { press, pick, type, workflow, seen, read, ask, readings, begin, review, done, program } = seat;

  test('patient control is changed, and the handset gives what was meant', async () => {
    await begin('Patient control');
    await type('Each patient bolus', '7.5');
    await type('Given over, minutes', '4');
    await type('Lockout: the next one no sooner than, hours', '5');
    await type('Lockout: the next one no sooner than, minutes', '30');
    await type('Most boluses in 24 h', '2');
    await program();
    await press('Ask for a dose');
    expect(await read('bolusDose', 'bolusDuration', 'lockout', 'bolusesPerDay', 'granted', 'nextBolus')).toEqual({
      bolusDose: '7.5 mcg',
      bolusDuration: '4min',
      lockout: '5h 30min',
      bolusesPerDay: '2',
      granted: '1',
      nextBolus: '5h 30min',
    });
    await ask('{ after: 1h }');
    // An hour of 200 mcg/day, and the bolus.
    expect(await readings('truth')).toMatchObject({ dose: '15.83 mcg' });
  });

  test('by night the patient may ask for a bolus of its own, which stands in the form of the next visit', async () => {
    await begin('Patient control');
    await press('Another bolus for a part of the day');
    await type('Part of the day 1, from', '21:30');
    await pick('A bolus of its own');
    await type('Part of the day 1, each bolus', '4');
    await type('Part of the day 1, given over, minutes', '2');
    await type('Part of the day 1, the next one no sooner than, hours', '6');
    await type('Part of the day 1, the next one no sooner than, minutes', '0');
    expect(await seat.page.getByRole('button', { name: 'Another bolus for a part of the day' }).isDisabled()).toBe(
      true,
    );
    await program();
    expect(await read('bolusDose', 'bolusParts')).toEqual({
      bolusDose: '10 mcg',
      bolusParts: '21:30 to 06:00 4 mcg in 2min, lockout 6h',
    });
    await workflow('Patient control');
    expect(await seat.page.getByRole('textbox', { name: 'Part of the day 1, from' }).inputValue()).toBe('21:30');
    await ask('{ after: 13h 30min }');
    await press('Ask for a dose');
    await ask('{ after: 1h }');
    // 13 h 30 min and an hour of 200 mcg/day, and the bolus of the night.
    expect(await readings('truth')).toMatchObject({ dose: '124.83 mcg' });
    await begin('Patient control');
    await press('Remove part 1');
    await program();
    await press('Read again');
    expect(await seat.page.locator('[data-field="bolusParts"]').count()).toBe(0);
  });

  test('a single bolus is ordered, and the program goes on after it', async () => {
    await begin('Single bolus');
    await type('Bolus', '35');
    await type('Given over, minutes', '40');
    await review();
    await press('Confirm and give the bolus');
    await done();
    expect(await read('mode', 'singleBolusLeft', 'singleBolusEnds')).toEqual({
      mode: 'single bolus running',
      singleBolusLeft: '0.07 mL',
      singleBolusEnds: '40min',
    });
    await ask('{ after: 1h }');
    expect(await read('mode', 'rate')).toEqual({ mode: 'basal delivery', rate: '0.4 mL/day' });
    expect(await readings('truth')).toMatchObject({ dose: '43.33 mcg' });
  });

  test('a prime above a limit is given once it has been accepted', async () => {
    await begin('Prime or bridge');
    await type('Catheter, as implanted (length or volume)', '65');
    await review();
    await seen('Above a limit');
    await press('Confirm and update the pump');
    await press('Go on above the limit');
    expect(await read('openingUnderway', 'openingLeft')).toEqual({
      openingUnderway: 'priming bolus',
      openingLeft: '0.283 mL',
    });
    await ask('{ after: 1h }');
    expect(await readings('truth')).toMatchObject({ delivered: '0.295 mL' });
  });

  test('a prime that is under way is given up for another program, on purpose', async () => {
    await begin('Prime or bridge');
    await pick('Prime the catheter only');
    await type('Catheter, as implanted (length or volume)', '40');
    await program();
    await ask('{ after: 2min }');
    await workflow('Adjust dose');
    await type('Basal rate', '190');
    await pick('Give it up');
    await program();
    expect(await read('mode', 'program')).toEqual({ mode: 'basal delivery', program: 'constant, 190 mcg/day' });
    // 2 min at 24 mL/day.
    expect(await readings('truth')).toMatchObject({ delivered: '0.033 mL', rate: '0.38 mL/day' });
  });
}
