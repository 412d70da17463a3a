import { describe, expect, test } from 'vitest';
import { loadScenario, newPump, parseBreak, runScenario, Session } from '../../../workbench/index.ts';

const HEAD = `thecal: scenario/1
title: A press over a link
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start:
  fill: { volume: 20 mL, baclofen: 500 mcg/mL }
  prescribe: { constant: 200 mcg/day, patientBolus: { dose: 10 mcg, duration: 5min, lockout: 4h, maxPerDay: 4 } }
`;

const ran = (rest: string, breaks: readonly string[] = []) =>
  runScenario(loadScenario(`${HEAD}${rest}`), { id: 'link', version: '', breaks: breaks.map(parseBreak) });

const press = (fault: string) => `story:
  - world: { frameFault: ${fault} }
  - after: 1h
    patient: requestBolus
`;

describe('a fault that waits for one frame', () => {
  test('is an expectation that is met where its frame comes', () => {
    const { expectations, failures } = ran(press('{ message: requestBolus, of: answer, is: drop }'));
    expect([expectations, failures]).toEqual([1, []]);
  });

  test.each([
    ['{ message: commitUpdate, of: request, is: drop }', 'the next request commitUpdate to be lost'],
    ['{ frame: 500, is: duplicate }', 'frame 500 from now on to be doubled'],
  ])('%s fails the run where it never comes, at the line it stands in', (fault, expected) => {
    expect(ran(press(fault)).failures).toMatchObject([
      { line: 9, column: 26, step: 1, what: 'frameFault', expected, got: 'it never struck: no such frame came' },
    ]);
  });

  test('fails the run too where it stands under faults', () => {
    const { failures } = ran(`faults: [frameFault: { frame: 900, is: drop }]\nstory:\n  - patient: requestBolus\n`);
    expect(failures).toMatchObject([{ line: 8, step: 0, what: 'frameFault' }]);
  });

  test('is not asked for where the story broke off before', () => {
    const waits = '  - until: { alarm: lowReservoir }\n    atMost: 1h\n';
    const { failures } = ran(`${press('{ frame: 500, is: drop }')}${waits}`);
    expect(failures.map(({ what }) => what)).toEqual(['until']);
  });

  test('added from outside is named, and fails nothing', () => {
    const added = ['frameFault={ frame: 500, is: drop }', 'frameFault={ frame: 1, is: drop }'];
    const { failures, unstruck } = ran('story:\n  - patient: requestBolus\n', added);
    expect(failures).toEqual([]);
    expect(unstruck.map(({ text }) => text)).toEqual(added.slice(0, 1));
  });

  test('is missed at the console as well, and in what it has recorded', () => {
    const session = new Session(newPump('synchromed-ii-like-20', '2026-01-05 08:00'), { id: 'link', version: '' });
    session.line('frameFault frame: 500, is: drop');
    session.line('interrogate');
    const said = 'frameFault: expected frame 500 from now on to be lost: it never struck';
    expect(session.finish()).toBe(`NOT AS EXPECTED: ${said}`);
    expect(session.missed).toBe(1);
    const recorded = session.recorded();
    expect(recorded).toContain(`# ${said}`);
    expect(runScenario(loadScenario(recorded), { id: 'link', version: '' }).failures).toHaveLength(1);
  });
});
