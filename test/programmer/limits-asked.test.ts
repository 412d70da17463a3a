import { describe, expect, test } from 'vitest';
import { SHIPPED_LIBRARY } from '../../programmer/index.ts';
import { doseRate, fromJson, type HistoryEntry } from '../../shared/index.ts';
import { type bench, mL, prescribe, running, singleBolus } from '../harness.ts';
import { CONFIRM, edit, REVIEW, texts } from './reviewing.ts';
import { SITE } from './site-library.ts';

type Entry = Parameters<typeof prescribe>[0];
const MORPHINE = { drug: 'morphine', concentration: '10 mg/mL', ceiling: '50 mg/day' } as const;
/** A pump of morphine 10 mg/mL at 8 mg/day, whose first dose was accepted; limits of 10 and 15 mg/day. */
function atEight() {
  const made = running({ library: SITE }, { ...MORPHINE, basal: '1 mg/day' });
  for (const basal of ['1.5 mg/day', '2.25 mg/day', '3.3 mg/day', '4.9 mg/day', '7 mg/day', '8 mg/day'])
    expect(made.clinician(prescribe({ basal })), basal).toEqual({ done: true });
  return made;
}
const CEILING = doseRate.parse(MORPHINE.ceiling);
type Bench = ReturnType<typeof bench>;
const noted = (made: Bench) =>
  ['limitAsked', 'limitConfirmed', 'limitDeclined', 'limitRefused'].map((kind) => made.logged(kind).length);
const history = ({ records }: Bench) =>
  records.flatMap(({ layer, kind, data }) =>
    layer === 'firmware' && kind === 'history' ? [fromJson<HistoryEntry>(data)] : [],
  );
const prescribed = (made: Bench, entry: Entry, aboveLimits?: 'accept') =>
  made.clinician({ ...prescribe(entry), ...(aboveLimits === undefined ? {} : { aboveLimits }) });
const needsConfirmation = { refused: 'needsConfirmation', by: 'programmer' };

describe('as much as a soft limit', () => {
  test('is programmed without a question', () => {
    const made = atEight();
    expect(prescribed(made, { basal: '10 mg/day' })).toEqual({ done: true });
    expect(noted(made)).toEqual([0, 0, 0, 0]);
    expect(made.sim.belief().record).toBe(8);
  });
});

describe('above a soft limit', () => {
  test('a prescription waits for an answer, and the pump has only written down the question', () => {
    const made = atEight();
    const before = made.sim.belief();
    expect(prescribed(made, { basal: '10.1 mg/day' })).toEqual(needsConfirmation);
    expect(made.sim.belief()).toEqual(before);
    expect(made.logged('limitAsked')).toEqual([
      { at: 0, drug: 'morphine', limit: 'dailyDose', value: 10_100_000, bound: 10_000_000, library: 'Site 7' },
    ]);
    expect(made.sim.screen().title).toBe('Finish');
    expect(texts(made).pendingEdits).toBe('program');
    expect(made.sim.screen().warnings.at(-1)).toBe(
      'Above a limit: the most a day can bring, 10.1 mg/day of morphine, is above the soft limit of 10 mg/day (Site 7)',
    );
  });

  test('another prescription takes the place of one that waits for an answer: nothing of it comes along', () => {
    const made = atEight();
    const bolus = { dose: '0.1 mg', duration: '5min', lockout: '4h', maxPerDay: 2 };
    expect(prescribed(made, { basal: '10.1 mg/day', bolus })).toEqual(needsConfirmation);
    expect(prescribed(made, { basal: '9 mg/day' })).toEqual({ done: true });
    expect(made.sim.belief()).toMatchObject({ record: 8, rate: 900_000, prescription: { patientBolus: null } });
  });

  test('what is edited of one that waits for an answer stands, with the rest of it', () => {
    const made = atEight();
    prescribed(made, { basal: '10.1 mg/day', ceiling: '30 mg/day' });
    made.clinician({ ...prescribe({ basal: '9 mg/day' }), type: 'edit' });
    expect(prescribed(made, { lowReservoir: '3 mL' })).toEqual({ done: true });
    expect(made.sim.belief()).toMatchObject({ rate: 900_000, prescription: { lowReservoir: mL('3') } });
  });

  describe('what had been edited before one that waits for an answer', () => {
    function waiting() {
      const made = atEight();
      made.clinician(edit({ lowReservoir: '3 mL' }));
      expect(prescribed(made, { basal: '10.1 mg/day', ceiling: '30 mg/day' })).toEqual(needsConfirmation);
      return made;
    }

    test('stays, for the prescription that takes its place', () => {
      const made = waiting();
      expect(prescribed(made, { basal: '9 mg/day' })).toEqual({ done: true });
      const { rate, prescription } = made.sim.belief();
      expect([rate, prescription?.lowReservoir, prescription?.ceiling]).toEqual([900_000, mL('3'), CEILING]);
    });

    test('is discarded with it', () => {
      const made = waiting();
      made.clinician({ type: 'discard' });
      expect(prescribed(made, { basal: '9 mg/day' })).toEqual({ done: true });
      expect(made.sim.belief().prescription?.lowReservoir).toBe(mL('2'));
    });
  });

  test('what is accepted is programmed, and both are written down', () => {
    const made = atEight();
    prescribed(made, { basal: '10.1 mg/day' });
    expect(made.clinician({ type: 'confirm', limits: 'accept' })).toEqual({ done: true });
    expect(noted(made)).toEqual([1, 1, 0, 0]);
    expect(made.sim.belief()).toMatchObject({ record: 8, rate: 1_010_000 });
    expect(made.sim.screen().title).toBe('Pump status');
  });

  test('what is declined is not, and may be edited', () => {
    const made = atEight();
    made.clinician(edit({ basal: '10.1 mg/day' }));
    made.clinician(REVIEW);
    expect(made.clinician({ type: 'confirm', limits: 'decline' })).toEqual({ done: true });
    expect(noted(made)).toEqual([1, 0, 1, 0]);
    expect(made.sim.belief()).toMatchObject({ record: 7, rate: 800_000 });
    expect(made.clinician(CONFIRM)).toMatchObject({ refused: 'notReviewed' });
    made.clinician(edit({ basal: '10 mg/day' }));
    made.clinician(REVIEW);
    expect(made.clinician(CONFIRM)).toEqual({ done: true });
  });

  test('what is accepted beforehand is written down as what is accepted afterwards', () => {
    const made = atEight();
    expect(prescribed(made, { basal: '10.1 mg/day' }, 'accept')).toEqual({ done: true });
    expect(noted(made)).toEqual([1, 1, 0, 0]);
    expect(made.sim.screen().title).toBe('Pump status');
  });

  test('whoever confirms without an answer is asked for one, and may still give it', () => {
    const made = atEight();
    made.clinician(edit({ basal: '10.1 mg/day' }));
    expect(made.clinician(REVIEW)).toEqual({ done: true });
    expect(made.clinician(CONFIRM)).toEqual(needsConfirmation);
    expect(made.clinician({ type: 'confirm', limits: 'accept' })).toEqual({ done: true });
    expect(noted(made)).toEqual([1, 1, 0, 0]);
  });

  test('every limit exceeded has a record of its own', () => {
    const made = running({ library: SITE }, { ...MORPHINE, basal: '1 mg/day' });
    expect(prescribed(made, { basal: '12 mg/day' }, 'accept')).toEqual({ done: true });
    expect(made.logged('limitConfirmed')).toMatchObject([{ limit: 'dailyDose' }, { limit: 'step' }]);
  });

  test('what the pump refuses is not asked about', () => {
    const made = atEight();
    expect(prescribed(made, { basal: '12 mg/day', ceiling: '11 mg/day' })).toMatchObject({ refused: 'aboveCeiling' });
    expect(noted(made)).toEqual([0, 0, 0, 0]);
  });

  test('nobody is asked to accept what is not above one', () => {
    const made = atEight();
    made.clinician(edit({ basal: '9 mg/day' }));
    made.clinician(REVIEW);
    for (const limits of ['accept', 'decline'] as const)
      expect(made.clinician({ type: 'confirm', limits })).toEqual({ refused: 'nothingAsked', by: 'programmer' });
    expect(made.clinician(CONFIRM)).toEqual({ done: true });
  });
});

describe('a hard limit', () => {
  test('as much as it may be confirmed', () => {
    const made = atEight();
    expect(prescribed(made, { basal: '15 mg/day' })).toEqual(needsConfirmation);
    expect(made.clinician({ type: 'confirm', limits: 'accept' })).toEqual({ done: true });
    expect(noted(made)).toEqual([2, 2, 0, 0]);
  });

  test.each([undefined, 'accept'] as const)('more than it is refused, answered beforehand or not: %s', (answer) => {
    const made = atEight();
    const before = made.sim.belief();
    const outcome = prescribed(made, { basal: '15.1 mg/day' }, answer);
    expect(outcome).toEqual({ refused: 'aboveHardLimit', by: 'programmer' });
    expect(made.sim.belief()).toEqual(before);
    expect(made.logged('limitRefused')).toEqual([
      { at: 0, drug: 'morphine', limit: 'dailyDose', value: 15_100_000, bound: 15_000_000, library: 'Site 7' },
    ]);
    expect(noted(made)).toEqual([0, 0, 0, 1]);
    expect(made.sim.screen().warnings.join()).toContain('is above the hard limit of 15 mg/day (Site 7)');
  });

  test('more than it is not shown as what could be confirmed', () => {
    const made = atEight();
    made.clinician(edit({ basal: '15.1 mg/day' }));
    expect(made.clinician(REVIEW)).toMatchObject({ refused: 'aboveHardLimit' });
    expect(made.clinician({ type: 'confirm', limits: 'accept' })).toMatchObject({ refused: 'notReviewed' });
  });
});

describe('the history', () => {
  test('names the library each prescription was judged by, and its chain covers that', () => {
    const made = running({ library: SITE }, { ...MORPHINE, basal: '1 mg/day' });
    expect(history(made).map(({ library }) => library)).toEqual([SITE.stamp]);
    expect(SITE.stamp).toEqual({ name: 'Site', version: '7', digest: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(made.clinician({ type: 'readHistory' })).toEqual({ done: true });
  });

  test('says so where there was none', () => {
    expect(history(running()).map(({ library }) => library)).toEqual([null]);
  });
});

test('a question the pump never wrote down leads to nothing', () => {
  const made = atEight();
  made.sim.act({ by: 'world', act: { type: 'disconnect', from: { message: 'noteLimit', lose: 'request' } } });
  expect(prescribed(made, { basal: '10.1 mg/day' }, 'accept')).toMatchObject({ refused: 'noAnswer' });
  expect(made.sim.belief().record).toBe(7);
  made.sim.act({ by: 'world', act: { type: 'reconnect' } });
  made.clinician({ type: 'interrogate' });
  expect(made.sim.screen().warnings.join()).toContain('the note about a limit of the drug library had not reached');
});

describe('a single bolus above a soft limit', () => {
  const above = singleBolus('0.3 mg', '30min');
  const ordered = (made: Bench) => made.logged('clinicianBolusStarted').length;

  test('waits for an answer, and is given once it is accepted', () => {
    const made = atEight();
    expect(made.clinician(above)).toEqual(needsConfirmation);
    expect(made.sim.screen().warnings.at(-1)).toBe(
      'Above a limit: a single, periodic or priming bolus, 0.3 mg of morphine, is above the soft limit of 0.2 mg (Site 7)',
    );
    expect(made.logged('limitAsked')).toMatchObject([{ limit: 'clinicianBolus', value: 300_000, bound: 200_000 }]);
    expect([ordered(made), made.clinician(CONFIRM)]).toEqual([0, needsConfirmation]);
    expect(made.clinician({ type: 'confirm', limits: 'accept' })).toEqual({ done: true });
    expect([ordered(made), ...noted(made)]).toEqual([1, 1, 1, 0, 0]);
  });

  test('is given at once where that is accepted beforehand', () => {
    const made = atEight();
    expect(made.clinician({ ...above, type: 'bolus', aboveLimits: 'accept' })).toEqual({ done: true });
    expect([ordered(made), ...noted(made)]).toEqual([1, 1, 1, 0, 0]);
  });

  test('is not given where it is declined after its review, and stays entered', () => {
    const made = atEight();
    made.clinician({ ...above, type: 'editBolus' });
    expect(made.clinician(REVIEW)).toEqual({ done: true });
    expect(made.clinician({ type: 'confirm', limits: 'decline' })).toEqual({ done: true });
    expect([ordered(made), ...noted(made)]).toEqual([0, 1, 0, 1, 0]);
    expect(texts(made).pendingEdits).toBe('single bolus 0.3 mg in 30min, then basal');
    expect(made.clinician(CONFIRM)).toMatchObject({ refused: 'notReviewed' });
  });

  test('is given once, however often it is ordered where the answer was lost', () => {
    const made = atEight();
    made.sim.act({ by: 'world', act: { type: 'disconnect', from: { message: 'clinicianBolus', lose: 'answer' } } });
    const order = { ...above, type: 'bolus', aboveLimits: 'accept' } as const;
    expect(made.clinician(order)).toMatchObject({ refused: 'noAnswer' });
    made.sim.act({ by: 'world', act: { type: 'reconnect' } });
    expect(made.clinician(order)).toMatchObject({ refused: 'carriedOutBefore' });
    expect([ordered(made), ...noted(made)]).toEqual([1, 1, 1, 0, 0]);
  });
});

test('a single bolus above a hard limit is refused by the programmer, whoever accepts what', () => {
  const made = atEight();
  const order = { ...singleBolus('0.41 mg', '30min'), type: 'bolus', aboveLimits: 'accept' } as const;
  expect(made.clinician(order)).toMatchObject({ refused: 'aboveHardLimit' });
  expect([made.logged('clinicianBolusStarted').length, ...noted(made)]).toEqual([0, 0, 0, 0, 1]);
});

test('as much as a soft limit in a single bolus is given without a question', () => {
  const made = atEight();
  expect(made.clinician(singleBolus('0.2 mg', '30min'))).toEqual({ done: true });
  expect(noted(made)).toEqual([0, 0, 0, 0]);
});

test.each(Object.entries(SHIPPED_LIBRARY.drugs))(
  'a single bolus of %s is asked about above some dose by the library that is shipped',
  (_, { limits }) => {
    expect(limits.clinicianBolus?.soft?.amount).toBeGreaterThan(0);
  },
);

test('ten times a day’s morphine in one single bolus waits for an answer', () => {
  const made = running({ library: SHIPPED_LIBRARY }, { ...MORPHINE, basal: '1 mg/day' });
  expect(made.clinician(singleBolus('10 mg', '60min'))).toEqual(needsConfirmation);
  made.clinician({ type: 'discard' });
  expect(made.clinician(singleBolus('1 mg', '60min'))).toEqual({ done: true });
});
