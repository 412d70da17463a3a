import { describe, expect, test } from 'vitest';
import { type DeviceProfile, rate, span } from '../../shared/index.ts';
import { Invariants } from '../../workbench/invariants/index.ts';
import { Simulation } from '../../workbench/simulation.ts';
import { profileOf, running } from '../harness.ts';
import { runningChart } from './chart-on-bench.ts';
import {
  constant,
  DAY,
  daily,
  HOUR,
  MINUTE,
  ms,
  ordered,
  PRESS,
  periodic,
  rateOf,
  START,
  wallOf,
} from './commanded.ts';
import { powered } from './powered.ts';
import { prescriptionOf } from './prescriptions.ts';

const FLOW = rateOf('0.4 mL/day');

/** A press needs a session; it leaves none open. */
const press = (pump: ReturnType<typeof powered>) => {
  pump.open();
  const refused = pump.do('requestBolus');
  pump.do('closeSession');
  return refused;
};
const inSession = (pump: ReturnType<typeof powered>, what: () => unknown) => {
  pump.open();
  what();
  pump.do('closeSession');
};

describe.each(['xstate', 'table'] as const)('a reset with the clock kept, on %s', (executor) => {
  test('delivery goes on as it was, with its time and its volume', () => {
    const pump = powered({}, {}, executor);
    pump.pass('90min');
    const before = pump.status;
    pump.reset(false);
    expect(pump.status).toEqual(before);
    expect(pump.logged('reset')).toEqual([{ at: 90 * MINUTE, timeLost: false, lastWall: null }]);
  });

  test('no bolus resumes: what it gave and what it did not are logged', () => {
    const pump = powered({}, {}, executor);
    press(pump);
    pump.pass('30s');
    pump.reset(false);
    const given = PRESS.rate * 30_000;
    expect(pump.logged('bolusEnded')).toEqual([{ at: 30_000, why: 'reset', delivered: given, undelivered: 3 * given }]);
    pump.pass('10min');
    expect(pump.status).toMatchObject({ rate: FLOW, bolusEnds: null, bolusesGiven: 1, granted: 1, infusion: 'basal' });
  });

  test('neither lockout nor count moves', () => {
    const pump = powered({}, {}, executor);
    press(pump);
    pump.pass('30min');
    pump.reset(false);
    pump.pass(30 * MINUTE - 1);
    expect(press(pump)).toBe('lockedOut');
    pump.pass(1);
    expect(press(pump)).toBeUndefined();
    expect(pump.status.bolusesGiven).toBe(2);
  });

  test('a stopped pump stays stopped, and its deadline runs on', () => {
    const pump = powered({}, {}, executor);
    inSession(pump, () => pump.do('stop'));
    pump.pass('10h');
    pump.reset(false);
    pump.pass(38 * HOUR - 1);
    expect(pump.status).toMatchObject({
      infusion: 'stopped',
      rate: 0,
      stopped: { why: 'clinician', since: 0 },
      alarms: [],
    });
    pump.pass(1);
    expect(pump.status.alarms).toEqual([{ code: 'stoppedPump', since: 48 * HOUR }]);
  });

  test('the minimum rate stays', () => {
    const pump = powered({}, {}, executor);
    inSession(pump, () => pump.do('minimumRate'));
    pump.reset(false);
    expect(pump.status).toMatchObject({ infusion: 'minimumRate', rate: rateOf('0.006 mL/day') });
  });

  test('a schedule goes on by its clock', () => {
    const pump = powered({ program: daily({ '00:00': '1 mL/day', '10:00': '2 mL/day' }) }, {}, executor);
    pump.pass('1h');
    pump.reset(false);
    pump.pass(HOUR - 1);
    expect(pump.status.rate).toBe(rateOf('1 mL/day'));
    pump.pass(1);
    expect(pump.status.rate).toBe(rateOf('2 mL/day'));
  });

  test('history, log and counters are as they were, and numbers go on', () => {
    const pump = powered({}, {}, executor);
    press(pump);
    press(pump);
    const before = pump.log;
    const { granted, denied, record, prescription } = pump.status;
    pump.reset(false);
    expect(pump.log.slice(0, before.length)).toEqual(before);
    expect(pump.status).toMatchObject({ granted, denied, record, prescription });
    expect([granted, denied, record]).toEqual([1, 1, 1]);
    expect(pump.log.map(({ number }) => number)).toEqual(pump.log.map((_, i) => i + 1));
  });
});

describe.each([false, true])('a reset inside a session, the time lost: %s', (timeLost) => {
  test('ends the session: a frame of it finds none', () => {
    const pump = powered();
    pump.open();
    pump.reset(timeLost);
    expect(pump.do('stop')).toBe('noSession');
    expect(pump.status.rate).toBe(FLOW);
  });

  test('forgets what was staged', () => {
    const pump = powered();
    pump.open();
    const next = ordered({ program: constant('1 mL/day') });
    pump.stage(next);
    pump.reset(timeLost);
    pump.open();
    expect(pump.begin(next)).toBe('notStaged');
  });

  test('interrupts an update: the old prescription whole, and stopped', () => {
    const pump = powered();
    pump.pass('1h');
    pump.open();
    const before = pump.status;
    const next = ordered({ program: constant('1 mL/day') });
    pump.stage(next);
    pump.begin(next);
    pump.pass('5s');
    pump.reset(timeLost);
    const { record, prescription } = before;
    expect(pump.status).toMatchObject({ infusion: 'stopped', rate: 0, record, prescription });
    expect(pump.status.stopped).toEqual({ why: 'updateInterrupted', since: HOUR });
    pump.open();
    expect(pump.commit(next)).toBe('notUpdating');
    expect(pump.do('resume')).toBeUndefined();
    expect(pump.status.rate).toBe(FLOW);
  });

  test('in the update of a pump a clinician had stopped leaves it so', () => {
    const pump = powered();
    pump.open();
    pump.do('stop');
    pump.stage(ordered(), true);
    pump.begin(ordered());
    pump.reset(timeLost);
    expect(pump.status).toMatchObject({ infusion: 'stopped', stopped: { why: 'clinician', since: 0 } });
  });
});

// Whatever the profile said, power lost in an update had left the pump stopped.
describe.each(['stayStopped', 'resumeOld'] as const)('power lost in an update, onUpdateAbort %s', (onUpdateAbort) => {
  const low = { lowReservoirPolicy: 'minimumRate' } as const;
  test.each<[string, Partial<DeviceProfile>, (pump: ReturnType<typeof powered>) => void]>([
    ['running', {}, () => undefined],
    ['stopped by a clinician', {}, (pump) => pump.do('stop')],
    ['at its minimum rate', {}, (pump) => pump.do('minimumRate')],
    ['that a low reservoir put to its minimum rate', low, (pump) => pump.fill('1 mL')],
    ['whose reservoir is refilled meanwhile', low, (pump) => pump.fill('1 mL') ?? pump.fill('20 mL')],
  ])('of a pump %s: delivery is what a lost link leaves, its time kept or lost', (_, policies, prepare) => {
    const interrupted = (by: (pump: ReturnType<typeof powered>) => void) => {
      const pump = powered({}, { ...policies, onUpdateAbort });
      pump.open();
      prepare(pump);
      const next = ordered({ program: constant('1 mL/day') });
      pump.stage(next);
      expect(pump.begin(next)).toBeUndefined();
      by(pump);
      const { infusion, rate: flow, stopped, prescription, record } = pump.status;
      return { infusion, flow, stopped, prescription, record };
    };
    const byLink = interrupted((pump) => pump.pass('16min'));
    for (const timeLost of [false, true]) expect(interrupted((pump) => pump.reset(timeLost))).toEqual(byLink);
  });

  test('leaves a pump that ran stopped, or running, as the profile says', () => {
    const pump = powered({}, { onUpdateAbort });
    pump.open();
    pump.stage(ordered());
    pump.begin(ordered());
    pump.reset(false);
    const wanted = { stayStopped: { infusion: 'stopped', rate: 0 }, resumeOld: { infusion: 'basal', rate: FLOW } };
    expect(pump.status).toMatchObject(wanted[onUpdateAbort]);
  });
});

describe('a reset that loses the time', () => {
  test.each([
    ['before the first hour is over, at the last event', 59 * MINUTE, 0],
    ['a millisecond before a whole interval', HOUR - 1, 0],
    ['with a whole interval', HOUR, HOUR],
    ['between two', 2 * HOUR + 12_345, 2 * HOUR],
  ])('goes on from the time last stored: %s', (_, passed, stored) => {
    const pump = powered();
    pump.pass(passed);
    pump.reset(true);
    expect(pump.time).toBe(stored);
    pump.pass(1);
    expect(pump.time).toBe(stored + 1);
    expect(pump.logged('reset')).toEqual([{ at: stored, timeLost: true, lastWall: START + stored }]);
    expect(pump.status.wall).toBeNull();
  });

  test('goes on from a record of the log, where that is later: no record is older than the one before', () => {
    const pump = powered();
    pump.pass('10min');
    pump.give(new Uint8Array([1, 2, 3]));
    pump.pass('10min');
    pump.reset(true);
    const times = pump.log.map(({ at }) => Number(at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(pump.time).toBe(10 * MINUTE);
  });

  test('restarts a running lockout in full', () => {
    const pump = powered();
    press(pump);
    pump.pass('50min');
    pump.reset(true);
    // The time last stored is the end of the bolus.
    expect(pump.time).toBe(2 * MINUTE);
    pump.pass(HOUR - 1);
    expect(press(pump)).toBe('lockedOut');
    pump.pass(1);
    expect(press(pump)).toBeUndefined();
  });

  test('restarts a running lockout in full also where its boluses have been withdrawn since', () => {
    const pump = powered();
    press(pump);
    inSession(pump, () => pump.prescribe(ordered({ patientBolus: null })));
    pump.pass('50min');
    pump.reset(true);
    inSession(pump, () => pump.prescribe(ordered({ patientBolus: PRESS })));
    pump.pass(HOUR - 1);
    expect(press(pump)).toBe('lockedOut');
    pump.pass(1);
    expect(press(pump)).toBeUndefined();
  });

  test('starts no lockout where none ran', () => {
    const pump = powered();
    press(pump);
    pump.pass('61min');
    pump.reset(true);
    expect(press(pump)).toBeUndefined();
  });

  test('counts the grants of the last 24 h for a full 24 h again', () => {
    const pump = powered({ patientBolus: { ...PRESS, lockout: ms('5min'), maxPerDay: 1 } });
    press(pump);
    pump.pass('20h');
    pump.reset(true);
    const { time } = pump;
    pump.pass(DAY - 1);
    expect([press(pump), pump.time]).toEqual(['countUsed', time + DAY - 1]);
    pump.pass(1);
    expect(press(pump)).toBeUndefined();
  });

  test.each([
    ['a grant of exactly 24 h ago stays over', DAY, 'ready'],
    ['one of a millisecond less counts again', DAY - 1, 'countUsed'],
    ['and so does one of 21 h ago', 21 * HOUR, 'countUsed'],
  ])('%s', (_, passed, control) => {
    const pump = runningChart({}, prescriptionOf({ bolus: { maxPerDay: 1, lockout: '5min' } }));
    pump.press();
    pump.passTo(passed);
    pump.send({ type: 'RESET', timeLost: true });
    expect(pump.at('patientControl')).toBe(control);
    pump.passTo(passed + DAY - 1);
    expect(pump.at('patientControl')).toBe(control);
    pump.passTo(passed + DAY);
    expect(pump.at('patientControl')).toBe('ready');
  });

  test('does not shorten a lockout that was longer before a new prescription', () => {
    const pump = runningChart({}, prescriptionOf({ bolus: { lockout: '10h' } }));
    pump.press();
    pump.commit(prescriptionOf({ bolus: { lockout: '1h' } }));
    pump.passTo(HOUR);
    pump.send({ type: 'RESET', timeLost: true });
    pump.passTo(10 * HOUR - 1);
    expect(pump.press()).toBe('denied');
    pump.passTo(10 * HOUR);
    expect(pump.press()).toBe('granted');
  });

  test('makes yesterday’s boluses count again where the day was counted: nobody knows which day it is', () => {
    const patientBolus = { ...PRESS, lockout: ms('5min'), maxPerDay: 1 };
    const pump = powered({ patientBolus }, { countWindow: 'calendarDay' });
    pump.pass('15h');
    press(pump);
    pump.pass('2h');
    expect(pump.status.patientControl).toBe('ready');
    pump.reset(true);
    expect(pump.status).toMatchObject({ patientControl: 'countUsed', bolusesGiven: 1 });
    pump.pass(DAY - 1);
    expect(press(pump)).toBe('countUsed');
    pump.pass(1);
    expect(press(pump)).toBeUndefined();
  });

  test('lets older grants be', () => {
    const pump = powered({ patientBolus: { ...PRESS, lockout: ms('5min'), maxPerDay: 1 } });
    press(pump);
    pump.pass('25h');
    pump.reset(true);
    expect(press(pump)).toBeUndefined();
  });

  test.each([59 * MINUTE, HOUR - 1, HOUR, 2 * HOUR + 12_345, 0])(
    'calculates never more than before and at most an hour’s delivery less: after %d ms',
    (passed) => {
      const pump = powered({ program: constant('4 mL/day') });
      pump.pass(passed);
      const { volume } = pump.status;
      pump.reset(true);
      const less = volume - pump.status.volume;
      expect(less).toBeGreaterThanOrEqual(0);
      expect(less).toBeLessThanOrEqual(rateOf('4 mL/day') * HOUR);
      // It is the whole hour's, less what of it was counted already.
      expect(less).toBe(rateOf('4 mL/day') * (HOUR - (passed % HOUR)));
    },
  );

  test('takes nothing off a stopped pump, and no volume below 0', () => {
    const stopped = powered();
    inSession(stopped, () => stopped.do('stop'));
    const { volume } = stopped.status;
    stopped.pass('30min');
    stopped.reset(true);
    expect(stopped.status.volume).toBe(volume);
    const low = powered({ program: constant('4 mL/day') });
    inSession(low, () => low.fill('0.01 mL'));
    low.reset(true);
    expect(low.status).toMatchObject({ volume: 0, reservoir: 'empty' });
  });

  test('ends a bolus by the time last stored', () => {
    const pump = powered();
    press(pump);
    pump.pass('1min');
    pump.reset(true);
    expect(pump.logged('bolusEnded')).toEqual([
      { at: 0, why: 'reset', delivered: 0, undelivered: PRESS.rate * 2 * MINUTE },
    ]);
    expect(pump.status.rate).toBe(FLOW);
  });

  test('a periodic bolus comes at its interval of the pump’s own time', () => {
    const pump = powered({ program: periodic('1 mL/day', '7.2 mL/day', '4min', '2h') });
    pump.pass('90min');
    pump.reset(true);
    expect(pump.time).toBe(HOUR);
    pump.pass(HOUR - 1);
    expect(pump.logged('periodicStarted')).toEqual([]);
    pump.pass(1);
    expect(pump.logged('periodicStarted')).toMatchObject([{ at: 2 * HOUR }]);
  });
});

describe('a schedule whose clock is lost', () => {
  // 8 h at 3 mL/day and 16 h at 0.9 mL/day: 1.6 mL a day.
  const program = daily({ '00:00': '0.9 mL/day', '16:00': '3 mL/day' });
  const lost = (lostClockPolicy: DeviceProfile['lostClockPolicy'], changed = program) => {
    const pump = powered({ program: changed, patientBolus: null }, { lostClockPolicy });
    pump.pass('1h');
    pump.reset(true);
    return pump;
  };

  test('runs at the mean of its week under dailyMean, whatever the hour', () => {
    const pump = lost('dailyMean');
    expect(pump.status.rate).toBe(rateOf('1.6 mL/day'));
    pump.pass('3d');
    expect(pump.status.rate).toBe(rateOf('1.6 mL/day'));
  });

  test('runs at the minimum rate under minimumRate', () => {
    expect(lost('minimumRate').status.rate).toBe(rateOf('0.006 mL/day'));
  });

  test('begins again with the step of the time it is told', () => {
    const pump = lost('dailyMean');
    pump.open();
    expect(pump.setClock(wallOf('2026-01-05 15:59'))).toBeUndefined();
    expect(pump.status.rate).toBe(rateOf('0.9 mL/day'));
    pump.pass('1min');
    expect(pump.status.rate).toBe(rateOf('3 mL/day'));
    expect(pump.logged('clockSet')).toMatchObject([{ from: null, to: wallOf('2026-01-05 15:59'), skipped: 0 }]);
  });

  test('stays at its date where the steps have dates, until it is told the time', () => {
    const steps = [
      { at: wallOf('2026-01-05 09:00'), rate: rate.parse('0.5 mL/day') },
      { at: wallOf('2026-01-06 09:00'), rate: rate.parse('0.6 mL/day') },
    ];
    const pump = lost('dailyMean', { type: 'dated', first: rate.parse('0.4 mL/day'), steps });
    expect(pump.status.rate).toBe(rateOf('0.5 mL/day'));
    pump.pass('5d');
    expect(pump.status.rate).toBe(rateOf('0.5 mL/day'));
    pump.open();
    pump.setClock(wallOf('2026-01-10 09:00'));
    expect(pump.status.rate).toBe(rateOf('0.6 mL/day'));
  });

  test('leaves a constant rate alone', () => {
    expect(lost('minimumRate', constant('0.4 mL/day')).status.rate).toBe(FLOW);
  });
});

/** A life with resets in it, told to one executor or the other. */
const life = (executor: 'xstate' | 'table') => {
  const pump = powered({ program: daily({ '00:00': '1 mL/day', '12:00': '2 mL/day' }) }, {}, executor);
  for (const [i, wait] of [17, 45, 61, 200, 3, 900, 1441].entries()) {
    pump.pass(wait * MINUTE + i);
    press(pump);
    pump.pass(MINUTE);
    pump.reset(i % 2 === 1);
    if (i === 3) inSession(pump, () => pump.setClock(START + 3 * HOUR));
  }
  pump.pass('3d');
  return pump;
};

test('both executors tell the same of a life with resets', () => {
  const [one, other] = [life('xstate'), life('table')];
  expect(one.told).toEqual(other.told);
  expect(one.told.length).toBeGreaterThan(100);
});

test.each(['xstate', 'table'] as const)('a periodic bolus after a reset is commanded as before, on %s', (executor) => {
  const pump = powered({ program: periodic('1 mL/day', '7.2 mL/day', '4min', '1h') }, {}, executor);
  pump.reset(false);
  pump.pass('1h');
  expect(pump.status).toMatchObject({ periodicBolus: 'running', rate: rateOf('8.2 mL/day') });
  pump.pass('4min');
  expect(pump.status.rate).toBe(rateOf('1 mL/day'));
});

test('a simulation restored before and after resets goes on the same, and breaks no always-true rule', () => {
  const options = { profile: profileOf('synchromed-ii-like-20'), wallClock: span(START) };
  const bolus = { dose: '10 mcg', duration: '5min', lockout: '1h', maxPerDay: 3 };
  const { sim, records } = running({ ...options, executor: 'table' }, { bolus });
  const happens = (on: Simulation, step: number): void => {
    on.advance(span(37 * MINUTE * (step + 1)));
    on.act({ by: 'patient', act: { type: 'requestBolus' } });
    on.advance(span(2 * MINUTE));
    on.act({ by: 'world', act: { type: 'reset', timeLost: step % 2 === 0 } });
    on.advance(span(20 * MINUTE));
  };
  for (let step = 0; step < 4; step++) {
    const fork = sim.fork();
    const from = records.length;
    const forked: unknown[] = [];
    fork.onTrace((record) => forked.push(record));
    happens(sim, step);
    happens(fork, step);
    expect(forked).toEqual(records.slice(from));
    expect(Simulation.restore(options, sim.snapshot()).belief()).toEqual(sim.belief());
  }
  const invariants = new Invariants(options.profile);
  for (const record of records) invariants.take(record);
  invariants.finish(sim.now);
  expect(invariants.breaches).toEqual([]);
});
