import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { type BarePump, implantedPump } from './bare-pump.ts';
import { prescriptionOf } from './prescriptions.ts';

/** Somebody near opens a session, is refused something, and closes it, so many times. */
const visit = (pump: BarePump, times = 1) => {
  for (let i = 0; i < times; i++) {
    const passerBy = pump.open('emergency');
    passerBy.do('resume');
    passerBy.do('closeSession');
  }
};
/** What the log holds of emergency sessions, in short. */
const told = (pump: BarePump) => [
  ...pump.logged('sessionOpened').filter(({ role }) => role === 'emergency'),
  ...pump.logged('sessionClosed').filter(({ role }) => role === 'emergency'),
  ...pump.logged('commandRefused'),
];
const sums = (pump: BarePump) => pump.logged('emergencySessions');

const OPENED = { role: 'emergency' };
const CLOSED = { role: 'emergency', lost: false };
const REFUSED = { command: 'resume', code: 'roleTooLow', also: [] };

describe('of sessions that need no key', () => {
  test('the first is logged as any other, and a second one of the same day is counted', () => {
    const { pump } = implantedPump();
    visit(pump);
    expect(told(pump)).toEqual([OPENED, CLOSED, REFUSED]);
    pump.pass('1h');
    visit(pump);
    expect(told(pump)).toHaveLength(3);
    pump.pass('22h 59min 59.999s');
    expect(sums(pump)).toEqual([]);
    pump.pass('1ms');
    expect(sums(pump)).toEqual([{ opened: 1, closed: 1, lost: 0, refused: 1 }]);
  });

  test('nothing more is written where nothing more was done', () => {
    const { pump } = implantedPump();
    visit(pump);
    pump.pass('10d');
    expect(sums(pump)).toEqual([]);
    visit(pump);
    expect(told(pump)).toHaveLength(6);
  });

  test('what is done for the first time that day is logged then, whatever else is only counted', () => {
    const { pump } = implantedPump();
    pump.open('emergency');
    pump.pass('1h');
    expect(told(pump)).toEqual([OPENED, { role: 'emergency', lost: true }]);
    visit(pump);
    expect(told(pump).slice(1)).toEqual([{ role: 'emergency', lost: true }, CLOSED, REFUSED]);
  });

  test('a flood that goes on is one record a day, and once it is over the next is logged as any other', () => {
    const { pump } = implantedPump();
    for (let hour = 0; hour < 72; hour++) {
      visit(pump, 5);
      pump.pass('1h');
    }
    const sum = (times: number) => ({ opened: times, closed: times, lost: 0, refused: times });
    expect(sums(pump)).toEqual([sum(119), sum(120), sum(120)]);
    expect(told(pump)).toHaveLength(3);
    pump.pass('1d');
    visit(pump);
    expect(told(pump)).toHaveLength(6);
  });

  test('a flood of a year washes nothing else out of the log', () => {
    const { pump } = implantedPump();
    for (let day = 0; day < 365; day++) {
      visit(pump, 20);
      pump.pass('1d');
    }
    expect(pump.logged('implanted')).toHaveLength(1);
    expect(sums(pump)).toHaveLength(365);
  });

  test('one that goes on as the day ends is summed up then, and its end belongs to the next day', () => {
    const { pump } = implantedPump();
    visit(pump, 2);
    pump.pass('23h 55min');
    const passerBy = pump.open('emergency');
    pump.pass('10min');
    passerBy.do('closeSession');
    expect(sums(pump)).toEqual([{ opened: 2, closed: 1, lost: 0, refused: 1 }]);
    pump.pass('1d');
    expect(sums(pump).slice(1)).toEqual([{ opened: 0, closed: 1, lost: 0, refused: 0 }]);
  });

  test('sessions of those who have a key are each told', () => {
    const { pump } = implantedPump();
    visit(pump, 5);
    for (const _ of [1, 2, 3]) pump.open('patient').do('closeSession');
    expect(pump.logged('sessionOpened').filter(({ role }) => role === 'patient')).toHaveLength(3);
    expect(pump.logged('sessionClosed').filter(({ role }) => role === 'patient')).toHaveLength(3);
  });
});

describe('a stop by whoever is near', () => {
  function delivering() {
    const made = implantedPump();
    made.clinician.prescribe(prescriptionOf());
    return made;
  }

  test('is always a record of its own that says so, however many sessions went before', () => {
    const { pump, clinician } = delivering();
    for (const _ of [1, 2, 3]) {
      visit(pump, 20);
      expect(pump.open('emergency').do('stop')).toMatchObject({ reply: { name: 'stop' } });
      clinician.do('resume');
    }
    const stop = { why: 'clinician', by: 'emergency' };
    expect(pump.logged('deliveryStopped')).toEqual([stop, stop, stop]);
    clinician.do('stop');
    expect(pump.logged('deliveryStopped').at(-1)).toEqual({ why: 'clinician' });
  });

  test('of a pump that is stopped is refused, and counted from the second on', () => {
    const { pump } = delivering();
    for (let i = 0; i < 10; i++) pump.open('emergency').do('stop');
    expect(pump.logged('deliveryStopped')).toHaveLength(1);
    expect(pump.logged('commandRefused')).toEqual([{ command: 'stop', code: 'alreadyStopped', also: [] }]);
    pump.pass('1d');
    expect(sums(pump)).toEqual([{ opened: 9, closed: 0, lost: 9, refused: 8 }]);
  });
});

test.each([true, false])('a processor that starts anew counts anew, time lost: %s', (timeLost) => {
  const { pump } = implantedPump();
  visit(pump, 5);
  pump.reset(timeLost);
  visit(pump, 2);
  pump.pass('24h');
  expect(told(pump)).toHaveLength(6);
  expect(sums(pump)).toEqual([{ opened: 1, closed: 1, lost: 0, refused: 1 }]);
});

test.each(EXECUTOR_NAMES)('what was counted outlives a snapshot, on %s', (executor) => {
  const [one, other] = [implantedPump({}, executor).pump, implantedPump({}, executor).pump];
  visit(one, 3);
  other.firmware.load(JSON.parse(JSON.stringify(one.firmware.save())));
  for (const pump of [one, other]) {
    visit(pump, 2);
    pump.pass('1d');
    expect(told(pump)).toHaveLength(3);
    expect(sums(pump)).toEqual([{ opened: 4, closed: 4, lost: 0, refused: 4 }]);
  }
});
