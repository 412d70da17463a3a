import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { askedText, handsetLines } from '../../page/aside/handset-lines.ts';
import { deedText, faultText, spaced } from '../../page/aside/line-text.ts';
import { fragment, packed, unpacked } from '../../page/link.ts';
import { BEDSIDE, CHART, CURVES, FAULTS, FORMS, HANDSET, LOG, PANES, SESSION, TEXT, TIME } from '../../page/text.ts';
import { byHands, lastTold, withoutCodes } from '../../page/worker/found.ts';
import { plainDetails } from '../../page/worker/log.ts';
import { LOG_DATA } from '../../shared/index.ts';
import type { LogLine } from '../../workbench/index.ts';
import { takeChromium } from './chromium.ts';
import { READY } from './ready-text.ts';

const EIGHT = Date.UTC(2026, 0, 5, 8);

describe('the handset', () => {
  test.each([
    ['locked out; possible in 6h', 'A dose is possible in 6 h, at 14:00'],
    ['locked out; possible in 5h 59min 59.959s', 'A dose is possible in 6 h, at 13:59'],
    ['locked out; possible in 1d 30s', 'A dose is possible in 24 h 1 min, at 2026-01-06 08:00'],
    ['locked out; possible in 2min; alarm: the reservoir is low', 'Alarm: the reservoir is low'],
    ['locked out; possible in 59.9s', 'A dose is possible in less than a minute'],
  ])('%s', (display, last) => {
    expect(handsetLines(display, EIGHT).at(-1)?.text).toBe(last);
    // A patient reads first whether there was a dose.
    expect(handsetLines(display, EIGHT)[0]?.text).toBe('No dose was given.');
  });

  test('reads a lockout of 4 h as 4 h, and its end as the minute it ends in, however far the minute is', () => {
    for (const second of [0, 20, 59])
      expect(handsetLines('possible in 4h', EIGHT + second * 1000)).toEqual([
        { text: 'A dose is possible in 4 h, at 12:00', isWhen: true },
      ]);
  });

  test.each([
    ['Ready', HANDSET.ready],
    ['Your dose is being given; possible in 3h 59min', 'Your dose is being given'],
    ['The last dose is over; possible in 3h', 'The last dose is over'],
    ['a bolus is already running; possible in 1h', 'A bolus is already running'],
  ])('never says of "%s" that no dose was given', (display, first) => {
    expect(handsetLines(display, EIGHT)[0]?.text).toBe(first);
  });

  test('says when it was asked, and the day where it was another', () => {
    expect(askedText(EIGHT, EIGHT + 3_600_000)).toBe('Asked at 08:00');
    expect(askedText(EIGHT, EIGHT + 86_400_000)).toBe('Asked at 2026-01-05 08:00');
  });
});

test('what was done is read as a sentence, of the story or not; a look as its line', () => {
  const at = { from: 0, to: 0 };
  expect(deedText({ line: '{"clinician":"stop"}', says: 'clinician stops delivery', ...at })).toBe(
    'Clinician stops delivery',
  );
  const says = 'after 1d: patient asks for a bolus';
  expect(deedText({ line: 'next', ...at, says, isStory: true })).toBe('Story: after 1d: patient asks for a bolus');
  expect(deedText({ line: 'truth', ...at })).toBe('truth');
  expect(deedText({ line: undefined, from: 60_000, to: 1_738_860_000 })).toBe('20 d 3 h passed');
});

test('what time came to is what happened last, without the screen that a console shows then', () => {
  const text = [
    '2026-01-05 08:10  the session lay idle',
    '                  and ends',
    '[No session]',
    'can: interrogate, registerPump',
  ].join('\n');
  expect(lastTold(text)).toBe('the session lay idle and ends');
});

test('what a syringe showed at each of three rinses is said once', () => {
  const shows = 'the syringe shows 2 mL';
  const text = `2026-01-05 08:00  hands rinse with 2 mL of saline; ${shows}; ${shows}; ${shows}`;
  expect(byHands({ text })).toEqual([`Rinsed with 2 mL of saline; 3 times; ${shows} each time`]);
  const once = `2026-01-05 08:00  hands drain the reservoir; ${shows}`;
  expect(byHands({ text: once })).toEqual([`Emptied the reservoir; ${shows}`]);
});

test.each<[LogLine['kind'], LogLine['details'][number], string | undefined]>([
  ['sessionClosed', ['role', 'patient'], 'patient'],
  ['sessionClosed', ['lost', 'false'], undefined],
  ['sessionClosed', ['lost', 'true'], 'yes'],
  ['commandRefused', ['command', 'stagePrescription'], 'stage prescription'],
  ['commandRefused', ['code', 'lockedOut'], 'the lockout interval has not passed'],
  [
    'bolusDenied',
    ['also', 'lockedOut countUsed'],
    'the lockout interval has not passed; all boluses of 24 h have been given',
  ],
  ['alarmRaised', ['code', 'stall'], 'Motor stall'],
  ['conditionDeclared', ['conditions', 'stall overTemperature'], 'the motor does not turn; the pump is too warm'],
  ['deliveryStopped', ['why', 'stall'], 'motor stall'],
  ['bolusEnded', ['why', 'stall'], 'cut short by a motor stall'],
  ['discrepancyNoted', ['reason', 'stall'], 'the motor stood still for a while'],
  ['discrepancyNoted', ['note', 'iPhone of the stall, 2h 5s'], 'iPhone of the stall, 2h 5s'],
  ['openingStarted', ['ends', 'in 12h 38min 12.637s'], 'in 12h 38min'],
])('the log has of %s %s as %s', (kind, detail, told) => {
  expect(plainDetails({ kind, details: [detail] })).toEqual(told === undefined ? [] : [[detail[0], told]]);
});

test('what a prescription changed is in the words of the forms', () => {
  const told = '  1  2026-01-05 08:00  clinician  200 mcg/day  changed: drugs, patientBolus, lowReservoir, program';
  expect(withoutCodes(told)).toBe(
    '  1  2026-01-05 08:00  clinician  200 mcg/day  changed: drug or concentration, patient control, low-reservoir threshold, program',
  );
});

test('every detail that a record may tell is called by a word', () => {
  const names = Object.values(LOG_DATA).flatMap((told) => [...told.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  // Those that are codes: two words in one, or a word of the protocol.
  const codes = names.filter((name) => name !== undefined && /[A-Z]/.test(name) && name !== 'noteLimit');
  expect(codes.filter((name) => LOG.names[`${name}`] === undefined)).toEqual([]);
  expect(LOG.names['role']).toBe('by');
});

test.each([
  ['flowBias', '{ flowBias: +15 % }', 'flow bias', '+15 %'],
  ['flowDrift', '{ flowDrift: { by: +2 %, every: 30d } }', 'flow drift', 'by: +2 %, every: 30d'],
  ['motorStall', 'motorStall', 'motor stall', 'motorStall'],
])('the fault %s as %s is under %s: %s', (name, written, words, text) => {
  expect([spaced(name), faultText(name, written)]).toEqual([words, text]);
});

describe('a link', () => {
  test('holds a scenario, and needs no escape in an address', async () => {
    const code = await packed(READY);
    expect(code).toMatch(/^[\w-]+$/);
    expect(code.length).toBeLessThan(READY.length);
    expect(await unpacked(code)).toBe(READY);
    expect(fragment(`#patient&visit=${code}`)).toEqual({ isPatient: true, visit: code });
    expect(fragment('')).toEqual({ isPatient: false, visit: undefined });
  });

  test('that was cut short, changed or is none is refused', async () => {
    const code = await packed(READY);
    for (const bad of [code.slice(0, -8), code.slice(4), '!', 'AAAA', ''])
      await expect(unpacked(bad)).rejects.toThrow();
  });

  test('of a few bytes cannot become gigabytes', async () => {
    await expect(unpacked(await packed('a'.repeat(5_000_000)))).rejects.toThrow('too long');
  });
});

describe('on the page', () => {
  const chromium = takeChromium();
  let page: Page;
  let said: string[];
  beforeAll(async () => {
    ({ page, said } = await chromium.open());
    await page.getByRole('heading', { name: TEXT.connect }).waitFor();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const pane = (name: string) => page.getByRole('tab', { name, exact: true }).click();
  const found = (text: string) => page.getByRole('status').getByText(text).waitFor();

  const what = '2 mL of saline';
  const fillWithSaline = async () => {
    await page.getByText(FORMS.saline).click();
    await page.getByRole('textbox', { name: BEDSIDE.volume }).fill('2');
    await button(BEDSIDE.fill).click();
  };
  /** A button that asks first, and the answer that does it. */
  const surely = async (name: string) => {
    await button(name).click();
    await page.getByRole('alertdialog').getByRole('button', { name, exact: true }).click();
  };

  test('hands rinse, prepare and inject what is named, and replace the pump', async () => {
    await pane(PANES.bedside);
    const top = async () => Number(await button(BEDSIDE.ask).evaluate('(node) => node.offsetTop'));
    const before = await top();
    await surely(BEDSIDE.drain);
    await found('Emptied the reservoir; the syringe shows 20 mL');
    expect(await button(BEDSIDE.rinse(what)).count()).toBe(0);
    await fillWithSaline();
    await button(BEDSIDE.rinse(what)).click();
    await found('Rinsed with 2 mL of saline');
    // Where the syringe was that is empty now, and not as what was done before.
    await page.locator('.came:not(.old)').getByText('Rinsed with 2 mL of saline').waitFor();
    expect(await page.locator('.came.old').getByText('Emptied the reservoir').count()).toBe(1);
    expect(await top()).toBe(before);
    await fillWithSaline();
    await surely(BEDSIDE.injectPort(what));
    await found('Injected into the access port 2 mL of saline');
    await page.getByText(BEDSIDE.newCatheter, { exact: true }).click();
    await page.getByText(BEDSIDE.tips.dislodged).click();
    await button(BEDSIDE.catheter).click();
    await found('Put a new catheter in');
    expect((await page.evaluate(() => thecal.ask('timeline', null))).done.at(-1)?.line).toContain('dislodged');
    await page.getByText(BEDSIDE.newPump, { exact: true }).click();
    await button(BEDSIDE.replace).click();
    await found('Put another pump in place');
    await fillWithSaline();
    await button(BEDSIDE.prepare('saline')).click();
    await found('Washed the water out of the new pump');
    await fillWithSaline();
    await surely(BEDSIDE.miss(what));
    await found('Injected 2 mL of saline beside the pump');
    await button(BEDSIDE.resetValve).click();
    await found('there is no valve that has shut');
  });

  test('what hands found, and what lies ready, is there when another pane was looked at, from its beginning', async () => {
    await page.getByRole('textbox', { name: BEDSIDE.volume }).fill('2');
    await page.getByRole('list', { name: BEDSIDE.told }).scrollIntoViewIfNeeded();
    await pane(PANES.patient);
    await pane(PANES.bedside);
    expect(await page.evaluate('document.querySelector("aside").scrollTop')).toBe(0);
    await found('there is no valve that has shut');
    await page.getByRole('list', { name: BEDSIDE.told }).getByText('the syringe shows 20 mL').waitFor();
    expect(await page.getByRole('textbox', { name: BEDSIDE.volume }).inputValue()).toBe('2');
  });

  test('what came of a button stands below it, in sight wherever the pane was scrolled to', async () => {
    await button(BEDSIDE.resetMemory).click();
    const here = page.locator('.came');
    expect(await here.innerText()).toMatch(
      /^\d\d:\d\d Not done: it is so already \(have a laboratory reset the memory\)$/,
    );
    const [box, view] = [await here.boundingBox(), page.viewportSize()];
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(view?.height ?? 0);
  });

  test('a syringe is of the drug that was read, its strength is none of another drug, and is empty once injected', async () => {
    await page.evaluate((scenario) => thecal.ask('open', { scenario }), READY);
    await page.evaluate(() => thecal.ask('act', { clinician: 'interrogate' }));
    const strength = page.getByRole('tabpanel').getByRole('textbox', { name: 'Concentration 1' });
    expect(await strength.inputValue()).toBe('500');
    // Its unit stands beside it, not below.
    const [box, unit] = [strength, strength.locator('xpath=../span')].map((each) => each.boundingBox());
    expect((await unit)?.y).toBeGreaterThan((await box)?.y ?? Number.POSITIVE_INFINITY);
    expect((await unit)?.y).toBeLessThan(((await box)?.y ?? 0) + ((await box)?.height ?? 0));
    await page.getByRole('combobox', { name: 'Drug 1' }).selectOption('morphine');
    expect(await strength.inputValue()).toBe('');
    await page.getByRole('textbox', { name: BEDSIDE.volume }).fill('1');
    expect(await button(BEDSIDE.fill).isDisabled()).toBe(true);
    await page.getByRole('combobox', { name: 'Drug 1' }).selectOption('baclofen');
    await strength.fill('500');
    await surely(BEDSIDE.drain);
    await button(BEDSIDE.fill).click();
    await button(BEDSIDE.inject('1 mL of baclofen 500 mcg/mL')).click();
    await found('Injected 1 mL of baclofen 500 mcg/mL into the reservoir');
    expect(await page.getByRole('textbox', { name: BEDSIDE.volume }).inputValue()).toBe('');
  });

  test('the port of the catheter is not injected into by a slip, nor the reservoir emptied', async () => {
    const done = () => page.evaluate(() => thecal.shown?.done);
    const before = await done();
    await button(BEDSIDE.drain).dblclick();
    await button(BEDSIDE.not).click();
    await fillWithSaline();
    await button(BEDSIDE.injectPort(what)).click();
    await button(BEDSIDE.not).click();
    expect(await done()).toBe(before);
    await button(BEDSIDE.putAway).click();
  });

  test('the patient is in a scanner or in none, and is said to be', async () => {
    expect(await button(BEDSIDE.leaveScanner).isDisabled()).toBe(true);
    await button(BEDSIDE.enterScanner('3 T')).click();
    await page.getByText(BEDSIDE.inScanner).waitFor();
    expect(await button(BEDSIDE.enterScanner('1.5 T')).isDisabled()).toBe(true);
    await button(BEDSIDE.leaveScanner).click();
    await page.getByText(BEDSIDE.notInScanner).waitFor();
  });

  test('where nothing more would come it is said at once, and no time passes', async () => {
    await page.evaluate(() => thecal.ask('newPump', { profile: 'synchromed-ii-like-20', clock: '2026-01-05 08:00' }));
    await button(TIME.event).click();
    await page.locator('.room').getByText(TIME.inVain.event).waitFor();
    await button(TIME.alarm).click();
    await page.locator('.room').getByText(TIME.inVain.alarm).waitFor();
    expect(await page.evaluate(() => thecal.shown?.now)).toBe(0);
    await page.evaluate((scenario) => thecal.ask('open', { scenario }), READY);
  });

  test('a fault that cannot be had just now is not there, and its pane says why', async () => {
    await pane(PANES.faults);
    const fault = page.getByRole('region', { name: 'flow bias' }).getByRole('button').first();
    await fault.waitFor();
    await page.evaluate(() => {
      thecal.ask = () => Promise.reject(new Error('on the way to another point'));
    });
    await fault.click();
    await found('on the way to another point');
    // What the class has stands again.
    await page.evaluate('void delete globalThis.thecal.ask');
  });

  test('a file that cannot be read opens nothing, and says so', async () => {
    await page.evaluate("Blob.prototype.text = () => Promise.reject(new Error('gone'))");
    const file = await page.evaluateHandle(
      "(() => { const all = new DataTransfer(); all.items.add(new File(['x'], 'x.yaml')); return all; })()",
    );
    await page.dispatchEvent('.page', 'drop', { dataTransfer: file });
    await found(`${SESSION.notOpened} ${SESSION.unreadable}`);
    expect(await page.evaluate(() => thecal.shown?.lives)).toBe(1);
  });

  test('what was typed of where to jump stays when another pane is looked at', async () => {
    await pane(PANES.time);
    await page.getByRole('textbox', { name: TEXT.days, exact: true }).fill('5');
    await pane(PANES.patient);
    await pane(PANES.time);
    expect(await page.getByRole('textbox', { name: TEXT.days, exact: true }).inputValue()).toBe('5');
  });

  test('curves are drawn when their pane is opened, and drawn on while time passes', async () => {
    await pane(PANES.curves);
    const reservoir = (days: number) =>
      page.getByRole('img', { name: `Reservoir, mL, over ${days} days; the table below has the figures` }).waitFor();
    await reservoir(0);
    await page.getByText(CURVES.figures).nth(1).click();
    await page.evaluate(() => thecal.ask('run', { pace: 'top', to: 864_000_000 }));
    await reservoir(10);
    await page.getByRole('table', { name: 'Reservoir, true' }).waitFor();
  });

  test('the chart is a tree of regions, in which the active state is marked while it changes', async () => {
    await page.evaluate((scenario) => thecal.ask('open', { scenario }), READY);
    await pane(PANES.xray);
    const infusion = page
      .getByRole('list', { name: CHART.title })
      .getByRole('listitem')
      .filter({ hasText: 'infusion:' });
    await infusion.getByText('infusion: basal').click();
    const active = infusion.locator('[aria-current=true]');
    await active.getByText(`basal${CHART.active}`).waitFor();
    await page.evaluate(() => thecal.ask('act', { clinician: 'stop' }));
    await active.getByText(`stopped${CHART.active}`).click();
    await active.getByText('RESUME → basal').first().waitFor();
    await infusion.getByText('infusion: stopped').waitFor();
  });

  test('a fault that is there is listed first, and ended there', async () => {
    await pane(PANES.faults);
    await page.getByRole('region', { name: 'flow bias' }).getByRole('button', { name: '-50 %' }).click();
    const active = page.getByRole('list', { name: FAULTS.now });
    await page.getByRole('heading', { name: `flow bias ${FAULTS.active}` }).waitFor();
    await active.getByText('the motor moves').waitFor();
    await active.getByRole('button', { name: FAULTS.end }).click();
    await active.getByText('the motor moves').waitFor({ state: 'detached' });
  });

  test('nothing went wrong', () => {
    expect(said).toEqual([]);
  });
});
