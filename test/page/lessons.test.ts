import { beforeEach, describe, expect, test } from 'vitest';
import type { AskName, Mode } from '../../page/worker/protocol.ts';
import { type Learner, type LoadedCase, loadScenario, runScenario } from '../../workbench/index.ts';
import { of, SHIPPED } from '../training/cases.ts';
import { readCase } from '../training/read-case.ts';
import { READY } from './ready-text.ts';
import { Room } from './room.ts';

/*
 * Training cases behind the page: what its learner may ask, and what an instructor's window beside it may.
 */

const NAME = 'refill-with-a-discrepancy';
const SEED = 5;

let room: Room;
beforeEach(() => {
  room = new Room();
  room.ask('open', { scenario: READY });
});
const begin = (mode: Mode, name = NAME, seed = SEED) => room.later('openCase', { name, mode, seed, learner: 'Ann' });

/** Does what a script of a case says. */
function does(script: LoadedCase['scripts'][Learner]): void {
  for (const step of script) {
    if ('measure' in step) room.ask('line', `measure ${step.measure}`);
    else room.ask('act', step);
  }
}

describe('a case', () => {
  test('is one of those that come with it, by title', async () => {
    const cases = await room.later('cases', null);
    expect(cases.map(({ name }) => name).sort()).toEqual([...SHIPPED.keys()]);
    expect(cases).toContainEqual({ name: NAME, title: of(NAME, 0).lesson.title });
    await expect(begin('practice', 'no-such')).rejects.toThrow('there is no case "no-such"');
  });

  test('of one’s own is added with the profile it names; one that is wrong adds nothing, and says where', async () => {
    const own = SHIPPED.get(NAME)?.replace(/^title: .*$/m, 'title: Mine') ?? '';
    expect(await room.later('addCase', { name: 'mine', text: own })).toEqual({ name: 'mine', title: 'Mine' });
    const wrong = { name: 'wrong', text: own.replace(/^rubric:/m, 'rubrik:') };
    await expect(room.later('addCase', wrong)).rejects.toThrow(/\d+:\d+: .*rubrik/);
    const named = { name: 'named', text: own.replace(/profile: .*/, 'profile: ./none.yaml') };
    await expect(room.later('addCase', named)).rejects.toThrow('./none.yaml: no such file');
    expect((await room.later('cases', null)).filter(({ title }) => title === 'Mine')).toHaveLength(1);
  });

  test('tells what a measure answers to who has done it, and lists it to nobody', async () => {
    await room.later('addCase', { name: 'small', text: readCase() });
    await begin('assessment', 'small');
    expect(room.ask('caseTold', null).measures).toEqual({
      callPhysician: 'The physician on call is called',
      askPharmacy: 'The pharmacy is asked',
    });
    expect(room.ask('line', 'measure askPharmacy').text).toMatch(/^Noted: The pharmacy is asked\nIt was \d+ mcg\/mL$/);
  });

  test('that does not begin as it says is not opened, and says where', async () => {
    await room.later('addCase', { name: 'small', text: readCase(['18.00 mL', '20.00 mL']) });
    await expect(begin('practice', 'small')).rejects.toThrow('17:38: begins, step 1 of its story, at 5d');
  });

  test('opens beside what is open, at the instant at which its learner comes in', async () => {
    await begin('practice');
    const { ends } = of(NAME, SEED).lesson;
    expect(room.shown).toMatchObject({ life: 1, lives: 2, done: 0, pace: 'paused' });
    expect(room.shown?.lesson).toEqual({ mode: 'practice', isOver: false, isHiding: false, left: ends });
    expect(room.shown?.story).toEqual({ played: 0, of: 0, next: undefined });
    room.ask('life', { life: 0 });
    expect(room.shown?.lesson).toBeNull();
    expect(() => room.ask('caseTold', null)).toThrow('no training case');
  });

  test('is over when its time has passed, at any pace, and time goes no further', async () => {
    await begin('practice');
    await expect(room.later('debrief', null)).rejects.toThrow('before the case is over');
    room.ask('run', { pace: 'top' });
    room.settle();
    expect(room.shown).toMatchObject({ pace: 'paused', lesson: { isOver: true, left: 0 } });
    expect(room.ask('act', { clinician: 'interrogate' }).problem).toContain('over');
    expect((await room.later('debrief', null)).debrief).toMatchObject({ passed: false, learner: 'Ann', seed: SEED });
  });

  test.each(['expert', 'passive', 'mistaken'] as const)(
    'comes for the %s to what it comes to in a terminal',
    async (who) => {
      await begin('assessment');
      does(of(NAME, SEED).scripts[who]);
      room.ask('line', 'done');
      const { debrief, curves, last } = await room.later('debrief', null);
      expect(debrief.passed).toBe(who === 'expert');
      expect(last).toBe('');
      expect(curves.map(({ title }) => title)).toEqual(['CSF: baclofen']);
      expect(curves[0]?.svg).toContain('<svg');
    },
  );

  test('is gone back in while it is practised: what was done since is forgotten', async () => {
    await begin('practice');
    does(of(NAME, SEED).scripts.mistaken);
    room.ask('line', 'done');
    expect((await room.later('debrief', null)).debrief.passed).toBe(false);
    room.ask('rewind', { done: 0 });
    expect(room.shown).toMatchObject({ done: 0, lesson: { isOver: false } });
    does(of(NAME, SEED).scripts.expert);
    room.ask('line', 'done');
    expect((await room.later('debrief', null)).debrief.passed).toBe(true);
    // It has been a scenario all along.
    const records: unknown[] = [];
    const loaded = loadScenario(room.ask('recorded', null));
    runScenario(loaded, { id: '', version: '0', executor: 'table', onRecord: (record) => records.push(record) });
    expect(structuredClone(records)).toEqual(room.ask('trace', { from: 0 }));
  });
});

describe('an assessment', () => {
  const REVEALS: readonly (readonly [AskName, unknown])[] = [
    ['trace', { from: 0 }],
    ['recorded', null],
    ['xray', null],
    ['curves', { figuresOf: [] }],
    ['faults', null],
    ['records', { only: 'all', most: 10 }],
    ['chain', { n: 1 }],
    ['run', { pace: 'top', stop: 'event' }],
    ['run', { pace: 'top', stop: 'alarm' }],
  ];

  test.each(REVEALS)('answers %s only once it is over', async (ask, give) => {
    await begin('assessment');
    const asked = () => room.later(ask, give as never);
    await expect(asked()).rejects.toThrow('not before the debrief');
    room.ask('line', 'done');
    await expect(asked()).resolves.toBeDefined();
  });

  test.each(['rewind', 'branch'] as const)('is not gone back in (%s), nor once the debrief has told', async (ask) => {
    await begin('assessment');
    room.ask('act', { clinician: 'interrogate' });
    expect(() => room.ask(ask, { done: 0 })).toThrow('nobody goes back');
    room.ask('line', 'done');
    expect(() => room.ask(ask, { done: 0 })).toThrow('nobody goes back');
  });

  test('shows the page neither states nor how much has happened, and says what is behind it to nobody there', async () => {
    await begin('assessment');
    expect(room.shown).toMatchObject({ states: {}, records: 0, lesson: { isHiding: true } });
    expect(() => room.ask('caseBehind', null)).toThrow('for the instructor');
    for (const line of ['truth', 'belief', 'why', 'hint', 'next', '{ world: { flowBias: +5 % } }'])
      expect(room.ask('line', line), line).toMatchObject({ problem: expect.any(String), text: '' });
  });

  test.each<readonly [how: string, ended: () => void]>([
    [
      'finished',
      () => {
        room.ask('life', { life: 1 });
        room.ask('line', 'done');
      },
    ],
    ['closed', () => room.ask('close', { life: 1 })],
    ['put away for another pump', () => room.ask('open', { scenario: READY })],
  ])('lets no window in until it is %s, from another visit either', async (_, ended) => {
    expect(room.isAssessing).toBe(false);
    await begin('assessment');
    room.ask('life', { life: 0 });
    expect(room.shown?.lesson).toBeNull();
    expect(room.isAssessing).toBe(true);
    // What is of that visit is hidden from nobody.
    expect(room.ask('xray', null).length).toBeGreaterThan(5);
    ended();
    expect(room.isAssessing).toBe(false);
  });

  test('hides nothing from an instructor beside', async () => {
    const instructor = room.instructor();
    await begin('assessment');
    expect(instructor.shown()).toMatchObject({ lesson: { isHiding: false }, states: { infusion: 'basal' } });
    const behind = () => room.ask('caseBehind', null, instructor);
    expect(behind().hidden).toContain(of(NAME, SEED).lesson.hidden.trim().slice(0, 40));
    expect(new Set(behind().lines.map(({ state }) => state))).toEqual(new Set(['open']));
    does(of(NAME, SEED).scripts.expert.slice(0, 1));
    expect(behind().lines.map(({ state }) => state)).toContain('met');
    expect(room.ask('xray', null, instructor).length).toBeGreaterThan(5);
    expect(() => room.ask('rewind', { done: 0 }, instructor)).toThrow('nobody goes back');
    // What is broken is for the case to decide, whoever asks.
    expect(room.ask('act', { world: { flowBias: '+15 %' } }, instructor).problem).toContain('for the case');
  });
});

test('the prescriptions on the screen are those that were read', () => {
  room.ask('act', { clinician: 'interrogate' });
  expect(room.ask('prescriptions', null)).toContain('nothing');
  room.ask('act', { clinician: 'readHistory' });
  expect(room.ask('prescriptions', null)).toMatch(/^ {2}1 .*200 mcg\/day/m);
});
