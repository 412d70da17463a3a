import { expect, test } from 'vitest';
import type { Seat } from './seat.ts';

/** Every kind of program, and the ways out of an edit and of an update. */
export function dose(seat: Seat): void {
  const { press, unfold, pick, type, slide, workflow, seen, read, ask, readings, begin, review, program } = seat;

  test('to another constant rate, which the ceiling refuses and a higher ceiling takes', async () => {
    await begin('Adjust dose');
    await type('Basal rate', '230');
    await press('Review on the Finish screen');
    // What is said of it covers no box that may have to be mended.
    const covered = await seat.page.evaluate<
      readonly string[]
    >(`[...document.querySelectorAll('form input, form select')]
      .filter((box) => box.checkVisibility())
      .filter((box) => {
        box.focus();
        const [{ top, bottom }, foot] = [box, document.querySelector('.foot')].map((one) => one.getBoundingClientRect());
        return bottom > foot.top && top < foot.bottom;
      })
      .map(({ ariaLabel }) => ariaLabel)`);
    expect(covered).toEqual([]);
    await seen('The ceiling is the first box of');
    await type('Daily dose ceiling, with all boluses', '260');
    expect(await seat.page.getByText('Not done').count()).toBe(0);
    await program();
    expect(await read('dailyDose', 'ceiling', 'record')).toEqual({
      dailyDose: '230 mcg/day',
      ceiling: '260 mcg/day',
      record: '2',
    });
    expect(await readings('truth')).toMatchObject({ rate: '0.46 mL/day' });
  });

  test('by a flex schedule: bar and table, and the total at once', async () => {
    await begin('Adjust dose');
    await pick('Flex: the same every day');
    await type('Rate of step 1', '120');
    await type('Rate of step 2', '240');
    await seen('Total in 24 h: 180 mcg');
    await slide('Beginning of step 2', 600);
    await seen('Total in 24 h: 190 mcg');
    await type('Step 2 begins at', '10:01');
    await press('Add a step');
    await type('Rate of step 3', '60');
    await seen('Total in 24 h: 137.417 mcg');
    await press('Add a step');
    await press('Remove step 2');
    await program();
    expect(await read('program', 'dailyDose')).toEqual({
      program: 'every day 00:00 120 mcg/day, 10:01 240 mcg/day, 17:00 60 mcg/day',
      dailyDose: '137.417 mcg/day',
    });
    await ask('{ after: 1d }');
    expect(await readings('truth')).toMatchObject({ dose: '137.42 mcg' });
  });

  test('by a flex schedule of its own for the weekend', async () => {
    await begin('Adjust dose');
    await pick('Flex: weekdays and weekend');
    const weekend = seat.page.getByRole('heading', { name: 'Saturday and Sunday' }).locator('..');
    await type('Rate of step 1', '150', weekend);
    await program();
    expect(await read('program')).toEqual({
      program: 'Mon Tue Wed Thu Fri 00:00 200 mcg/day; Sat Sun 00:00 150 mcg/day',
    });
    await ask('{ after: 5d }');
    expect(await readings('truth')).toMatchObject({ rate: '0.3 mL/day' });
  });

  test('by so many per cent', async () => {
    await begin('Adjust dose');
    await pick('Change by per cent');
    await type('Change every rate by', '-12.5');
    await program();
    expect(await read('program')).toEqual({ program: 'constant, 175 mcg/day' });
    expect(await readings('truth')).toMatchObject({ rate: '0.35 mL/day' });
  });

  test('to periodic boluses, hours and minutes apart', async () => {
    await begin('Adjust dose');
    await pick('Periodic boluses');
    await type('Basal rate', '48');
    await type('Each bolus', '20');
    await type('Given over, minutes', '10');
    await type('One bolus every, hours', '3');
    await type('One bolus every, minutes', '30');
    await program();
    expect(await read('program', 'periodicDose', 'periodicInterval')).toEqual({
      program: '48 mcg/day, and every 3h 30min 20 mcg in 10min',
      periodicDose: '20 mcg',
      periodicInterval: '3h 30min',
    });
    await ask('{ after: 7h 10min }');
    expect(await readings('truth')).toMatchObject({ dose: '54.33 mcg' });
  });

  test('by date', async () => {
    await begin('Adjust dose');
    await pick('By date (taper or titration)');
    await type('Basal rate', '190');
    await press('Add a date');
    await type('From date 1', '2026-01-12T09:00');
    await type('Rate from date 1', '160');
    await program();
    expect(await read('program')).toEqual({ program: '190 mcg/day, from 2026-01-12 09:00 160 mcg/day' });
    await ask('{ after: 8d }');
    expect(await readings('truth')).toMatchObject({ rate: '0.32 mL/day' });
  });

  test('what was edited is left on purpose only', async () => {
    await begin('Adjust dose');
    await type('Basal rate', '150');
    await press('Pump status');
    await press('Go on editing');
    expect(await seat.page.getByRole('textbox', { name: 'Basal rate' }).inputValue()).toBe('150');
    await review();
    await press('Back to the form');
    await type('Basal rate', '140');
    await review();
    await press('Pump status');
    await press('Discard and leave');
    await seat.page.getByRole('heading', { name: 'What do you want to do?' }).waitFor();
    expect(await read('program')).toEqual({ program: 'constant, 200 mcg/day' });
  });

  test('an update that is interrupted leaves a stopped pump, the first thing shown, resumed on purpose', async () => {
    await ask('{ world: { disconnect: { from: commitUpdate, lose: request } } }');
    await begin('Adjust dose');
    await type('Basal rate', '165');
    await review();
    await press('Confirm and update the pump');
    await seen('THE PUMP MAY BE STOPPED');
    await ask('{ after: 5h }');
    expect(await readings('truth')).toMatchObject({ rate: '0 mL/day' });
    await ask('{ world: reconnect }');
    await press('Interrogate');
    await seat.page.getByRole('alert').filter({ hasText: 'PUMP STOPPED' }).waitFor();
    await press('Discard what was edited');
    await workflow('Stop and restart');
    await press('Start delivery');
    expect(await read('mode', 'rate', 'program', 'record')).toEqual({
      mode: 'basal delivery',
      rate: '0.4 mL/day',
      program: 'constant, 200 mcg/day',
      record: '1',
    });
    expect(await readings('truth')).toMatchObject({ rate: '0.4 mL/day' });
  });

  test('an update may be in force although its answer was lost, and the next session says so', async () => {
    await ask('{ world: { disconnect: { from: commitUpdate, lose: answer } } }');
    await begin('Adjust dose');
    await type('Basal rate', '165');
    await review();
    await press('Confirm and update the pump');
    await seen('THE PUMP MAY BE STOPPED');
    await ask('{ world: reconnect }');
    await press('Interrogate');
    await seen('the pump had carried out the prescription');
    // What was carried out is not pending: nothing is there to be programmed a second time, or to be discarded.
    expect(await seat.page.getByRole('button', { name: 'Discard what was edited' }).count()).toBe(0);
    expect(await read('mode', 'program', 'record')).toEqual({
      mode: 'basal delivery',
      program: 'constant, 165 mcg/day',
      record: '2',
    });
    expect(await readings('truth')).toMatchObject({ rate: '0.33 mL/day' });
  });

  test('a dose limit holds within its time, and can be given up again', async () => {
    await begin('Adjust dose');
    await unfold('Ceiling, dose limit and low-reservoir threshold');
    await pick('The pump delivers no more than');
    await type('Most within any such time', '45');
    await type('Time it is counted over, hours', '4');
    await type('Time it is counted over, minutes', '0');
    await program();
    expect(await read('doseLimit', 'doseLimitWindow', 'program')).toEqual({
      doseLimit: '45 mcg',
      doseLimitWindow: '4h',
      program: 'constant, 200 mcg/day',
    });
    // 33.33 mcg of basal in 4 h, and room for one bolus of 10.
    await press('Ask for a dose');
    await ask('{ after: 2h }');
    expect(await readings('truth')).toMatchObject({ dose: '26.67 mcg' });
    await begin('Adjust dose');
    await unfold('Ceiling, dose limit and low-reservoir threshold');
    expect(await seat.page.getByRole('textbox', { name: 'Most within any such time' }).inputValue()).toBe('45');
    await pick('No dose limit');
    await program();
    await press('Read again');
    expect(await seat.page.locator('[data-field="doseLimit"]').count()).toBe(0);
  });
}
