import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { READY } from '../../page/ready.ts';
import { type PageServer, servePage } from '../../workbench/node/page-server.ts';
import { ROOT } from '../integration/cli.ts';
import { opened, startChromium } from './chromium.ts';

/*
 * Every workflow of the programmer, done as a clinician does it: by what buttons and boxes are called. What was meant is
 * then compared with the pump, read afresh, and with what is true.
 */

let [browser, server]: [Browser?, PageServer?] = [];
let page: Page;
let said: string[];
beforeAll(async () => {
  server = await servePage(join(ROOT, 'dist/page'), 0);
  browser = await startChromium();
  ({ page, said } = await opened(browser, server.url, { realTime: false }));
  page.setDefaultTimeout(20_000);
  await page.getByRole('button', { name: 'Interrogate' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  await open(READY);
});

const click = (name: string) => page.getByRole('button', { name, exact: true }).click();
const pick = (name: string) => page.getByRole('radio', { name, exact: true }).check();
const type = (name: string, text: string) => page.getByRole('textbox', { name, exact: true }).fill(text);
const choose = (name: string, option: string) =>
  page.getByRole('combobox', { name, exact: true }).selectOption({ label: option });
const workflow = (name: string) =>
  page
    .getByRole('region', { name: 'What do you want to do?' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();

/** What a line of the screen says. */
const field = (name: string) => page.locator(`[data-field="${name}"] dd`).first().innerText();
/** The pump read afresh: what the screen of its status says by these names. */
async function read<N extends string>(...names: readonly N[]): Promise<Record<N, string>> {
  const isOpen = await page.getByRole('button', { name: 'Read again' }).isVisible();
  await click(isOpen ? 'Read again' : 'Interrogate');
  await click('Pump status');
  const texts = await Promise.all(names.map(async (name) => [name, await field(name)] as const));
  return Object.fromEntries(texts) as Record<N, string>;
}
const ask = (line: string) => page.evaluate((text) => thecal.ask('line', text), line);
/** Readings of truth or belief, by their names. */
async function readings(view: 'truth' | 'belief'): Promise<Record<string, string>> {
  const { text } = await ask(view);
  return Object.fromEntries(
    text.split('\n').map((line) =>
      line
        .trim()
        .split(/\s{2,}/)
        .slice(0, 2),
    ),
  );
}
const open = (scenario: string) => page.evaluate((text) => thecal.ask('open', { scenario: text }), scenario);
async function begin(name: string): Promise<void> {
  await click('Interrogate');
  await workflow(name);
}
async function review(): Promise<void> {
  await click('Review on the Finish screen');
  await page.getByRole('heading', { name: 'Finish: old and new' }).waitFor();
}
async function program(): Promise<void> {
  await review();
  await click('Confirm and update the pump');
  await page.getByRole('status', { name: 'Done' }).waitFor();
}

describe('implant and first program', () => {
  test('lead from the shelf through fill, service and program', async () => {
    await page.evaluate(() => thecal.ask('newPump', { profile: 'synchromed-ii-like-40', clock: '2026-03-02 10:00' }));
    await ask('{ hands: { prepare: { hydromorphone: 10 mg/mL } } }');
    await ask('{ hands: { inject: { volume: 38 mL, hydromorphone: 10 mg/mL } } }');
    await begin('Implant');
    await type('In the reservoir now', '38');
    await click('Enter into the pump');
    await click('Next');
    await click('The pump is implanted');
    await click('Next');
    await choose('Drug 1', 'hydromorphone');
    await type('Concentration 1', '10');
    await type('Basal rate', '0.6');
    await pick('Prime pump tubing and catheter');
    await type('Catheter, as implanted (length or volume)', '55');
    await review();
    await click('Confirm and update the pump');
    await click('Go on above the limit');
    await page.getByRole('status', { name: 'Done' }).waitFor();
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
});

describe('refill', () => {
  test('as expected is entered at once', async () => {
    await ask('{ hands: drain }');
    await ask('{ hands: { inject: 18.5 mL } }');
    await begin('Refill');
    await type('Aspirated', '20');
    await type('In the reservoir now', '18.5');
    await click('Enter into the pump');
    await page.getByRole('heading', { name: 'Entered' }).waitFor();
    expect(await read('expectedVolume')).toEqual({ expectedVolume: '18.5 mL' });
    expect(await readings('truth')).toMatchObject({ reservoir: '18.5 mL' });
  });

  test('with a discrepancy is not entered before somebody says why', async () => {
    await ask('{ after: 10d }');
    await ask('{ world: { flowBias: +30 % } }');
    await ask('{ after: 20d }');
    await ask('{ hands: drain }');
    await ask('{ hands: { inject: 19 mL } }');
    await begin('Refill');
    await type('Aspirated', '5.6');
    await type('In the reservoir now', '19');
    await click('Enter into the pump');
    const reasons = page.getByRole('combobox', { name: 'Why they differ' });
    expect(await reasons.innerText()).not.toContain('More:');
    await choose('Why they differ', 'Less: the pump delivers more than is programmed');
    await type('Note', 'rotor study on Friday');
    expect(await readings('belief')).toMatchObject({ reservoir: '8 mL' });
    await click('Enter into the pump');
    await page.getByRole('heading', { name: 'Entered' }).waitFor();
    expect(await read('expectedVolume', 'discrepancyReason', 'discrepancyTrend')).toEqual({
      expectedVolume: '19 mL',
      discrepancyReason: 'the pump delivers more than is programmed',
      discrepancyTrend: '−2.4 mL (+20 %)',
    });
    expect(await readings('truth')).toMatchObject({ reservoir: '19 mL', aspirated: '5.6 mL' });
  });
});

describe('adjust dose', () => {
  test('to another constant rate, which the ceiling refuses and a higher ceiling takes', async () => {
    await begin('Adjust dose');
    await type('Basal rate', '230');
    await click('Review on the Finish screen');
    await type('Daily dose ceiling, with all boluses', '260');
    await program();
    expect(await read('dailyDose', 'ceiling', 'record')).toEqual({
      dailyDose: '230 mcg/day',
      ceiling: '260 mcg/day',
      record: '2',
    });
    expect(await readings('truth')).toMatchObject({ rate: '0.46 mL/day' });
  });

  test('by a flex schedule: table, keyboard on the bar, and the total at once', async () => {
    await begin('Adjust dose');
    await pick('Flex: the same every day');
    await type('Rate of step 1', '120');
    await type('Rate of step 2', '240');
    await page.getByText('Total in 24 h: 180 mcg').waitFor();
    const edge = page.getByRole('slider', { name: 'Beginning of step 2' });
    for (let i = 0; i < 8; i++) await edge.press('ArrowLeft');
    await edge.press('ArrowUp');
    await page.getByText('Total in 24 h: 189.917 mcg').waitFor();
    await click('Add a step');
    await type('Rate of step 3', '60');
    await page.getByText('Total in 24 h: 137.417 mcg').waitFor();
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
    const weekend = page.getByRole('heading', { name: 'Saturday and Sunday' }).locator('..');
    await weekend.getByRole('textbox', { name: 'Rate of step 1', exact: true }).fill('150');
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
    await click('Add a date');
    await type('From date 1', '2026-01-12T09:00');
    await type('Rate from date 1', '160');
    await program();
    expect(await read('program')).toEqual({ program: '190 mcg/day, from 2026-01-12 09:00 160 mcg/day' });
    await ask('{ after: 8d }');
    expect(await readings('truth')).toMatchObject({ rate: '0.32 mL/day' });
  });
});

test('another concentration is programmed with a bridge, which comes first', async () => {
  await ask('{ hands: drain }');
  await ask('{ hands: { inject: { volume: 19 mL, baclofen: 2000 mcg/mL } } }');
  await begin('Refill');
  await type('Aspirated', '20');
  await type('In the reservoir now', '19');
  await click('Enter into the pump');
  await click('It is another drug or concentration');
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

test('patient control is changed, and the handset gives what was meant', async () => {
  await begin('Patient control');
  await type('Each patient bolus', '7.5');
  await type('Given over, minutes', '4');
  await type('Lockout: the next one no sooner than, hours', '5');
  await type('Lockout: the next one no sooner than, minutes', '30');
  await type('Most boluses in 24 h', '2');
  await program();
  await click('Ask for a dose');
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
  await click('Add a part of the day');
  await type('Part of the day 1, from', '21:30');
  await pick('A bolus of its own');
  await type('Part of the day 1, each bolus', '4');
  await type('Part of the day 1, given over, minutes', '2');
  await type('Part of the day 1, the next one no sooner than, hours', '6');
  await type('Part of the day 1, the next one no sooner than, minutes', '0');
  expect(await page.getByRole('button', { name: 'Add a part of the day' }).isDisabled()).toBe(true);
  await program();
  expect(await read('bolusDose', 'bolusParts')).toEqual({
    bolusDose: '10 mcg',
    bolusParts: '21:30 to 06:00 4 mcg in 2min, lockout 6h',
  });
  await workflow('Patient control');
  expect(await page.getByRole('textbox', { name: 'Part of the day 1, from' }).inputValue()).toBe('21:30');
  await ask('{ after: 13h 30min }');
  await click('Ask for a dose');
  await ask('{ after: 1h }');
  // 13 h 30 min and an hour of 200 mcg/day, and the bolus of the night.
  expect(await readings('truth')).toMatchObject({ dose: '124.83 mcg' });
  await begin('Patient control');
  await click('Remove part 1');
  await program();
  await page.getByRole('button', { name: 'Read again' }).click();
  expect(await page.locator('[data-field="bolusParts"]').count()).toBe(0);
});

test('a dose limit holds within its time, and can be given up again', async () => {
  await begin('Adjust dose');
  await page.getByText('Ceiling, dose limit and low-reservoir threshold').press('Enter');
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
  await click('Ask for a dose');
  await ask('{ after: 2h }');
  expect(await readings('truth')).toMatchObject({ dose: '26.67 mcg' });
  await begin('Adjust dose');
  await page.getByText('Ceiling, dose limit and low-reservoir threshold').press('Enter');
  expect(await page.getByRole('textbox', { name: 'Most within any such time' }).inputValue()).toBe('45');
  await pick('No dose limit');
  await program();
  await click('Read again');
  expect(await page.locator('[data-field="doseLimit"]').count()).toBe(0);
});

test('a single bolus is ordered, and the program goes on after it', async () => {
  await begin('Single bolus');
  await type('Bolus', '35');
  await type('Given over, minutes', '40');
  await review();
  await click('Confirm and give the bolus');
  await page.getByRole('status', { name: 'Done' }).waitFor();
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
  await page.getByText('Above a limit').waitFor();
  await click('Confirm and update the pump');
  await click('Go on above the limit');
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

test('alarms are told each by its own words, silenced and cleared', async () => {
  await ask('{ until: { alarm: lowReservoir }, atMost: 60d }');
  await begin('Alarms');
  const alarm = page.getByRole('region', { name: 'Low reservoir: refill the pump' });
  await alarm.getByRole('button', { name: 'Silence' }).click();
  await alarm.getByText('tone silenced').waitFor();
  await click('Sound both tones once');
  await page.getByText('Done: Sound both tones once').waitFor();
  await click('Critical alarms every 1h');
  expect(await read('criticalInterval')).toEqual({ criticalInterval: '1h' });
  expect(await readings('belief')).toMatchObject({ silenced: '1' });
});

test('a pump is stopped, left on purpose only, and started again', async () => {
  await begin('Stop and restart');
  await click('Stop the pump');
  await page.getByText('PUMP STOPPED').waitFor();
  await click('End session');
  // Enter, pressed unawares, stays.
  await page.getByRole('button', { name: 'Stay in the session' }).press('Enter');
  expect(await readings('truth')).toMatchObject({ rate: '0 mL/day' });
  await ask('{ after: 3h }');
  await click('Interrogate');
  await page.getByRole('alert').filter({ hasText: 'PUMP STOPPED for 3h' }).filter({ hasText: '25 mcg' }).waitFor();
  await workflow('Stop and restart');
  await click('Start delivery');
  await page.getByText('Done: Start delivery').waitFor();
  expect(await read('mode', 'rate')).toEqual({ mode: 'basal delivery', rate: '0.4 mL/day' });
  expect(await readings('truth')).toMatchObject({ rate: '0.4 mL/day', delivered: '0 mL' });
});

test('a pump that was stopped says so after a session that ended by itself, until it is read running', async () => {
  await begin('Stop and restart');
  await click('Stop the pump');
  await page.getByText('Done: Stop the pump').waitFor();
  await ask('{ after: 11min }');
  await page.getByRole('heading', { name: 'Connect to the pump' }).waitFor();
  expect(await page.getByRole('main').innerText()).toMatch(/^■ STOPPED when last read at 2026-01-05 08:00/);
  await begin('Stop and restart');
  await click('Start delivery');
  await page.getByText('Done: Start delivery').waitFor();
  await click('End session');
  await page.getByRole('heading', { name: 'Connect to the pump' }).waitFor();
  expect(await page.getByText('STOPPED when last read').count()).toBe(0);
});

test('a pump is replaced: the new one is not taken for the old one', async () => {
  await begin('Replace the pump');
  await click('Stop the pump');
  await click('End session');
  await click('Leave it stopped and end the session');
  await ask('{ hands: { replace: { serial: THECAL-0042 } } }');
  await click('Interrogate');
  await page.getByText('NOT THE SAME').waitFor();
  await click('Put this pump on the patient’s record');
  await ask('{ hands: { prepare: { baclofen: 500 mcg/mL } } }');
  await ask('{ hands: { inject: { volume: 17 mL, baclofen: 500 mcg/mL } } }');
  await workflow('Replace the pump');
  await type('In the reservoir now', '17');
  await click('Enter into the pump');
  await click('Next');
  await click('The pump is implanted');
  await click('Next');
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
  await click('Read the prescriptions');
  const written = page.getByRole('region', { name: 'Read from the pump' });
  await written.getByText('90 mcg/day').waitFor();
  expect(await written.innerText()).not.toContain('200 mcg/day');
});

test('a scanner stops the rotor, and the log says so afterwards', async () => {
  await ask('{ hands: { enterScanner: 1.5 T } }');
  await ask('{ after: 40min }');
  await ask('{ hands: leaveScanner }');
  await ask('{ after: 1h }');
  await begin('Before and after MRI');
  await click('Read the event log');
  await page.getByText(/stall/).first().waitFor();
  expect(await read('mode', 'rate')).toEqual({ mode: 'basal delivery', rate: '0.4 mL/day' });
  // Of 100 min the rotor turned 60.
  expect(await readings('truth')).toMatchObject({ rate: '0.4 mL/day', delivered: '0.017 mL' });
});

test.each([
  ['Dosing report', 'report'],
  ['Refill card', 'card'],
])('the %s is the text of the console, and nothing else is printed', async (name, word) => {
  await click('Interrogate');
  await page.getByRole('heading', { name: 'What do you want to do?' }).waitFor();
  await click(name);
  const { text } = await ask(word);
  const paper = page.getByRole('region', { name, includeHidden: true }).locator('pre');
  expect((await paper.innerText()).trimEnd()).toBe(text);
  await page.emulateMedia({ media: 'print' });
  expect(await paper.isVisible()).toBe(true);
  expect(await page.getByRole('button').or(page.getByRole('heading')).count()).toBe(0);
  await page.emulateMedia({ media: null });
});

test('history and log are read, and two prescriptions compared', async () => {
  await begin('Adjust dose');
  await type('Basal rate', '185');
  await program();
  await workflow('History and log');
  await click('Read the prescriptions');
  await page.getByText('185 mcg/day').first().waitFor();
  await click('Compare');
  expect(await page.getByRole('row', { name: /^Daily dose 2/ }).innerText()).toBe(
    'Daily dose\t200 mcg/day\t185 mcg/day',
  );
  await click('Read the event log');
  await page.getByText('prescription in force').waitFor();
});

test('at the end of service nothing starts the pump again', async () => {
  await begin('End of service');
  await click('Read the event log');
  expect(await read('replaceBy')).toEqual({ replaceBy: '2033-01-05' });
});

describe('an update that is interrupted', () => {
  test('leaves a stopped pump, which is the first thing shown, and is resumed on purpose', async () => {
    await ask('{ world: { disconnect: { from: commitUpdate, lose: request } } }');
    await begin('Adjust dose');
    await type('Basal rate', '165');
    await review();
    await click('Confirm and update the pump');
    await page.getByText('THE PUMP MAY BE STOPPED').waitFor();
    await ask('{ after: 5h }');
    expect(await readings('truth')).toMatchObject({ rate: '0 mL/day' });
    await ask('{ world: reconnect }');
    await click('Interrogate');
    await page.getByRole('alert').filter({ hasText: 'PUMP STOPPED' }).waitFor();
    await click('Discard what was edited');
    await workflow('Stop and restart');
    await click('Start delivery');
    expect(await read('mode', 'rate', 'program', 'record')).toEqual({
      mode: 'basal delivery',
      rate: '0.4 mL/day',
      program: 'constant, 200 mcg/day',
      record: '1',
    });
    expect(await readings('truth')).toMatchObject({ rate: '0.4 mL/day' });
  });

  test('may be in force although its answer was lost, and the next session says so', async () => {
    await ask('{ world: { disconnect: { from: commitUpdate, lose: answer } } }');
    await begin('Adjust dose');
    await type('Basal rate', '165');
    await review();
    await click('Confirm and update the pump');
    await page.getByText('THE PUMP MAY BE STOPPED').waitFor();
    await ask('{ world: reconnect }');
    await click('Interrogate');
    await page.getByText('the pump had carried out the prescription').waitFor();
    // What was carried out is not pending: nothing is there to be programmed a second time, or to be discarded.
    expect(await page.getByRole('button', { name: 'Discard what was edited' }).count()).toBe(0);
    expect(await read('mode', 'program', 'record')).toEqual({
      mode: 'basal delivery',
      program: 'constant, 165 mcg/day',
      record: '2',
    });
    expect(await readings('truth')).toMatchObject({ rate: '0.33 mL/day' });
  });
});

test('doses of one drug are no doses of another: they are gone once it is chosen', async () => {
  await begin('New drug or concentration');
  await choose('Drug 1', 'morphine');
  const rate = page.getByRole('group', { name: 'Basal rate' });
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

test('what was edited is left on purpose only', async () => {
  await begin('Adjust dose');
  await type('Basal rate', '150');
  await click('Pump status');
  await click('Go on editing');
  expect(await page.getByRole('textbox', { name: 'Basal rate' }).inputValue()).toBe('150');
  await review();
  await click('Back to the form');
  await type('Basal rate', '140');
  await review();
  await click('Pump status');
  await click('Discard and leave');
  await page.getByRole('heading', { name: 'What do you want to do?' }).waitFor();
  expect(await read('program')).toEqual({ program: 'constant, 200 mcg/day' });
});

test('nothing went wrong on the page', () => {
  expect(said).toEqual([]);
});
