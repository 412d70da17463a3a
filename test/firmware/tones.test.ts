import { describe, expect, test } from 'vitest';
import { nextTone, tonesIn } from '../../firmware-sim/firmware/rules/tones.ts';
import { ALARM_CODES, ALARMS, instant, parseDuration } from '../../shared/index.ts';
import { profileOf, running } from '../harness.ts';
import { type ChartOnBench, runningChart } from './chart-on-bench.ts';
import { DAY, HOUR } from './prescriptions.ts';

const MIN = 60_000;
const LOW_AT = 45 * DAY;
const STOPPED_AT = 2 * DAY;

const low = () => {
  const pump = runningChart();
  pump.passTo(LOW_AT);
  return pump;
};
/** Stopped at 0, alarming from 48 h on. */
const stopped = (changes = {}) => {
  const pump = runningChart(changes);
  pump.send({ type: 'STOP' });
  pump.passTo(STOPPED_AT);
  return pump;
};
/** Low since day 45, stopped since then: the critical alarm comes on day 47. */
const both = () => {
  const pump = low();
  pump.send({ type: 'STOP' });
  pump.pass('2d');
  return pump;
};
const next = (pump: ChartOnBench, at: number) => nextTone(pump.context, instant(at));
const times = (pump: ChartOnBench, from: number, to: number) =>
  tonesIn(pump.context, instant(from), instant(to)).map((tone) => `${tone.at} ${tone.class}`);

test.each(ALARM_CODES)('%s has a class and how it is silenced', (code) => {
  const rows = {
    lowReservoir: ['non-critical', 'tone'],
    emptyReservoir: ['critical', 'tone'],
    stoppedPump: ['critical', 'tone'],
    eri: ['non-critical', 'tone'],
    endOfService: ['critical', 'none'],
    memoryError: ['critical', 'tone'],
    memoryLocked: ['non-critical', 'tone'],
    lowBatteryReset: ['critical', 'tone'],
    stall: ['critical', 'tone'],
    occlusion: ['critical', 'tone'],
    overTemperature: ['critical', 'tone'],
    overFlow: ['critical', 'tone'],
    underFlow: ['non-critical', 'tone'],
  } as const;
  expect([ALARMS[code].class, ALARMS[code].silence]).toEqual(rows[code]);
});

test('a two-tone takes 3 s, a single tone 1 s', () => {
  const profile = profileOf('synchromed-ii-like-20');
  expect(profile.criticalToneLength).toBe(3000);
  expect(profile.toneLength).toBe(1000);
});

describe('a non-critical alarm', () => {
  test('sounds when it is raised and then every hour, to the millisecond', () => {
    const pump = low();
    expect(next(pump, LOW_AT)).toEqual({ at: LOW_AT, class: 'non-critical', sound: 'single' });
    expect(next(pump, LOW_AT + 1)).toEqual({ at: LOW_AT + HOUR, class: 'non-critical', sound: 'single' });
    expect(next(pump, LOW_AT + HOUR)).toEqual({ at: LOW_AT + HOUR, class: 'non-critical', sound: 'single' });
    expect(next(pump, LOW_AT + HOUR + 1)).toEqual({ at: LOW_AT + 2 * HOUR, class: 'non-critical', sound: 'single' });
  });

  test('sounds at the interval of the profile', () => {
    const pump = runningChart({ toneInterval: parseDuration('7min') });
    pump.passTo(LOW_AT);
    expect(times(pump, LOW_AT, LOW_AT + 14 * MIN + 1)).toEqual(
      [0, 7, 14].map((minutes) => `${LOW_AT + minutes * MIN} non-critical`),
    );
  });
});

describe('a critical alarm', () => {
  test('sounds when it is raised and then every ten minutes', () => {
    const pump = stopped();
    expect(times(pump, STOPPED_AT, STOPPED_AT + 20 * MIN)).toEqual([
      `${STOPPED_AT} critical`,
      `${STOPPED_AT + 10 * MIN} critical`,
    ]);
    expect(times(pump, STOPPED_AT, STOPPED_AT + 20 * MIN + 1)).toHaveLength(3);
  });

  test('masks a non-critical one, which sounds again once the critical is over', () => {
    const pump = both();
    expect(new Set(times(pump, pump.now, pump.now + DAY).map((tone) => tone.split(' ')[1]))).toEqual(
      new Set(['critical']),
    );
    pump.pass('30min');
    pump.send({ type: 'RESUME' });
    expect(next(pump, pump.now)).toEqual({ at: LOW_AT + 2 * DAY + HOUR, class: 'non-critical', sound: 'single' });
  });
});

describe('a critical alarm whose pattern changes as it goes on', () => {
  const sounds = (pump: ChartOnBench, from: number, minutes: number) =>
    tonesIn(pump.context, instant(from), instant(from + minutes * MIN)).map(({ sound }) => sound);
  const turns = (many: number, first = 10) => [
    ...Array.from({ length: first }, () => 'four-tones'),
    ...Array.from({ length: many - first }, () => 'four-double-tones'),
  ];
  const DEVICE = { criticalTonePattern: 'fourThenDouble', criticalToneInterval: parseDuration('1min') } as const;

  test('sounds four tones each minute for 10 min, four double tones for 10 min, and again', () => {
    const pump = stopped(DEVICE);
    expect(sounds(pump, STOPPED_AT, 40)).toEqual([...turns(20), ...turns(20)]);
  });

  test('turns with the time, however often it sounds', () => {
    const pump = stopped(DEVICE);
    pump.send({ type: 'SESSION_OPENED', role: 'clinician' });
    pump.send({ type: 'SET_ALARM_INTERVAL', interval: parseDuration('4min') });
    expect(sounds(pump, STOPPED_AT, 20)).toEqual(turns(5, 3));
  });

  test('begins anew as its silence ends', () => {
    const pump = stopped(DEVICE);
    pump.pass('15min');
    pump.send({ type: 'SESSION_OPENED', role: 'clinician' });
    pump.send({ type: 'SILENCE_ALARM', alarm: 'stoppedPump' });
    expect(sounds(pump, STOPPED_AT + 15 * MIN, 22)).toEqual(turns(20));
  });

  test('goes on as the first of two does, and a non-critical one is a single tone', () => {
    const pump = stopped({ ...DEVICE, sensors: ['rotation'], stallDetectionDelay: parseDuration('0s') });
    pump.pass('5min');
    pump.send({ type: 'CONDITION_SENSED', condition: 'stall' });
    pump.passTo(pump.now);
    expect(sounds(pump, STOPPED_AT + 10 * MIN, 5)).toEqual(turns(5, 0));
    expect(sounds(low(), LOW_AT, 1)).toEqual(['single']);
  });
});

test('two alarms of one class sound each in its own time, and once where they meet', () => {
  const pump = low();
  pump.pass('30min');
  pump.send({ type: 'BATTERY_LOW' });
  pump.passTo(pump.now);
  expect(times(pump, LOW_AT + HOUR, LOW_AT + 2 * HOUR)).toEqual([
    `${LOW_AT + HOUR} non-critical`,
    `${LOW_AT + HOUR + 30 * MIN} non-critical`,
  ]);
  const meeting = low();
  meeting.pass('1h');
  meeting.send({ type: 'BATTERY_LOW' });
  meeting.passTo(meeting.now);
  expect(times(meeting, LOW_AT + HOUR, LOW_AT + 2 * HOUR)).toHaveLength(1);
});

test('without an alarm nothing sounds, nor once it has cleared', () => {
  const pump = runningChart();
  expect(next(pump, 0)).toBeUndefined();
  const cleared = low();
  cleared.enter('20 mL');
  expect(next(cleared, cleared.now)).toBeUndefined();
  expect(times(cleared, cleared.now, cleared.now + DAY)).toEqual([]);
});

test('the bedside pump reminds of a stop after 15 minutes and every 15 minutes', () => {
  const profile = profileOf('generic-pca');
  expect([profile.stoppedAlarm, profile.criticalToneInterval]).toEqual([15 * MIN, 15 * MIN]);
});

test('tones are told in the status and are neither events nor records', () => {
  const made = running();
  made.clinician({ type: 'stop' });
  made.clinician({ type: 'endSession' });
  made.advance('48h');
  expect(made.sim.belief().nextTone).toEqual({ at: STOPPED_AT, class: 'critical', sound: 'two-tone' });
  const { length } = made.records;
  const { events } = made.sim;
  made.advance('25min');
  expect([made.records.length, made.sim.events]).toEqual([length, events]);
  expect(made.sim.belief().nextTone).toEqual({ at: STOPPED_AT + 30 * MIN, class: 'critical', sound: 'two-tone' });
});

describe('the interval of critical alarms', () => {
  const stopped = () => {
    const pump = runningChart();
    pump.send({ type: 'STOP' });
    pump.passTo(STOPPED_AT);
    pump.send({ type: 'SESSION_OPENED', role: 'clinician' });
    return pump;
  };

  test('set by a clinician counts from when each began, also through a loss of power', () => {
    const pump = stopped();
    expect(pump.send({ type: 'SET_ALARM_INTERVAL', interval: parseDuration('4min') })).toMatchObject([
      { kind: 'alarmIntervalSet', data: { from: 10 * MIN, to: 4 * MIN } },
    ]);
    expect(times(pump, STOPPED_AT, STOPPED_AT + 9 * MIN)).toEqual(
      [0, 4, 8].map((minutes) => `${STOPPED_AT + minutes * MIN} critical`),
    );
    pump.send({ type: 'RESET', timeLost: false });
    expect(next(pump, STOPPED_AT + 1)?.at).toBe(STOPPED_AT + 4 * MIN);
  });

  test.each(['2999ms', '60min 1s', '0s'])('of %s is refused by the chart', (interval) => {
    const pump = stopped();
    expect(pump.send({ type: 'SET_ALARM_INTERVAL', interval: parseDuration(interval) })).toEqual([]);
    expect(next(pump, STOPPED_AT + 1)?.at).toBe(STOPPED_AT + 10 * MIN);
  });

  test('leaves that of the others as it is', () => {
    const pump = low();
    pump.send({ type: 'SESSION_OPENED', role: 'clinician' });
    pump.send({ type: 'SET_ALARM_INTERVAL', interval: parseDuration('4min') });
    expect(next(pump, LOW_AT + 1)?.at).toBe(LOW_AT + HOUR);
  });
});
