import { expect, test } from 'vitest';
import { BEDSIDE, BOLUS, EDITS, ENDING, FORMS, OTHER_FLUID, PANES, REFILL, TEXT } from '../../page/text.ts';
import { MOUSE } from './hands.ts';
import { takeSeat } from './workflows/seat.ts';

const seat = takeSeat({ hands: MOUSE, width: 1280, height: 800 });
const { press, type, begin, ask, seen, readings, read } = seat;

const box = (name: string) => seat.page.getByRole('textbox', { name, exact: true });
const connect = () => seat.page.getByRole('heading', { name: TEXT.connect }).waitFor();
const isEntered = () => seat.page.getByRole('heading', { name: REFILL.entered }).waitFor();
const isRestored = () => seat.page.getByText(TEXT.restored).count();

test('what was typed in a refill is there again after a session that ended by itself, and can be entered', async () => {
  await begin('Refill');
  await type(REFILL.aspirated, '20');
  await type(REFILL.filled, '18.5');
  await ask('{ after: 11min }');
  await connect();
  await seen(TEXT.lapsedKept);
  expect(await readings('belief')).toMatchObject({ reservoir: '19.997 mL' });
  await press(TEXT.interrogate);
  await seen(TEXT.restored);
  expect([await box(REFILL.aspirated).inputValue(), await box(REFILL.filled).inputValue()]).toEqual(['20', '18.5']);
  await press(REFILL.enter);
  await isEntered();
  expect(await isRestored()).toBe(0);
  expect(await read('expectedVolume')).toEqual({ expectedVolume: '18.5 mL' });
});

test('so is what was stepped to in any other form, and what was edited', async () => {
  await begin('Single bolus');
  await press(`${BOLUS.dose} more`);
  await ask('{ after: 11min }');
  await press(TEXT.interrogate);
  await seen(TEXT.restored);
  expect(await box(BOLUS.dose).inputValue()).toBe('1');
  await press(TEXT.status);
  // What is left on purpose is gone.
  await press(EDITS.leave);
  await seat.workflow('Single bolus');
  expect(await box(BOLUS.dose).inputValue()).toBe('');
  await press(TEXT.status);
  await seat.workflow('Adjust dose');
  await type(FORMS.basal, '190');
  await seat.review();
  await ask('{ after: 11min }');
  await press(TEXT.interrogate);
  await seen(TEXT.restored);
  expect(await box(FORMS.basal).inputValue()).toBe('190');
  await seat.program();
  expect(await read('dailyDose')).toEqual({ dailyDose: '190 mcg/day' });
});

test('so are both steps of another concentration, and that the refill was not entered is said', async () => {
  await begin('New drug or concentration');
  await type(REFILL.aspirated, '20');
  await press(TEXT.next);
  await type('Concentration 1', '1000');
  await ask('{ after: 11min }');
  await press(TEXT.interrogate);
  await seen(TEXT.restored);
  await seen(OTHER_FLUID.typed);
  await seat.page.getByRole('status').getByText(REFILL.asExpected('19.997 mL')).waitFor();
  expect(await box(REFILL.aspirated).inputValue()).toBe('20');
  await press(TEXT.next);
  expect(await box('Concentration 1').inputValue()).toBe('1000');
});

test('nothing is kept of a session that somebody ended, nor for another pump', async () => {
  await begin('Refill');
  await type(REFILL.filled, '18.5');
  await press(TEXT.endSession);
  await press(EDITS.leave);
  await connect();
  expect(await seat.page.getByText(TEXT.lapsed).count()).toBe(0);
  await begin('Refill');
  expect(await box(REFILL.filled).inputValue()).toBe('');
  await type(REFILL.filled, '18.5');
  await ask('{ after: 11min }');
  await ask('{ hands: { replace: { serial: THECAL-0002 } } }');
  await press(TEXT.register);
  await seen(TEXT.choose);
  expect(await isRestored()).toBe(0);
});

test('a session that is soon over says so, and goes on once it is used', async () => {
  const region = seat.page.getByRole('status').getByText(ENDING.inMinutes(3));
  await begin('Refill');
  await type(REFILL.filled, '18.5');
  await ask('{ after: 6min }');
  expect(await region.count()).toBe(0);
  await ask('{ after: 1min 50s }');
  await seen('This session ends by itself in 2 min 10 s');
  await region.waitFor();
  await box(REFILL.filled).focus();
  await press(ENDING.stay);
  await seat.page.getByText(ENDING.in(130)).waitFor({ state: 'detached' });
  expect(await seat.page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(REFILL.filled);
  await ask('{ after: 9min }');
  expect(await box(REFILL.filled).inputValue()).toBe('18.5');
  await seen(ENDING.in(60));
});

test('the reservoir is emptied without a question during a refill alone', async () => {
  const drain = () => seat.page.getByRole('button', { name: BEDSIDE.drain, exact: true }).click();
  const question = seat.page.getByRole('alertdialog', { name: BEDSIDE.sureDrain });
  await seat.page.getByRole('tab', { name: PANES.bedside }).click();
  await drain();
  await question.waitFor();
  await press(BEDSIDE.not);
  await begin('Refill');
  await drain();
  await seat.page.getByRole('status').getByText('Emptied the reservoir').waitFor();
  expect(await question.count()).toBe(0);
  await type(REFILL.aspirated, '20');
  await type(REFILL.filled, '18');
  await press(REFILL.enter);
  await isEntered();
  await drain();
  await question.waitFor();
});
