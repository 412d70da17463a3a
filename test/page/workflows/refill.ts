import { expect, test } from 'vitest';
import type { Seat } from './seat.ts';

/** The same drug, with and without a discrepancy; another strength; another drug. */
export function refill(seat: Seat): void {
  const { press, type, choose, pick, seen, read, ask, readings, begin, workflow, review, done, program } = seat;
  const entered = () => seat.page.getByRole('heading', { name: 'Entered' }).waitFor();
  /** What stands beside a box whose entry cannot be taken; nothing beside one that can. */
  const mark = async (name: string) => {
    const box = seat.page.getByRole('textbox', { name, exact: true });
    await seat.page.evaluate(() => eyes.lost());
    const id = await box.getAttribute('aria-describedby');
    expect(await box.getAttribute('aria-invalid')).toBe(`${id !== null}`);
    return id === null ? undefined : seat.page.locator(`[id="${id}"]`).innerText();
  };
  const value = (name: string) => seat.page.getByRole('textbox', { name, exact: true }).inputValue();

  test('a refill as expected is entered at once, and done with', async () => {
    await ask('{ hands: drain }');
    await ask('{ hands: { inject: 18.5 mL } }');
    await begin('Refill');
    await type('Aspirated', '20');
    await seen('+0 mL against 20 mL expected');
    await type('In the reservoir now', '18.5');
    await press('Enter into the pump');
    await entered();
    await press('Done');
    await seat.page.getByRole('heading', { name: 'What do you want to do?' }).waitFor();
    expect(await read('expectedVolume')).toEqual({ expectedVolume: '18.5 mL' });
    expect(await readings('truth')).toMatchObject({ reservoir: '18.5 mL' });
  });

  test('a refill with a discrepancy is not entered before somebody says why', async () => {
    await ask('{ after: 10d }');
    await ask('{ world: { flowBias: +30 % } }');
    await ask('{ after: 20d }');
    await ask('{ hands: drain }');
    await begin('Refill');
    await type('Aspirated', '5.6');
    // While the reservoir is still empty.
    const compared = seat.page.getByRole('status').filter({ hasText: '−2.4 mL against 8 mL expected' });
    await compared.getByText('+20 % of what was programmed').waitFor();
    await compared.getByText('more was delivered than programmed').waitFor();
    await compared.getByText('Find out why before you fill').waitFor();
    await compared.getByText('the reservoir was not emptied').waitFor();
    expect(await compared.innerText()).not.toContain('stood still');
    // A look elsewhere, as at the log, loses nothing of it, and no screen hides that it was begun.
    await press('Pump status');
    await seen('A refill has been begun: what was typed is not entered.');
    await press('Go on with the refill');
    expect(await value('Aspirated')).toBe('5.6');
    await ask('{ hands: { inject: 19 mL } }');
    await type('In the reservoir now', '19');
    await press('Enter into the pump');
    const reasons = seat.page.getByRole('combobox', { name: 'Why they differ' });
    expect(await reasons.innerText()).not.toContain('More:');
    // What is asked for stands beside its box, which has the focus and is covered by nothing.
    await seat.page.getByRole('alert').getByText('state a reason').waitFor();
    const why = seat.page.locator(`[id="${await reasons.getAttribute('aria-describedby')}"]`);
    expect(await why.innerText()).toContain('state a reason');
    expect(await seat.page.evaluate(() => eyes.lost())).toBe('');
    expect(await seat.page.evaluate('document.activeElement.ariaLabel')).toBe('Why they differ');
    expect(await seat.page.locator('.foot').innerText()).toBe('Enter into the pump');
    await choose('Why they differ', 'the pump delivers more than is programmed');
    await why.waitFor({ state: 'detached' });
    await type('Note', 'rotor study on Friday');
    expect(await readings('belief')).toMatchObject({ reservoir: '8 mL' });
    await press('Enter into the pump');
    await entered();
    expect(await read('expectedVolume', 'discrepancyReason', 'discrepancyTrend')).toEqual({
      expectedVolume: '19 mL',
      discrepancyReason: 'the pump delivers more than is programmed',
      discrepancyTrend: '−2.4 mL (+20 %)',
    });
    expect(await readings('truth')).toMatchObject({ reservoir: '19 mL', aspirated: '5.6 mL' });
    await seen('DATES AND DOSES COUNT WHAT IS PROGRAMMED');
    expect(await seat.page.getByText('A refill has been begun').count()).toBe(0);
  });

  test('what is said of a volume is in its place as soon as it is said: nothing moves under a finger afterwards', async () => {
    await begin('New drug or concentration');
    const box = seat.page.getByRole('textbox', { name: 'Aspirated', exact: true });
    const places = await box.evaluate((element) =>
      eyes.placesAround(element, { text: '20', said: 'against 20 mL expected' }),
    );
    await seen('+0 mL against 20 mL expected');
    expect(places.later).toEqual(places.atOnce);
  });

  test('a refill of another fluid that is left is gone on with as one', async () => {
    await begin('New drug or concentration');
    await type('Aspirated', '8');
    await press('Pump status');
    await press('Go on with the refill');
    await seat.page.getByRole('heading', { name: 'Refill with the new drug or concentration' }).waitFor();
    expect(await value('Aspirated')).toBe('8');
  });

  test('another concentration is programmed with a bridge, which comes first', async () => {
    await ask('{ hands: drain }');
    await ask('{ hands: { inject: { volume: 19 mL, baclofen: 2000 mcg/mL } } }');
    await begin('Refill');
    await type('Aspirated', '20');
    await type('In the reservoir now', '19');
    await press('Enter into the pump');
    await press('It is another drug or concentration');
    await type('Concentration 1', '2000');
    await type('Basal rate', '180');
    await seen('The refill was entered in this session: 19 mL.');
    await type('Catheter, as implanted (length or volume)', '65');
    // 65 cm beside what the tubing holds: to be compared with the record of the implant.
    await seen('0.143 mL in the catheter + 0.14 mL in the pump tubing = 0.283 mL in all.');
    await review();
    const table = await seat.page.locator('[data-part="concentration"]').boundingBox();
    const parts = await seat.page.locator('[data-field="openingParts"]').boundingBox();
    expect(parts?.y).toBeLessThan(table?.y ?? 0);
    const figure = (name: string) => seat.page.locator(`[data-figure="${name}"]`).innerText();
    expect(await figure('doseAfter')).toMatch(/200 mcg\/day →\s+180 mcg\/day\s+−10 %/);
    expect(await figure('mixedDose')).toMatch(/not rinsed \(1897 mcg\/mL\)\s+200 .* →\s+170.7 .*\s+−14.6 %/);
    expect(await figure('rinsedDose')).toMatch(/rinsed \(1993 mcg\/mL\)\s+200 .* →\s+179.4 .*\s+−10.3 %/);
    await press('Confirm and update the pump');
    await done();
    expect(await read('concentration', 'dailyDose', 'openingLeft', 'openingEnds', 'bolusDose')).toEqual({
      concentration: '2000 mcg/mL',
      dailyDose: '180 mcg/day',
      openingLeft: '0.283 mL',
      openingEnds: '16h 59min',
      bolusDose: '10 mcg',
    });
    await ask('{ after: 2d }');
    expect(await read('rate', 'mode')).toEqual({ rate: '0.09 mL/day', mode: 'basal delivery' });
    expect(await readings('truth')).toMatchObject({ delivered: '0.399 mL', rate: '0.09 mL/day' });
  });

  test('another concentration begins with its refill; there and back nothing is lost, and empty boxes are marked', async () => {
    const catheter = 'Catheter, as implanted (length or volume)';
    await begin('New drug or concentration');
    await seen('Rinse the reservoir with 3 × 2 mL of the new fluid. 1.4 mL cannot be aspirated');
    await type('Aspirated', '20');
    await press('Enter into the pump');
    expect(await mark('In the reservoir now')).toBe('Empty. Type a number, in mL.');
    await type('In the reservoir now', '19,5');
    expect(await mark('In the reservoir now')).toContain('“19,5” is no number');
    await type('In the reservoir now', '19.5');
    expect(await mark('In the reservoir now')).toBeUndefined();
    await press('Next');
    await seen('What is typed of the refill has not been entered into the pump.');
    expect(await value('Concentration 1')).toBe('');
    await type('Concentration 1', '1000');
    await press('Review on the Finish screen');
    expect(await mark(catheter)).toBe('Empty. Type a number, in cm.');
    expect(await seat.page.getByText('clinician.edit').count()).toBe(0);
    await type(catheter, '80');
    expect(await mark(catheter)).toBeUndefined();
    await press('Previous');
    expect([await value('Aspirated'), await value('In the reservoir now')]).toEqual(['20', '19.5']);
    await press('Enter into the pump');
    // Filled and not told: it is said, and asked before the session ends.
    await seat.page.getByText('■ STILL PROGRAMMED FOR baclofen 500 mcg/mL').waitFor();
    await press('Go on to drug and dose');
    expect([await value('Concentration 1'), await value(catheter)]).toEqual(['1000', '80']);
    await program();
    expect(await read('concentration', 'expectedVolume')).toEqual({
      concentration: '1000 mcg/mL',
      expectedVolume: '19.5 mL',
    });
  });

  test('a pump that was filled and not told is not left unasked, and the next session says so again', async () => {
    await begin('New drug or concentration');
    await type('In the reservoir now', '20');
    await press('Enter into the pump');
    await seen('STILL PROGRAMMED FOR');
    await press('End session');
    await seat.page.getByRole('alertdialog').waitFor();
    await press('Leave it so and end the session');
    await seen('program it before the patient leaves');
    await press('Interrogate');
    await seen('■ STILL PROGRAMMED FOR baclofen 500 mcg/mL');
    await press('Go on to drug and dose');
    await type('Concentration 1', '1000');
    await type('Catheter, as implanted (length or volume)', '80');
    await program();
    expect(await seat.page.getByText('STILL PROGRAMMED').count()).toBe(0);
  });

  test('a volume typed anew is of the fluid that was filled, unless it is said to be the old one again', async () => {
    const still = seat.page.getByText('■ STILL PROGRAMMED FOR');
    await begin('New drug or concentration');
    await type('Aspirated', '20');
    await type('In the reservoir now', '15');
    await press('Enter into the pump');
    await still.waitFor();
    await press('Pump status');
    await workflow('Refill');
    await type('Aspirated', '15');
    await type('In the reservoir now', '19.5');
    await press('Enter into the pump');
    await entered();
    expect(await read('expectedVolume')).toEqual({ expectedVolume: '19.5 mL' });
    await still.waitFor();
    await workflow('Refill');
    await type('Aspirated', '19.5');
    await type('In the reservoir now', '20');
    await pick('baclofen 500 mcg/mL again');
    await press('Enter into the pump');
    await entered();
    await still.waitFor({ state: 'detached' });
  });

  test('after a refill of the same drug a look at the form of a change warns of nothing; what is typed in it does', async () => {
    const still = seat.page.getByText('■ STILL PROGRAMMED FOR baclofen 500 mcg/mL');
    await begin('Refill');
    await type('Aspirated', '20');
    await type('In the reservoir now', '20');
    await press('Enter into the pump');
    await press('It is another drug or concentration');
    await seen('The refill was entered in this session: 20 mL.');
    await press('Pump status');
    expect(await still.count()).toBe(0);
    await workflow('New drug or concentration');
    await type('Concentration 1', '1000');
    await still.waitFor();
  });

  test('what is typed of a refill outlasts a change that is discarded on the way to another screen', async () => {
    await begin('New drug or concentration');
    await type('Aspirated', '20');
    await press('Next');
    await type('Concentration 1', '1000');
    await press('Pump status');
    await press('Discard and leave');
    await seen('A refill has been begun: what was typed is not entered.');
    await press('Go on with the refill');
    expect(await value('Aspirated')).toBe('20');
    await press('Next');
    expect(await value('Concentration 1')).toBe('');
  });

  test('doses of one drug are no doses of another: they are gone once it is chosen', async () => {
    await begin('New drug or concentration');
    await press('Next');
    await choose('Drug 1', 'morphine');
    await seen('mg/mL');
    const rate = seat.page.getByRole('group', { name: 'Basal rate' });
    expect(await rate.getByRole('textbox').inputValue()).toBe('');
    expect(await rate.getByRole('combobox').inputValue()).toBe('mg/day');
    await type('Concentration 1', '10');
    await type('Basal rate', '1.2');
    await type('Catheter, as implanted (length or volume)', '65');
    await program();
    expect(await read('drug', 'concentration', 'program')).toEqual({
      drug: 'morphine',
      concentration: '10 mg/mL',
      program: 'constant, 1.2 mg/day',
    });
  });
}
