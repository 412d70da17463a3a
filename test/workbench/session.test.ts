import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestOf, type Json, span, toJson } from '../../shared/index.ts';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { runScenario } from '../../workbench/scenario/run.ts';
import { newPump, openingOf } from '../../workbench/session/opening.ts';
import { Session } from '../../workbench/session/session.ts';

const OPENING = `thecal: scenario/1
title: A visit
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
seed: 7
start:
  fill: { volume: 20 mL, baclofen: 500 mcg/mL }
  prescribe:
    constant: 200 mcg/day
    patientBolus: { dose: 10 mcg, duration: 2min, lockout: 1h, maxPerDay: 6 }
    ceiling: 2 mg/day
    lowReservoir: 2 mL
faults: [{ flowBias: +5 % }]
story:
  - { after: 1h, patient: requestBolus, expect: { belief: { granted: 1 } } }
  - { until: { truth: dry }, atMost: 90d, expect: { alarms: [] } }
  - { at: 1d, clinician: stop }
never: [{ alarm: stoppedPump }]
`;

/** A session on the pump above, and the records of its trace. */
function opened(text = OPENING) {
  const records: Json[] = [];
  const session = new Session(loadScenario(text), {
    id: 'console',
    version: '0',
    onRecord: (record) => void records.push(toJson(record)),
  });
  return { session, records, say: (line: string, elapsed = 0) => session.line(line, elapsed) };
}

/** Replays what a session keeps of itself: the records of that run, and what of it failed. */
function replayed(session: Session) {
  const records: Json[] = [];
  const text = session.recorded('../docs/scenario.schema.json');
  const { failures, breaches, expectations } = runScenario(loadScenario(text), {
    id: 'replay',
    version: '0',
    onRecord: (record) => void records.push(toJson(record)),
  });
  return { text, records, failures, breaches, expectations };
}

describe('what is given as values', () => {
  test('is what its line would have been: the same trace, and the same recording', () => {
    const [typed, given] = [opened(), opened()];
    typed.say('{ clinician: { edit: { constant: 190 mcg/day } } }');
    typed.say('{ after: 1h, patient: requestBolus }');
    given.session.step({ clinician: { edit: { constant: '190 mcg/day' } } });
    given.session.step({ after: '1h', patient: 'requestBolus' });
    expect(given.records).toEqual(typed.records);
    expect(given.session.recorded()).toBe(typed.session.recorded());
    expect(given.session.step({ patient: 'nothing' }).problem).toContain('expected');
  });

  test('opens a pump as a file would, and is refused as a file would be', () => {
    const { written } = loadScenario(OPENING);
    const { story, never, ...setting } = written;
    const session = new Session(openingOf(setting), { id: 'values', version: '0' });
    expect(session.story.of).toBe(0);
    expect(session.records).toEqual(opened().session.records);
    const start = {
      fill: { volume: '20 mL', baclofen: '500 mcg/mL' },
      prescribe: { primary: 'morphine' as const, constant: '1 mg/day' },
    };
    expect(() => openingOf({ ...setting, start })).toThrow('start.prescribe');
    expect(() => openingOf({ ...setting, clock: 'noon' })).toThrow('clock');
  });
});

describe('what a clinician reads', () => {
  test('old and new side by side before anything is programmed, and of two prescriptions of the history', () => {
    const { say } = opened();
    say('interrogate');
    say('edit constant: 150 mcg/day');
    const { text } = say('review');
    expect(text).toContain('\n  Old and new, * differs   old                    new\n');
    expect(text).toContain('\n  Drug                     baclofen               baclofen\n');
    expect(text).toContain('\n* Program                  constant, 200 mcg/day  constant, 150 mcg/day\n');
    say('confirm');
    say('readHistory');
    expect(say('compare from: 2, to: 1').text).toContain(
      '\n* Program                  constant, 150 mcg/day  constant, 200 mcg/day\n',
    );
  });

  test('a stopped pump is the first thing shown', () => {
    const { say } = opened();
    say('interrogate');
    expect(say('stop').text).toMatch(/^! THE PUMP IS STOPPED since 2026-01-05 08:00: stopped by a clinician\n/);
    say('endSession');
    expect(say('interrogate').text).toMatch(/^! THE PUMP IS STOPPED/);
  });

  test('in an open session only what has changed is shown, in a new one everything', () => {
    const { say } = opened();
    expect(say('interrogate').text).toContain('Serial number');
    const { text } = say('prescribe constant: 220 mcg/day');
    expect(text).toMatch(/Daily dose +220 mcg\/day/);
    expect(text).not.toContain('Serial number');
    say('endSession');
    expect(say('interrogate').text).toContain('Serial number');
  });

  test('which acts the screen offers, when they change', () => {
    const { say } = opened();
    expect(say('interrogate').text).toMatch(/^can: .*\bstop\b.*$/m);
    expect(say('stop').text).toMatch(/^can: .*\bresume\b.*$/m);
    expect(say('interrogate').text).not.toContain('can:');
  });

  test('why a press was refused and when one is possible', () => {
    const { say } = opened();
    expect(say('press').text).toContain('patient bolus granted');
    say('advance 20min');
    expect(say('press').text).toMatch(
      /^refused \(lockedOut\): the lockout interval has not passed; possible in 40min, 2026-01-05 09:00\n/,
    );
  });

  test('the prompt tells the local time and whether a session is open', () => {
    const { session, say } = opened();
    expect(session.prompt).toBe('2026-01-05 08:00 no session > ');
    say('advance 3d 2h');
    say('interrogate');
    expect(session.prompt).toBe('2026-01-08 10:00 in session > ');
  });

  test('an act that was refused is not told as done', () => {
    const { say } = opened();
    say('edit constant: 210 mcg/day');
    expect(say('endSession').text).toBe(
      'refused (pendingEdits): edits have not been programmed: confirm or discard them\n' +
        '2026-01-05 08:00  clinician ends the session; not done',
    );
  });

  test('local times are of the room, and in the log and the history of the pump’s own clock', () => {
    const { session, say } = opened();
    for (const line of ['world localTime +6h', 'advance 1h', 'prescribe constant: 210 mcg/day']) say(line);
    expect(say('history').text).toMatch(/^ {2}1 {2}2026-01-05 08:00 .*\n {2}2 {2}2026-01-05 09:00 /);
    expect(say('setClock now').text).toContain('2026-01-05 15:00  clinician sets the clock of the pump');
    expect(say('prescribe constant: 220 mcg/day').text).toContain('2026-01-05 15:00  clinician prescribes');
    expect(say('history').text).toMatch(/\n {2}3 {2}2026-01-05 15:00 /);
    expect(say('log 1').text).toMatch(/2026-01-05 15:00 {2}basal delivery started/);
    expect(say('readLog').text).toMatch(/2026-01-05 09:00 {3}prescription in force .*\n(.*\n)+.*2026-01-05 15:00 /);
    expect(session.prompt).toBe('2026-01-05 15:00 in session > ');
  });

  test('what a pump without a clock has logged is marked', () => {
    const { say } = opened();
    for (const line of ['advance 1d', 'world reset clock: lost', 'advance 1h', 'interrogate']) say(line);
    expect(say('log 2').text).toMatch(
      /^.*\n.* 2026-01-06 08:00\* {2}the pump started anew .*\n.* 2026-01-06 09:00\* {2}telemetry session opened .*\n {2}\* by the clock of the room: the pump had no local time$/,
    );
  });

  test('the log tells amounts as people read them', () => {
    const { say } = opened();
    say('press');
    say('refill volume: 19 mL');
    say('setAlarmInterval 20min');
    const { text } = say('log 50');
    expect(text).toMatch(/interval of critical alarms set +from: 10min, to: 20min/);
    expect(text).toMatch(/patient bolus granted +ends: in 2min, rate: 14\.4 mL\/day/);
    expect(text).toMatch(/reservoir volume entered +volume: 19 mL, expected: 20 mL/);
  });

  test('a dose is shown in the unit of its drug', () => {
    const start =
      'start: { fill: { volume: 20 mL, morphine: 25 mg/mL }, prescribe: { constant: 5 mg/day, ceiling: 9 mg/day } }';
    const { say } = opened(OPENING.replace(/^start:\n(?: .*\n)+/mu, `${start}\n`));
    expect(say('prescribe constant: 6 mg/day').text).toContain('clinician prescribes: 6 mg/day; ');
    expect(say('history').text).toMatch(/ 5 mg\/day .*\n.* 6 mg\/day /);
  });

  test('a wait says what came, when, and how far it would have looked', () => {
    const { say } = opened();
    const { text } = say('until alarm lowReservoir');
    expect(text).toContain('alarm lowReservoir after 45d (looked ahead 3650d; atMost sets another limit)');
    expect(text).toContain('2026-02-19 08:00  ALARM: Low reservoir');
    expect(say('until alarm emptyReservoir atMost 1d').text).toBe(
      'NOT AS EXPECTED: until alarm emptyReservoir: it did not come within 1d',
    );
  });

  test('a long time in which much happens is told by its beginning and its end', () => {
    const { say } = opened();
    say('every 4h for 20d patient requestBolus');
    const { text } = say('advance 20d');
    expect(text).toContain('more …');
    expect(text.split('\n').length).toBeLessThan(30);
  });

  test('the instructor’s views: belief and truth part, and why', () => {
    const { say } = opened();
    say('advance 40d');
    expect(say('belief').text).toMatch(/^ {2}reservoir +4 mL/m);
    expect(say('truth').text).toMatch(/^ {2}reservoir +3\.2 mL/m);
    expect(say('why').text).toContain('the pump commands 0.4 mL/day (basal), because');
    expect(say('history').text).toMatch(/1 {2}2026-01-05 08:00 {2}clinician {2}200 mcg\/day/);
    expect(say('log 2').text).toContain('telemetry session closed');
    expect(say('report').text).toContain('DOSING REPORT');
    expect(say('card').text).toContain('REFILL CARD');
  });
});

describe('the story that was opened', () => {
  test('is shown a step before it is played, and told where it goes another way', () => {
    const { session, say } = opened();
    expect(session.greeting).toContain('next (1 of 3):\n  - after: 1h\n    patient: requestBolus');
    const { text } = say('next');
    expect(text).toContain('handset: Bolus started');
    expect(text).toContain('as expected: belief.granted 1');
    expect(text).toContain('next (2 of 3):\n  - until: { truth: dry }');
    expect(say('next').text).toContain('NOT AS EXPECTED: alarms: expected [], got [lowReservoir]');
    expect(session.missed).toBe(1);
    // The third step lies in the past by now.
    expect(say('next').problem).toMatch(/^at: time cannot go back: it is \d+d .* expected that or later/);
    expect(say('skip').text).toBe('the story is over');
    expect(say('next').problem).toBe('no step is left: the story that was opened has 3');
  });
});

describe('time', () => {
  test('stands still where no session is open, however long nobody types', () => {
    const { session, say } = opened();
    say('belief', 3_600_000);
    expect(session.prompt).toContain('08:00 no session');
  });

  test('runs while a session is open, and no longer than it stays open', () => {
    const { session, say } = opened();
    say('interrogate');
    say('belief', 60_500);
    expect(session.prompt).toBe('2026-01-05 08:01 in session > ');
    expect(say('belief', 86_400_000).text).toContain('[No session]');
    expect(session.prompt).toBe('2026-01-05 08:10 no session > ');
    expect(replayed(session).text).toContain('  - after: 10min\n');
  });
});

const LONG = `
interrogate
advance 3d
prescribe constant: 3 mg/day
prescribe { constant: 240 mcg/day, lowReservoir: 3 mL }
note the "dose" was raised: 20 % # really
press
advance 30min
press
patient requestBolus expect refused: lockedOut, retryIn: 30min
every 5h jitter 1h for 30d patient requestBolus
readLog
refill volume: 20 mL, aspirated: measured
hands aspirate 1 mL
refill volume: 12 mL, aspirated: measured
advance 2d
nonsense
world flowBias -30 %
hands inject 50 mL
{ after: 5h, clinician: stop, expect: { screen: { warnings: 1 }, belief: { stopped: clinician, rate: 9 mL/day } } }
until alarm stoppedPump
expect time: 7d 5h 30min, alarms: [stoppedPump], belief.reservoir: { atLeast: 1 mL, atMost: 25 mL }
until alarm emptyReservoir atMost 1d
resume
until alarm lowReservoir
until log bolusDenied atMost 2h
hands drain
hands inject { volume: 20 mL, baclofen: 2000 mcg/mL }
refill volume: 20 mL, aspirated: measured
prescribe baclofen: 2000 mcg/mL, constant: 20 mg/day, patientBolus: none, ceiling: 30 mg/day
prescribe baclofen: 2000 mcg/mL, constant: 1 mg/day, patientBolus: none, ceiling: 30 mg/day
advance 1ms
prescribe constant: 1.1 mg/day
next
expect screen.mode: "basal delivery"
syringeError +2 %
truth
endSession
advance 100d
`;

describe('a recorded session', () => {
  test('replays to the same trace, and every expectation it keeps holds', () => {
    const { session, records, say } = opened();
    const problems = LONG.trim()
      .split('\n')
      .flatMap((line, i) => say(line, i % 3 === 0 ? 1234 : 0).problem ?? []);
    // Only the line that is none: what was refused was carried out.
    expect(problems).toEqual([expect.stringContaining('"nonsense" is no act')]);
    expect(session.missed).toBeGreaterThan(2);
    const again = replayed(session);
    expect(again.failures).toEqual([]);
    expect(again.breaches).toEqual([]);
    expect(again.expectations).toBeGreaterThan(10);
    expect(records.length).toBeGreaterThan(500);
    expect(again.records.length).toBe(records.length);
    expect(digestOf(again.records)).toBe(digestOf(records));
  });

  test('keeps the setting, refusals, remarks, and what was not as expected as a remark', () => {
    const { session, say } = opened();
    for (const line of ['press', 'press', 'note hello', 'expect truth.reservoir: 1 mL']) say(line);
    const { text } = replayed(session);
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/docs\/scenario\.schema\.json\nthecal: scenario\/1\n/);
    expect(text).toContain('seed: 7\n');
    expect(text).toContain('flowBias: +5 %');
    expect(text).toContain('  - patient: requestBolus\n    expect: { refused: bolusRunning }\n  # hello\n');
    expect(text).toContain('# NOT AS EXPECTED: truth.reservoir: expected 1 mL, got');
    expect(text).not.toContain('stoppedPump');
  });

  test.each([
    'a\nb',
    ' a\r\n b ',
    'x'.repeat(20) + '\n'.repeat(20),
    '\t',
    '\u001B[2J',
    '\uFFFD',
    '\uD800',
    '\u2028',
    'C:\\new',
  ])('keeps the serial number %j as it is', (serial) => {
    const { session, records, say } = opened();
    const escaped = JSON.stringify(serial).replaceAll('\uFFFD', '\\uFFFD');
    expect(say(`replace { serial: ${escaped} }`).problem).toBeUndefined();
    const again = replayed(session);
    expect(again.text).toBe(Buffer.from(again.text).toString());
    expect(digestOf(again.records)).toBe(digestOf(records));
    expect(JSON.stringify(records)).toContain(JSON.stringify(serial));
  });

  test.each([
    ['nothing was done', []],
    ['only remarks were made', ['note one', 'note two']],
    ['only what cannot be used was typed', ['x', 'prescribe']],
  ])('can be replayed where %s', (_, lines) => {
    const { session, records, say } = opened();
    for (const line of lines) say(line);
    const again = replayed(session);
    expect(again.failures).toEqual([]);
    expect(digestOf(again.records)).toBe(digestOf(records));
  });

  test('of a new pump begins on the shelf', () => {
    const records: Json[] = [];
    const session = new Session(newPump('generic-pca', '2026-05-01 12:00'), {
      id: 'console',
      version: '0',
      seed: 3,
      onRecord: (record) => void records.push(toJson(record)),
    });
    for (const line of [
      'interrogate',
      'hands inject { volume: 20 mL, morphine: 1 mg/mL }',
      'refill volume: 20 mL',
      'implant',
      'prescribe primary: morphine, morphine: 1 mg/mL, constant: 30 mg/day',
      'advance 1d',
      'resume',
      'advance 6h',
    ])
      expect(session.line(line).problem).toBeUndefined();
    const again = replayed(session);
    expect(again.text).toContain('profile: generic-pca\nclock: 2026-05-01 12:00\nseed: 3\n');
    expect(again.failures).toEqual([]);
    expect(digestOf(again.records)).toBe(digestOf(records));
  });

  test('replays to the same trace whatever was done', () => {
    const lines = fc.constantFrom(
      ...LONG.trim().split('\n'),
      'after 10min patient requestBolus',
      'advance 1h',
      'stop',
      'resume',
      'at 40d interrogate',
      'at 9d clinician interrogate',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(lines, fc.constantFrom(0, 0, 777, 3_600_000)), { maxLength: 25 }), (typed) => {
        const { session, records, say } = opened();
        for (const [line, elapsed] of typed)
          expect(say(line, elapsed).problem ?? '').toMatch(/^$|no act|cannot go back|no step is left/);
        const again = replayed(session);
        expect(again.failures).toEqual([]);
        expect(digestOf(again.records)).toBe(digestOf(records));
      }),
      { numRuns: 12, seed: 20_260_105 },
    );
  });
});

test('time that passes in slices is the same life as in one, is kept, and stops where it is told to', () => {
  const [whole, cut] = [opened(), opened()];
  whole.session.pass(() => true, span(10 * 86_400_000));
  for (let passed = 0; passed < 10 * 86_400_000; ) {
    const before = cut.session.records.length;
    const most = span(10 * 86_400_000 - passed);
    passed += cut.session.pass(() => cut.session.records.length === before, most).passed;
  }
  expect(cut.session.records).toEqual(whole.session.records);
  expect(cut.session.recorded()).toBe(whole.session.recorded());
  expect(cut.session.recorded()).toContain('  - after: 10d\n');
});

test('a line says what became of its act, and nothing of the line before', () => {
  const { session } = opened();
  expect(session.line('interrogate').outcome).toEqual({ done: true });
  expect(session.line('{ "clinician": "confirm" }').outcome).toMatchObject({ refused: expect.any(String) });
  expect(session.line('screen').outcome).toBeUndefined();
});
