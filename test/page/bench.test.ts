import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Life, sessionOf } from '../../page/worker/life.ts';
import { ALARM_WORDS, loadScenario, runScenario } from '../../workbench/index.ts';
import { READY } from './ready-text.ts';
import { Room } from './room.ts';

const DAY = 86_400_000;

let room: Room;
beforeEach(() => {
  room = new Room();
  room.ask('open', { scenario: READY });
});

describe('time', () => {
  test('at top speed is cut into slices, between which a question is answered, and ends where it was to', () => {
    room.perLook = 15;
    room.ask('line', '{ patient: requestBolus, every: 4h, for: 20d }');
    room.ask('run', { pace: 'top', to: 20 * DAY });
    room.slice();
    expect(room.shown).toMatchObject({ pace: 'top' });
    expect(room.shown?.now).toBeLessThan(20 * DAY);
    expect(room.ask('recorded', null)).toContain('after:');
    expect(room.settle()).toBeGreaterThan(3);
    expect(room.shown).toMatchObject({ pace: 'paused', now: 20 * DAY });
  });

  test('at a pace goes with the room', () => {
    room.ask('run', { pace: 60 });
    for (let i = 0; i < 25; i++) room.slice();
    expect(room.shown?.now).toBe(60_000);
    room.ask('pause', null);
    expect(room.settle()).toBe(1);
    expect(room.shown).toMatchObject({ pace: 'paused', now: 60_000 });
  });

  test('stops at the next event, and at the next alarm', () => {
    const { records = 0 } = room.shown ?? {};
    room.ask('run', { pace: 'top', stop: 'alarm' });
    room.settle();
    // It says what it came to, until time goes on.
    const cameTo = 'ALARM: Low reservoir: refill the pump';
    expect(room.shown).toMatchObject({ pace: 'paused', now: 45 * DAY, cameTo });
    const alarms = room.ask('xray', null).find(({ what }) => what === 'alarms');
    expect(alarms?.believed).toContain('ow reservoir');
    room.ask('run', { pace: 'top', stop: 'event' });
    room.settle();
    expect(room.shown?.now).toBeGreaterThan(45 * DAY);
    expect(room.shown?.cameTo).toContain('the reservoir runs dry');
    room.ask('run', { pace: 'top', to: 51 * DAY });
    room.settle();
    expect(room.shown?.cameTo).toBeNull();
    expect(room.shown?.records).toBeGreaterThan(records);
  });

  test('stays where it is where the next event or alarm would not come', () => {
    room.ask('newPump', { profile: 'synchromed-ii-like-20', clock: '2026-01-05 08:00' });
    const now = room.shown?.now;
    for (const stop of ['event', 'alarm'] as const) {
      room.ask('run', { pace: 'top', stop });
      room.settle();
      expect(room.shown).toMatchObject({ pace: 'paused', now, cameTo: null, inVain: stop });
    }
    room.ask('run', { pace: 'top', to: DAY });
    room.settle();
    expect(room.shown).toMatchObject({ now: DAY, inVain: null });
  });

  test('comes to what was done while it was looked ahead', () => {
    room.ask('newPump', { profile: 'synchromed-ii-like-20', clock: '2026-01-05 08:00' });
    // Much to look through, and no alarm among it.
    room.ask('line', '{ patient: requestBolus, every: 5h, for: 20d }');
    const now = room.shown?.now;
    room.perLook = 15;
    room.ask('run', { pace: 'top', stop: 'alarm' });
    room.slice();
    expect(room.shown).toMatchObject({ pace: 'top', now });
    room.ask('line', 'implant');
    room.perLook = 0;
    room.settle();
    expect(room.shown).toMatchObject({ pace: 'paused', inVain: null, cameTo: expect.stringContaining('ALARM') });
  });

  test('goes on at the pace of the room after a jump, while a session is open', () => {
    room.ask('act', { clinician: 'interrogate' });
    room.ask('run', { pace: 'top', to: 60_000, inSession: 1 });
    room.slice();
    expect(room.shown).toMatchObject({ pace: 1, now: 60_000, isOpen: true, endsAt: 600_000 });
    // A session that lies idle ends by itself.
    room.ask('run', { pace: 'top', to: DAY, inSession: 1 });
    room.settle();
    expect(room.shown).toMatchObject({ pace: 'paused', now: DAY, isOpen: false, endsAt: undefined });
  });

  test('at the pace of the room is shown once a second, unless something happens', () => {
    room.ask('run', { pace: 1 });
    let shown = 0;
    let last = room.shown;
    for (let i = 0; i < 100; i++) {
      room.slice();
      if (room.shown !== last) shown += 1;
      last = room.shown;
    }
    expect(shown).toBe(4);
  });
});

describe('the X-ray', () => {
  test('has belief beside truth, and marks where they part', () => {
    room.ask('act', { world: { flowBias: '+15 %' } });
    room.ask('run', { pace: 'top', to: 10 * DAY });
    room.settle();
    const rows = room.ask('xray', null);
    const reservoir = rows.find(({ what }) => what === 'reservoir');
    expect(reservoir).toMatchObject({ believed: '16 mL', actual: '15.4 mL', parts: true });
    expect(rows.find(({ what }) => what === 'strength')).toMatchObject({ drug: 'baclofen', parts: false });
    expect(rows.find(({ what }) => what === 'csf')).toMatchObject({ drug: 'baclofen', believed: undefined });
  });

  test('says signs, conditions and alarms in words', () => {
    room.ask('run', { pace: 'top', to: 20 * DAY });
    room.settle();
    room.ask('act', { world: { begins: 'stall' } });
    room.ask('run', { pace: 'top', to: 23 * DAY });
    room.settle();
    const said = new Map(room.ask('xray', null).map(({ what, believed, actual }) => [what, [believed, actual]]));
    expect(said.get('conditions')).toEqual(['the motor does not turn', 'the motor does not turn']);
    expect(said.get('motor')).toEqual(['stall declared', undefined]);
    expect(said.get('alarms')).toEqual([ALARM_WORDS.stall, undefined]);
    expect(said.get('signs')).toEqual([undefined, 'baclofen withdrawal: high fever, rigid, itching and confused']);
  });

  test('has frames in bytes, and what led to each', () => {
    room.ask('act', { clinician: 'stop' });
    const frames = room.ask('records', { only: 'frames', most: 5 });
    expect(frames).toHaveLength(5);
    const answer = frames.findLast(({ frame }) => frame?.name === 'stop' && frame.answer);
    expect(answer?.frame).toMatchObject({ from: 'pump', to: 'programmer', bytes: expect.stringMatching(/^7ec1/) });
    const chain = room.ask('chain', { n: answer?.n ?? 0 });
    expect(chain[0]).toMatchObject({ text: expect.stringContaining('act clinician'), frame: undefined });
    expect(chain.at(-1)).toMatchObject({ n: answer?.n, frame: { name: 'stop', answer: true } });
    expect(room.ask('chain', { n: 1_000_000 })).toEqual([]);
  });
});

test('the curves of a life are those of a report, with figures where they are asked for', async () => {
  room.ask('act', { world: { flowBias: '+15 %' } });
  room.ask('run', { pace: 'top', to: 50 * DAY });
  room.settle();
  expect(() => room.ask('curves', { figuresOf: ['Reservoir'] })).toThrow('no answer yet');
  await vi.waitFor(() => expect(room.got).toBeInstanceOf(Array));
  expect(room.got).toMatchObject([
    { title: 'Rate', unit: 'mL/day', names: ['commanded', 'true'], figures: undefined },
    {
      title: 'Reservoir',
      svg: expect.stringContaining('Low reservoir'),
      figures: expect.stringContaining('<td>43d 11h 28min 41.74s</td><td>0</td>'),
    },
    { title: 'Dose per day: baclofen', unit: 'mcg' },
    { title: 'CSF: baclofen', unit: 'ng/mL', names: ['true'] },
  ]);
});

describe('a life', () => {
  test('opened beside another leaves that as it was; what cannot be read opens none', () => {
    room.ask('act', { clinician: 'interrogate' });
    expect(() => room.ask('open', { scenario: 'no scenario', beside: true })).toThrow('scenario');
    expect(room.shown).toMatchObject({ life: 0, lives: 1, isOpen: true });
    room.ask('open', { scenario: READY.replace('comes for a check', 'comes again'), beside: true });
    expect(room.shown).toMatchObject({ life: 1, lives: 2, isOpen: false, story: { played: 0, of: 1 } });
    expect(room.ask('timeline', null).lives.map(({ title }) => title)).toEqual([
      'A patient with severe spasticity comes for a check',
      'A patient with severe spasticity comes again',
    ]);
    room.ask('line', 'next');
    expect(room.shown).toMatchObject({ isOpen: true, story: { played: 1, of: 1, next: undefined } });
    expect(room.ask('timeline', null).done).toMatchObject([
      { line: 'next', says: 'clinician interrogates', isStory: true, from: 0 },
    ]);
  });

  test('is gone back in, and goes the same way again', () => {
    room.ask('act', { clinician: 'interrogate' });
    room.ask('run', { pace: 'top', to: DAY });
    room.settle();
    room.ask('act', { patient: 'requestBolus' });
    room.ask('run', { pace: 'top', to: 2 * DAY });
    room.settle();
    const [trace, after] = [room.ask('trace', { from: 0 }), room.shown];
    room.ask('rewind', { at: DAY / 2 });
    expect(room.shown).toMatchObject({ now: DAY / 2, pace: 'paused', done: 2 });
    room.ask('run', { pace: 'top', to: DAY });
    room.settle();
    room.ask('act', { patient: 'requestBolus' });
    room.ask('run', { pace: 'top', to: 2 * DAY });
    room.settle();
    expect(room.ask('trace', { from: 0 })).toEqual(trace);
    expect(room.shown).toEqual(after);
  });

  test('is gone back in by one act where several are of one instant', () => {
    room.ask('act', { clinician: 'interrogate' });
    room.ask('act', { clinician: 'stop' });
    expect(room.shown?.states).toMatchObject({ infusion: 'stopped' });
    room.ask('rewind', { done: 1 });
    expect(room.shown).toMatchObject({ done: 1, states: { infusion: 'basal' }, screen: { title: 'Pump status' } });
  });

  test('branches, and both go on', () => {
    room.ask('run', { pace: 'top', to: DAY });
    room.settle();
    room.ask('branch', { at: DAY / 2 });
    expect(room.shown).toMatchObject({ life: 1, lives: 2, now: DAY / 2 });
    room.ask('act', { clinician: 'stop' });
    room.ask('life', { life: 0 });
    expect(room.shown).toMatchObject({ life: 0, now: DAY, states: { infusion: 'basal' } });
    expect(() => room.ask('life', { life: 7 })).toThrow('there are 2 lives');
  });

  test('is closed, but for the last; the others stay who they are', () => {
    expect(() => room.ask('close', { life: 0 })).toThrow('the last life stays open');
    for (const name of ['second', 'third']) {
      room.ask('open', { scenario: READY.replace('comes for a check', `is the ${name}`), beside: true });
    }
    const { visit } = room.shown ?? {};
    room.ask('run', { pace: 'top', to: DAY });
    room.ask('close', { life: 0 });
    // Time goes on in the one at hand.
    expect(room.shown).toMatchObject({ life: 1, lives: 2, visit, pace: 'top' });
    room.settle();
    expect(room.shown).toMatchObject({ now: DAY });
    room.ask('close', { life: 1 });
    expect(room.shown).toMatchObject({ life: 0, lives: 1, now: 0, pace: 'paused' });
    expect(room.shown?.visit).not.toBe(visit);
    expect(room.ask('timeline', null).lives.map(({ title }) => title)).toEqual([
      'A patient with severe spasticity is the second',
    ]);
    expect(() => room.ask('close', { life: 3 })).toThrow('there are 1 lives');
  });

  test('is left alone while it is gone back in, which takes its time', () => {
    room.ask('line', '{ patient: requestBolus, every: 4h, for: 20d }');
    room.ask('run', { pace: 'top', to: 20 * DAY });
    room.settle();
    room.perLook = 30;
    expect(() => room.ask('rewind', { at: 15 * DAY })).toThrow('no answer yet');
    expect(room.shown).toMatchObject({ isLeading: true });
    expect(() => room.ask('act', { clinician: 'stop' })).toThrow('wait');
    expect(room.ask('trace', { from: 0 }).length).toBeGreaterThan(100);
    expect(room.settle()).toBeGreaterThan(0);
    expect(room.shown).toMatchObject({ now: 15 * DAY, lives: 1, isLeading: false });
    expect(room.ask('act', { clinician: 'interrogate' })).toMatchObject({ outcome: { done: true } });
  });

  test('keeps what hands did and found, and forgets it with what is undone', () => {
    const found = () => room.ask('timeline', null).done.flatMap((deed) => deed.found ?? []);
    room.ask('act', { hands: { dyeStudy: '1 mL' } });
    room.ask('act', { hands: { inject: '1 mL' } });
    expect(found()).toEqual([
      'Injected contrast into the access port: 1 mL: the contrast runs up the catheter and spreads in the CSF',
      'Not done: the reservoir has no room for this volume (inject 1 mL)',
    ]);
    room.ask('rewind', { done: 1 });
    expect(found()).toHaveLength(1);
  });

  test('tells of a film since which it is compared, how far the rotor has turned, and how far it was asked to', () => {
    const found = () => room.ask('timeline', null).done.at(-1)?.found;
    const film = () => room.ask('act', { hands: 'film' });
    film();
    room.ask('run', { pace: 'top', to: 60_000 });
    room.settle();
    film();
    expect(found()).toEqual([
      'Took an X-ray of the rotor: too soon after the film 1min before to see whether the rotor turns; it was asked for less than 1°',
    ]);
    room.ask('act', { world: { flowBias: '-20 %' } });
    room.ask('run', { pace: 'top', to: 60_000 + DAY / 8 });
    room.settle();
    film();
    expect(found()).toEqual([
      'Took an X-ray of the rotor: the rotor has turned since the film 3h before; 120° of the 150° it was asked for',
    ]);
  });

  test('passes while somebody listens to the pump, who hears an alarm that begins meanwhile', () => {
    const found = () => room.ask('timeline', null).done.flatMap((deed) => deed.found ?? []);
    room.ask('listen', { for: 3_600_000 });
    expect(room.shown?.now).toBe(3_600_000);
    expect(found()).toEqual(['Listened to the pump for 1h: the pump is silent']);
    room.ask('run', { pace: 'top', to: 45 * DAY - 1_800_000 });
    room.settle();
    room.ask('listen', { for: 3_600_000 });
    expect(room.shown).toMatchObject({ now: 45 * DAY + 1_800_000 });
    // In one piece: where it began is nothing that who listens is told.
    expect(found().slice(1)).toEqual(['Listened to the pump for 1h: one tone']);
    const heard = room.ask('timeline', null).done.at(-1);
    expect(heard).toMatchObject({ from: 45 * DAY - 1_800_000, to: 45 * DAY + 1_800_000 });
    expect(room.tones).toMatchObject([{ sound: 'single' }]);
    const records: unknown[] = [];
    const loaded = loadScenario(room.ask('recorded', null));
    runScenario(loaded, { id: '', version: '0', executor: 'table', onRecord: (record) => records.push(record) });
    expect(structuredClone(records)).toEqual(room.ask('trace', { from: 0 }));
    const before = room.ask('trace', { from: 0 });
    room.ask('branch', {});
    room.settle();
    expect(room.ask('timeline', null).done.at(-1)).toEqual(heard);
    expect(room.ask('trace', { from: 0 })).toEqual(before);
  });

  test('that is looked ahead of has curves of what has happened alone', () => {
    const [heard, waited] = [0, 1].map(() => new Life(sessionOf(loadScenario(READY), '0')));
    heard?.listen(3_600_000);
    waited?.act({ hands: { listen: '1h' } });
    waited?.pass(() => true, 3_600_000);
    expect(heard?.curves).toEqual(waited?.curves);
  });

  test('says what was done, and what comes next in a story, as a person would', () => {
    room.ask('act', { hands: { enterScanner: '1.5 T' } });
    room.ask('line', 'truth');
    room.ask('line', '{ after: 1d, patient: requestBolus }');
    expect(room.ask('timeline', null).done.map(({ says }) => says)).toEqual([
      'hands bring the patient into a scanner of 1.5 T',
      undefined,
      'after 1d: patient asks for a bolus',
    ]);
    room.ask('open', { scenario: room.ask('recorded', null) });
    expect(room.shown?.story.says).toBe('hands bring the patient into a scanner of 1.5 T');
    room.ask('line', 'next');
    expect(room.ask('timeline', null).done.at(-1)).toMatchObject({
      says: 'hands bring the patient into a scanner of 1.5 T',
      isStory: true,
    });
  });

  test('is kept as a scenario that leads to the same trace', () => {
    room.ask('act', { hands: { inject: '2 mL' } });
    room.ask('run', { pace: 1000, to: DAY });
    room.settle();
    room.ask('act', { world: { flowBias: '+15 %' } });
    const records: unknown[] = [];
    const loaded = loadScenario(room.ask('recorded', null));
    runScenario(loaded, { id: '', version: '0', executor: 'table', onRecord: (record) => records.push(record) });
    expect(structuredClone(records)).toEqual(room.ask('trace', { from: 0 }));
    // One that is opened again, and kept again, is called the same.
    room.ask('open', { scenario: room.ask('recorded', null) });
    room.ask('line', 'next');
    expect(loadScenario(room.ask('recorded', null)).written.title).toBe(loaded.written.title);
  });
});

test('the device is known by its data sheet', () => {
  expect(room.ask('profile', null)).toMatchObject({ lowReservoirPolicy: 'alarm', stoppedAlarm: 2 * DAY });
});

test('every state that is shown is one of the chart', () => {
  const { regions } = room.ask('chart', null);
  const { states = {} } = room.shown ?? {};
  expect(Object.keys(states)).toEqual(Object.keys(regions));
  for (const [region, state] of Object.entries(states)) expect(regions[region]?.states).toHaveProperty(state);
});

test('a volume in the syringe is compared before anything is filled; what is no volume, and without a session, is not', () => {
  const named = (volume: string) => room.ask('aspirated', { volume }).map(({ name, text }) => [name, text]);
  expect(named('17 mL')).toEqual([]);
  room.ask('act', { clinician: 'interrogate' });
  expect(Object.fromEntries(named('17 mL'))).toMatchObject({ refillDiscrepancy: '−3 mL', refillExpected: '20 mL' });
  expect(named('17, mL')).toEqual([]);
  expect(room.shown?.residual).toBe('1.4 mL');
});

test('a question before any pump is open, or about a file that is not there, is answered in words', () => {
  expect(() => new Room().ask('act', { clinician: 'interrogate' })).toThrow('no pump has been opened');
  const own = READY.replace('synchromed-ii-like-20', './mine.yaml');
  expect(() => room.ask('open', { scenario: own })).toThrow('./mine.yaml: no such file');
});

test('a scenario is run beside the life that is shown, a few steps at a time', async () => {
  room.perLook = 60;
  const { shown } = room;
  expect(() => room.ask('runScenario', { id: 'ready', scenario: READY })).toThrow('no answer yet');
  await vi.waitFor(() => expect(room.settle()).toBeGreaterThan(0));
  expect(room.got).toMatchObject({ failures: [], breaches: [], digest: expect.stringMatching(/^[\da-f]{64}$/) });
  expect(room.shown).toBe(shown);
});

describe('tones', () => {
  test('are heard at a pace of the room, each once, as long as the profile says', () => {
    room.ask('run', { pace: 'top', to: 45 * DAY - 60_000 });
    room.settle();
    expect(room.tones).toEqual([]);
    room.ask('run', { pace: 60, to: 45 * DAY + 60_000 });
    room.settle();
    expect(room.tones).toEqual([{ sound: 'single', lasts: 1 }]);
    room.ask('run', { pace: 'top', to: 45 * DAY + 3_590_000 });
    room.settle();
    // What is due at the instant at which time stops has not been heard yet.
    room.ask('run', { pace: 1, to: 45 * DAY + 3_600_000 });
    room.settle();
    expect(room.tones).toHaveLength(1);
    room.ask('run', { pace: 1, to: 45 * DAY + 3_601_000 });
    room.settle();
    expect(room.tones).toHaveLength(2);
  });

  test('are not heard when time is fast, and both when they are tried', () => {
    room.ask('run', { pace: 'top', to: 45 * DAY - 60_000 });
    room.settle();
    room.ask('run', { pace: 3600, to: 45 * DAY + 7_200_000 });
    room.settle();
    expect(room.tones).toEqual([]);
    room.ask('act', { clinician: 'interrogate' });
    room.ask('act', { clinician: 'testAlarm' });
    expect(room.tones).toEqual([
      { sound: 'single', lasts: 1 },
      { sound: 'two-tone', lasts: 3 },
    ]);
  });
});
