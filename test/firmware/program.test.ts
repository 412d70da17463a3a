import { describe, expect, test } from 'vitest';
import { span } from '../../shared/index.ts';
import {
  type CommandedPump,
  DAY,
  daily,
  HOUR,
  MINUTE,
  ordered,
  PRESS,
  periodic,
  rateOf,
  runs,
  START,
  wallOf,
  weekly,
} from './commanded.ts';

/** When each rate was commanded, in ms since the start of the program, which is Monday 08:00. */
const changes = (pump: CommandedPump, since = 1) =>
  pump.rates.filter(({ at }) => at >= since).map(({ at, rate }) => [at, rate] as const);
const volumeOf = (pump: CommandedPump) =>
  pump.rates.reduce(
    (sum, { at, rate }, i) => sum + BigInt(rate) * BigInt((pump.rates[i + 1]?.at ?? pump.now) - at),
    0n,
  );
const volumeBooked = (pump: CommandedPump) =>
  pump.context.ledger.commanded + BigInt(pump.rate) * BigInt(pump.now - pump.context.since);

describe('the steps of a day', () => {
  const hourly = daily(
    Object.fromEntries(Array.from({ length: 13 }, (_, h) => [`${h + 8 * (h > 0 ? 1 : 0)}:00`, `${h + 1} mL/day`])),
  );

  test('ten hourly steps jumped over in one call begin at ten exact times', () => {
    const pump = runs({ program: hourly, patientBolus: null });
    pump.pass('10h');
    expect(changes(pump)).toEqual(Array.from({ length: 10 }, (_, h) => [(h + 1) * HOUR, rateOf(`${h + 2} mL/day`)]));
  });

  test('the integral of a day is exact', () => {
    const pump = runs({ program: daily({ '00:00': '1 mL/day', '08:01': '2.4 mL/day', '13:37': '0.7 mL/day' }) });
    pump.pass('24h');
    const minutes = (n: number, flow: string) => BigInt(n * MINUTE) * BigInt(rateOf(flow));
    const day = minutes(481, '1 mL/day') + minutes(336, '2.4 mL/day') + minutes(623, '0.7 mL/day');
    expect(volumeOf(pump)).toBe(day);
    expect(volumeBooked(pump)).toBe(day);
  });

  test('a step begins with its millisecond, no sooner', () => {
    const pump = runs({ program: daily({ '00:00': '1 mL/day', '09:00': '2 mL/day' }) });
    pump.passTo(HOUR - 1);
    expect(pump.rate).toBe(rateOf('1 mL/day'));
    pump.passTo(HOUR);
    expect(pump.rate).toBe(rateOf('2 mL/day'));
  });

  test('weekday groups begin and end at midnight', () => {
    const program = weekly([
      [[0, 1, 2, 3, 4], { '00:00': '1 mL/day' }],
      [[5, 6], { '00:00': '2 mL/day' }],
    ]);
    const pump = runs({ program, patientBolus: null });
    pump.pass('7d');
    const at = (text: string) => wallOf(text) - START;
    expect(changes(pump).filter(([, rate], i, all) => rate !== (all[i - 1]?.[1] ?? rateOf('1 mL/day')))).toEqual([
      [at('2026-01-10 00:00'), rateOf('2 mL/day')],
      [at('2026-01-12 00:00'), rateOf('1 mL/day')],
    ]);
  });

  test('dated steps come once, at their dates', () => {
    const steps = [
      { at: wallOf('2026-01-06 00:00'), rate: rateOf('0.5 mL/day') },
      { at: wallOf('2026-01-20 12:00'), rate: rateOf('0.6 mL/day') },
    ];
    const pump = runs({ program: { type: 'dated', first: rateOf('0.4 mL/day'), steps }, patientBolus: null });
    pump.pass('30d');
    expect(changes(pump)).toEqual(steps.map(({ at, rate }) => [at - START, rate]));
  });

  test('a stopped pump takes up the step of the time it is started at', () => {
    const pump = runs({ program: daily({ '00:00': '1 mL/day', '09:00': '2 mL/day', '10:00': '3 mL/day' }) });
    pump.do('stop');
    pump.pass('150min');
    expect(pump.rate).toBe(0);
    pump.do('resume');
    expect(pump.rate).toBe(rateOf('3 mL/day'));
  });
});

describe('a step of zero', () => {
  const program = daily({ '00:00': '1 mL/day', '10:00': '0 mL/day', '12:00': '2 mL/day' });

  test('is an active program: logged, not stopped, and ended by the next step', () => {
    const pump = runs({ program, patientBolus: null });
    pump.passTo(2 * HOUR);
    expect({ rate: pump.rate, stopped: pump.context.stopped, mode: pump.chart.at('infusion') }).toEqual({
      rate: 0,
      stopped: null,
      mode: 'basal',
    });
    expect(pump.logged('zeroStep')).toEqual([{ at: 2 * HOUR }]);
    pump.passTo(4 * HOUR);
    expect(pump.rate).toBe(rateOf('2 mL/day'));
    expect(pump.logged('deliveryStarted').at(-1)).toEqual({ at: 4 * HOUR });
  });

  test('is told once where another step of zero follows, and delivery begins once after both', () => {
    const zeros = { '00:00': '1 mL/day', '10:00': '0 mL/day', '12:00': '0 mL/day', '14:00': '1 mL/day' };
    const pump = runs({ program: daily(zeros) });
    pump.passTo(8 * HOUR);
    expect(pump.logged('zeroStep')).toEqual([{ at: 2 * HOUR }]);
    expect(pump.logged('deliveryStarted').map(({ at }) => at)).toEqual([0, 6 * HOUR]);
  });

  test('keeps the stopped-pump deadline running: it alarms after 48 h, and the next step clears it', () => {
    const off = weekly([
      [[0], { '00:00': '1 mL/day', '09:00': '0 mL/day' }],
      [[1, 2], { '00:00': '0 mL/day' }],
      [[3, 4, 5, 6], { '00:00': '1 mL/day' }],
    ]);
    const pump = runs({ program: off, patientBolus: null });
    pump.passTo(HOUR + 48 * HOUR - 1);
    expect(pump.context.stoppedTooLong).toBeNull();
    pump.passTo(HOUR + 48 * HOUR);
    expect(pump.context.stoppedTooLong).toBe(49 * HOUR);
    pump.passTo(wallOf('2026-01-08 00:00') - START);
    expect(pump.context.stoppedTooLong).toBeNull();
  });

  test('alarms not at all where delivery comes back in time', () => {
    const pump = runs({ program, patientBolus: null });
    pump.pass('20d');
    expect(pump.kinds()).not.toContain('alarmRaised');
    expect(pump.context.stoppedTooLong).toBeNull();
  });

  test('leaves room for a bolus, which ends in nothing again', () => {
    const pump = runs({ program });
    pump.passTo(2 * HOUR + MINUTE);
    expect(pump.press()).toBeUndefined();
    expect(pump.rate).toBe(PRESS.rate);
    pump.pass('2min');
    expect(pump.rate).toBe(0);
    expect(pump.context.idleSince).toBe(2 * HOUR + 3 * MINUTE);
  });

  test('is what a pump begins with whose program says so now', () => {
    const pump = runs({ program: daily({ '00:00': '0 mL/day', '09:00': '1 mL/day' }) });
    expect([pump.rate, pump.chart.at('infusion'), pump.kinds().at(-1)]).toEqual([0, 'basal', 'zeroStep']);
    pump.passTo(HOUR);
    expect(pump.rate).toBe(rateOf('1 mL/day'));
  });
});

describe('a bolus over a step', () => {
  const program = daily({ '00:00': '1 mL/day', '09:00': '2 mL/day' });

  test('runs on beside the new basal rate, and nothing of either is lost', () => {
    const pump = runs({ program });
    pump.passTo(HOUR - MINUTE);
    pump.press();
    pump.pass('1h');
    const [basal, next] = [rateOf('1 mL/day'), rateOf('2 mL/day')];
    expect(changes(pump)).toEqual([
      [HOUR - MINUTE, basal + PRESS.rate],
      [HOUR, next + PRESS.rate],
      [HOUR + MINUTE, next],
    ]);
    const given = BigInt(PRESS.rate) * BigInt(PRESS.duration);
    expect(volumeOf(pump)).toBe(BigInt(basal) * BigInt(HOUR) + BigInt(next) * BigInt(59 * MINUTE) + given);
  });

  test('that ends with the step leaves first: both are seen at that instant, in this order', () => {
    const pump = runs({ program });
    pump.passTo(HOUR - 2 * MINUTE);
    pump.press();
    pump.passTo(HOUR);
    expect(pump.rates.filter(({ at }) => at === HOUR).at(-1)?.rate).toBe(rateOf('2 mL/day'));
    expect(pump.rates.filter(({ rate }) => rate === PRESS.rate + rateOf('2 mL/day'))).toEqual([]);
  });
});

test('a request at the instant of a step is judged after it', () => {
  const pump = runs({ program: daily({ '00:00': '1 mL/day', '09:00': '2 mL/day' }) });
  pump.passTo(HOUR);
  pump.press();
  expect(pump.rate).toBe(PRESS.rate + rateOf('2 mL/day'));
});

test('a reservoir that is low at the instant of a step is low first', () => {
  const program = daily({ '00:00': '2.4 mL/day', '09:00': '4.8 mL/day' });
  // 2.4 mL/day for an hour is 0.1 mL.
  const pump = runs(
    { program, patientBolus: null, lowReservoir: ordered().lowReservoir },
    { lowReservoirPolicy: 'minimumRate' },
    { fill: '0.1 mL' },
  );
  pump.passTo(HOUR);
  expect(pump.chart.at('reservoir')).toBe('empty');
  expect(pump.rates.filter(({ rate }) => rate === rateOf('4.8 mL/day'))).toEqual([]);
});

test('a periodic bolus due as a patient bolus ends starts with its end, and volume is conserved', () => {
  const pump = runs({ program: periodic('1 mL/day', '7.2 mL/day', '4min', '1h') });
  pump.passTo(HOUR - 2 * MINUTE);
  pump.press();
  pump.pass('1h');
  expect(changes(pump, HOUR - 2 * MINUTE).slice(0, 4)).toEqual([
    [HOUR - 2 * MINUTE, rateOf('15.4 mL/day')],
    [HOUR, rateOf('1 mL/day')],
    [HOUR, rateOf('8.2 mL/day')],
    [HOUR + 4 * MINUTE, rateOf('1 mL/day')],
  ]);
  expect(volumeOf(pump)).toBe(volumeBooked(pump));
});

test('a step off every grid of time happens once, then', () => {
  const program = {
    type: 'dated',
    first: rateOf('1 mL/day'),
    steps: [{ at: span(START + 4 * HOUR + 1), rate: rateOf('2 mL/day') }],
  } as const;
  const pump = runs({ program: { ...program, steps: [...program.steps] } });
  pump.pass('2d');
  expect(changes(pump)).toEqual([[4 * HOUR + 1, rateOf('2 mL/day')]]);
});

test('a schedule goes on for ever', () => {
  const pump = runs({ program: daily({ '00:00': '0.1 mL/day', '12:00': '0.2 mL/day' }), patientBolus: null });
  for (let part = 0; part < 3; part++) {
    pump.fill();
    pump.pass(100 * DAY);
  }
  expect(changes(pump)).toHaveLength(600);
});
