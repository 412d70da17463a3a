import { expect, test } from 'vitest';
import type { Seat } from './seat.ts';

/** The same drug, with and without a discrepancy; another strength; another drug. */
export function refill(seat: Seat): void {
  const { press, type, choose, seen, read, ask, readings, begin, program } = seat;
  const entered = () => seat.page.getByRole('heading', { name: 'Entered' }).waitFor();

  test('a refill as expected is entered at once', async () => {
    await ask('{ hands: drain }');
    await ask('{ hands: { inject: 18.5 mL } }');
    await begin('Refill');
    await type('Aspirated', '20');
    await type('In the reservoir now', '18.5');
    await press('Enter into the pump');
    await entered();
    expect(await read('expectedVolume')).toEqual({ expectedVolume: '18.5 mL' });
    expect(await readings('truth')).toMatchObject({ reservoir: '18.5 mL' });
  });

  test('a refill with a discrepancy is not entered before somebody says why', async () => {
    await ask('{ after: 10d }');
    await ask('{ world: { flowBias: +30 % } }');
    await ask('{ after: 20d }');
    await ask('{ hands: drain }');
    await ask('{ hands: { inject: 19 mL } }');
    await begin('Refill');
    await type('Aspirated', '5.6');
    await type('In the reservoir now', '19');
    await press('Enter into the pump');
    const reasons = seat.page.getByRole('combobox', { name: 'Why they differ' });
    expect(await reasons.innerText()).not.toContain('More:');
    await choose('Why they differ', 'Less: the pump delivers more than is programmed');
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
    await type('Catheter, as implanted (length or volume)', '65');
    await program();
    expect(await read('concentration', 'dailyDose', 'openingLeft', 'openingEnds', 'bolusDose')).toEqual({
      concentration: '2000 mcg/mL',
      dailyDose: '180 mcg/day',
      openingLeft: '0.283 mL',
      openingEnds: '16h 58min 48s',
      bolusDose: '10 mcg',
    });
    await ask('{ after: 2d }');
    expect(await read('rate', 'mode')).toEqual({ rate: '0.09 mL/day', mode: 'basal delivery' });
    expect(await readings('truth')).toMatchObject({ delivered: '0.399 mL', rate: '0.09 mL/day' });
  });

  test('doses of one drug are no doses of another: they are gone once it is chosen', async () => {
    await begin('New drug or concentration');
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
