import { expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { encodeFrame } from '../../shared/index.ts';
import { type BarePump, implantedPump } from './bare-pump.ts';

const GARBAGE: Uint8Array = new Uint8Array([1, 2, 3]);
/** A frame of a session nobody has. */
const strange = encodeFrame({ session: 999, sequence: 1, type: 0x15, payload: new Uint8Array([0xa0]) });
const give = (pump: BarePump, times: number, bytes = GARBAGE) => {
  for (let i = 0; i < times; i++) pump.give(bytes);
};
const told = (pump: BarePump) => pump.logged('frameRejected');

test('the first rejected frame of a code is logged at once, others of that code are counted', () => {
  const { pump } = implantedPump();
  give(pump, 1000);
  give(pump, 3, strange);
  expect(told(pump)).toEqual([{ error: 'start' }, { error: 'session' }]);
  expect(pump.firmware.rejected).toEqual({ start: 1000, session: 3 });
});

test('a day later the log tells how many there were, and of no code that had only one', () => {
  const { pump } = implantedPump();
  give(pump, 1);
  pump.pass('1h');
  give(pump, 1, strange);
  give(pump, 9);
  pump.pass('22h 59min 59.999s');
  expect(told(pump)).toHaveLength(2);
  pump.pass('1ms');
  expect(told(pump).slice(2)).toEqual([{ error: 'start', more: 9 }]);
  pump.pass('10d');
  expect(told(pump)).toHaveLength(3);
});

test('a flood that goes on is told once a day, and when it has ended the next frame is told at once', () => {
  const { pump } = implantedPump();
  for (let hour = 0; hour < 72; hour++) {
    give(pump, 5);
    pump.pass('1h');
  }
  const flood = [{ error: 'start' }, ...[119, 120, 120].map((more) => ({ error: 'start', more }))];
  expect(told(pump)).toEqual(flood);
  pump.pass('1d');
  give(pump, 1);
  expect(told(pump)).toEqual([...flood, { error: 'start' }]);
});

test('a frame at the very end of the day is told at once where none came before it', () => {
  const { pump } = implantedPump();
  give(pump, 1);
  pump.pass('24h');
  give(pump, 1);
  expect(told(pump)).toEqual([{ error: 'start' }, { error: 'start' }]);
});

test('a flood of a whole year does not wash away what else is in the log', () => {
  const { pump } = implantedPump();
  for (let day = 0; day < 365; day++) {
    give(pump, 20);
    pump.pass('1d');
  }
  expect(told(pump).length).toBeLessThanOrEqual(366);
  expect(pump.logged('implanted')).toHaveLength(1);
});

test.each([true, false])('a processor that starts anew counts anew, time lost: %s', (timeLost) => {
  const { pump } = implantedPump();
  give(pump, 5);
  pump.reset(timeLost);
  expect(pump.firmware.rejected).toEqual({});
  give(pump, 2);
  pump.pass('24h');
  expect(told(pump)).toEqual([{ error: 'start' }, { error: 'start' }, { error: 'start', more: 1 }]);
});

test.each(EXECUTOR_NAMES)('what was counted outlives a snapshot, on %s', (executor) => {
  const [one, other] = [implantedPump({}, executor).pump, implantedPump({}, executor).pump];
  give(one, 5);
  other.firmware.load(one.firmware.save());
  for (const pump of [one, other]) {
    give(pump, 2);
    pump.pass('1d');
    expect(told(pump)).toEqual([{ error: 'start' }, { error: 'start', more: 6 }]);
    expect(pump.firmware.rejected).toEqual({ start: 7 });
  }
});
