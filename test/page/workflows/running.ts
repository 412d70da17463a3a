import { expect, test } from 'vitest';
import type { Seat } from './seat.ts';

/** A pump in service: alarms, a stop, a scanner, what it has written down, its end. */
export function running(seat: Seat): void {
  const { press, unfold, type, workflow, seen, read, ask, readings, begin, program } = seat;

  test('alarms are told each by its own words, silenced and cleared', async () => {
    await ask('{ until: { alarm: lowReservoir }, atMost: 60d }');
    await begin('Alarms');
    const alarm = seat.page.getByRole('region', { name: 'Low reservoir: refill the pump' });
    await press('Silence', alarm);
    await alarm.getByText('tone silenced').waitFor();
    await press('Sound both tones once');
    await seen('Done: Sound both tones once');
    await press('Critical alarms every 1 h');
    expect(await read('criticalInterval')).toEqual({ criticalInterval: '1h' });
    expect(await readings('belief')).toMatchObject({ silenced: '1' });
  });

  test('a pump is stopped, left on purpose only, and started again', async () => {
    await begin('Stop and restart');
    await press('Stop the pump');
    await seen('PUMP STOPPED');
    await press('End session');
    // Enter, pressed unawares, stays.
    await seat.page.getByRole('button', { name: 'Stay in the session' }).waitFor();
    await seat.page.keyboard.press('Enter');
    await seat.page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(await seat.page.evaluate('document.activeElement.textContent')).toBe('End session');
    expect(await readings('truth')).toMatchObject({ rate: '0 mL/day' });
    await ask('{ after: 3h }');
    await press('Interrogate');
    const stopped = seat.page.getByRole('alert').filter({ hasText: 'PUMP STOPPED for 3h' });
    await stopped.filter({ hasText: '25 mcg' }).waitFor();
    await workflow('Stop and restart');
    await press('Start delivery');
    await seen('Done: Start delivery');
    expect(await read('mode', 'rate')).toEqual({ mode: 'basal delivery', rate: '0.4 mL/day' });
    expect(await readings('truth')).toMatchObject({ rate: '0.4 mL/day', delivered: '0 mL' });
  });

  test('a pump that was stopped says so after a session that ended by itself, until it is read running', async () => {
    const connect = () => seat.page.getByRole('heading', { name: 'Connect to the pump' }).waitFor();
    await begin('Stop and restart');
    await press('Stop the pump');
    await seen('Done: Stop the pump');
    await ask('{ after: 11min }');
    await connect();
    expect(await seat.page.getByRole('main').innerText()).toMatch(/^■ STOPPED when last read at 2026-01-05 08:00/);
    await begin('Stop and restart');
    await press('Start delivery');
    await seen('Done: Start delivery');
    await press('End session');
    await connect();
    expect(await seat.page.getByText('STOPPED when last read').count()).toBe(0);
  });

  test('a scanner stops the rotor, and the log says so afterwards', async () => {
    await ask('{ hands: { enterScanner: 1.5 T } }');
    await ask('{ after: 40min }');
    await ask('{ hands: leaveScanner }');
    await ask('{ after: 1h }');
    await begin('Before and after MRI');
    await press('Read the event log');
    await seen('Out of the ordinary');
    // What a session leaves in the log does not hide it.
    expect(await seat.page.locator('.log tbody tr').allInnerTexts()).toEqual([
      '2026-01-05 08:40\talarm cleared\tMotor stall',
      '2026-01-05 08:40\ta declared condition is over\tthe motor does not turn',
      '2026-01-05 08:20\talarm raised\tMotor stall',
      '2026-01-05 08:20\ta sensed condition declared\tthe motor does not turn',
    ]);
    expect(await read('mode', 'rate')).toEqual({ mode: 'basal delivery', rate: '0.4 mL/day' });
    // Of 100 min the rotor turned 60.
    expect(await readings('truth')).toMatchObject({ rate: '0.4 mL/day', delivered: '0.017 mL' });
  });

  test('a pump that does not deliver is left on purpose only', async () => {
    await ask('{ hands: { enterScanner: 1.5 T } }');
    await ask('{ after: 40min }');
    await press('Interrogate');
    await seen('NO DELIVERY');
    await press('End session');
    await press('Stay in the session');
    await press('End session');
    await seen('The pump does NOT DELIVER.');
    await press('End the session although it does not deliver');
    await seen('Connect to the pump');
  });

  test('a pump that is stopped while nothing comes says since when nothing came before', async () => {
    await ask('{ hands: { enterScanner: 1.5 T } }');
    await ask('{ after: 40min }');
    await begin('Stop and restart');
    await press('Stop the pump');
    const stopped = seat.page.getByRole('alert').filter({ hasText: 'PUMP STOPPED for 0s' });
    await stopped
      .getByText('NO DELIVERY BEFORE THAT EITHER: since 2026-01-05 08:00, 40min: the motor does not turn')
      .waitFor();
  });

  test('a refusal that stands beside what was asked for is not among the warnings that are counted', async () => {
    await press('Interrogate');
    await ask('{ clinician: { edit: { constant: 900 mcg/day } } }');
    const refused = seat.page.getByRole('alert').filter({ hasText: 'Not done' });
    await press('Review on the Finish screen');
    await refused.waitFor();
    expect(await seat.page.locator('ul.warnings li').count()).toBe(0);
    expect(await seat.page.locator('.vital div').last().innerText()).toMatch(/^Warnings\s+✓ none$/);
  });

  test.each([
    ['Dosing report', 'report'],
    ['Refill card', 'card'],
  ])('the %s is the text of the console, and nothing else is printed', async (name, word) => {
    const { page } = seat;
    await press('Interrogate');
    await seen('What do you want to do?');
    await press(name);
    const { text } = await ask(word);
    const paper = page.getByRole('region', { name, includeHidden: true }).locator('pre');
    expect((await paper.textContent())?.trimEnd()).toBe(text);
    await page.emulateMedia({ media: 'print' });
    expect(await paper.isVisible()).toBe(true);
    expect(await page.getByRole('button').or(page.getByRole('heading')).count()).toBe(0);
    await page.emulateMedia({ media: null });
  });

  test('a stop moves nothing that is pressed, and a session that was left alone says that it has ended', async () => {
    await press('Interrogate');
    const tile = seat.page.getByRole('button', { name: /^History and log/ });
    const before = await tile.boundingBox();
    await ask('{ clinician: stop }');
    await seen('PUMP STOPPED');
    expect(await tile.boundingBox()).toEqual(before);
    await ask('{ after: 1d }');
    await seen('The session ended by itself');
    await unfold('Report of the last session, read 2026-01-05 08:00');
    await seen('DOSING REPORT');
  });

  test('history and log are read, and two prescriptions compared', async () => {
    await begin('Adjust dose');
    await type('Basal rate', '185');
    await program();
    await workflow('History and log');
    await press('Read the prescriptions');
    await seen('185 mcg/day');
    await press('Compare');
    for (const name of ['Prescription 1', 'Prescription 2'])
      await seat.page.getByRole('columnheader', { name }).waitFor();
    const daily = seat.page.getByRole('row', { name: /^Daily dose 2/ });
    expect(await daily.innerText()).toBe('Daily dose\t200 mcg/day\t185 mcg/day');
    await press('Read the event log');
    await press(/^All .\d/);
    await seen('prescription in force');
    // Who comes back finds all that was read in this session.
    await press('Pump status');
    await workflow('History and log');
    await seen('Event log of the pump');
    await seen('185 mcg/day');
  });

  test('at the end of service nothing starts the pump again', async () => {
    await begin('End of service');
    await press('Read the event log');
    expect(await read('replaceBy')).toEqual({ replaceBy: '2033-01-05' });
  });
}
