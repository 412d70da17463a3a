import { describe, expect, test } from 'vitest';
import { activeAlarms } from '../../firmware-sim/firmware/rules/alarms.ts';
import { rate } from '../../shared/index.ts';
import { ChartOnBench, runningChart } from './chart-on-bench.ts';
import { DAY, HOUR, prescriptionOf, WALL } from './prescriptions.ts';

const alarms = (pump: ChartOnBench) => activeAlarms(pump.context).map(({ code }) => code);

test('a pump stopped by a clinician alarms after exactly 48 h', () => {
  const pump = runningChart();
  pump.passTo(HOUR);
  pump.send({ type: 'STOP' });
  pump.passTo(HOUR + 2 * DAY - 1);
  expect(alarms(pump)).toEqual([]);
  pump.pass('1ms');
  expect(activeAlarms(pump.context)).toEqual([{ code: 'stoppedPump', since: HOUR + 2 * DAY }]);
});

test('the alarm comes once and lasts until something is delivered', () => {
  const pump = runningChart();
  pump.send({ type: 'STOP' });
  pump.passTo(10 * DAY);
  expect(pump.context.stoppedTooLong).toBe(2 * DAY);
  pump.send({ type: 'RESUME' });
  expect(alarms(pump)).toEqual([]);
});

describe('the deadline is not restarted by', () => {
  const acts: Record<string, (pump: ChartOnBench) => void> = {
    'a refill': (pump) => pump.enter('20 mL'),
    'a prescription that leaves it stopped': (pump) => pump.commit(prescriptionOf()),
    'an update begun and interrupted': (pump) => {
      pump.beginUpdate(prescriptionOf());
      pump.closeSession(true);
    },
    'a stop in the middle of an update': (pump) => {
      pump.beginUpdate(prescriptionOf());
      pump.send({ type: 'STOP' });
    },
    'a session opened and closed': (pump) => {
      pump.send({ type: 'SESSION_OPENED', role: 'clinician' });
      pump.closeSession();
    },
    'a press of the patient': (pump) => pump.press(),
  };
  test.each(Object.entries(acts))('%s', (_, act) => {
    const pump = runningChart();
    pump.send({ type: 'STOP' });
    pump.passTo(47 * HOUR);
    act(pump);
    pump.passTo(2 * DAY - 1);
    expect(alarms(pump)).toEqual([]);
    pump.passTo(2 * DAY);
    expect(alarms(pump)).toEqual(['stoppedPump']);
  });
});

describe('the deadline is restarted by', () => {
  test('delivery, however short', () => {
    const pump = runningChart();
    pump.send({ type: 'STOP' });
    pump.passTo(47 * HOUR);
    pump.send({ type: 'RESUME' });
    pump.pass('1ms');
    pump.send({ type: 'STOP' });
    pump.passTo(47 * HOUR + 1 + 2 * DAY - 1);
    expect(alarms(pump)).toEqual([]);
    pump.pass('1ms');
    expect(alarms(pump)).toEqual(['stoppedPump']);
  });

  test('delivery at the minimum rate', () => {
    const pump = runningChart({ lowReservoirPolicy: 'minimumRate' });
    pump.passTo(45 * DAY);
    expect(pump.at('infusion')).toBe('minimumRate');
    pump.passTo(48 * DAY);
    expect(alarms(pump)).toEqual(['lowReservoir']);
  });
});

test('on the shelf nothing is overdue; the deadline begins with the implant', () => {
  const pump = new ChartOnBench();
  pump.send({ type: 'POWER_ON' });
  pump.passTo(30 * DAY);
  expect(alarms(pump)).toEqual([]);
  pump.send({ type: 'IMPLANT', wall: WALL });
  pump.passTo(32 * DAY - 1);
  expect(alarms(pump)).toEqual([]);
  pump.passTo(32 * DAY);
  expect(alarms(pump)).toEqual(['stoppedPump']);
});

test('an update that is never finished is overdue too', () => {
  const pump = runningChart();
  pump.beginUpdate(prescriptionOf());
  pump.passTo(2 * DAY);
  expect(pump.at('infusion')).toBe('updating');
  expect(alarms(pump)).toEqual(['stoppedPump']);
});

test('a basal rate of 0, where the device allows it, is overdue after 48 h and time goes on', () => {
  const zero = prescriptionOf({ bolus: null, basal: '0 mL/day' });
  const pump = runningChart({ basalMinimum: rate.of(0) }, zero);
  expect(pump.at('infusion')).toBe('basal');
  pump.passTo(2 * DAY - 1);
  expect(alarms(pump)).toEqual([]);
  pump.passTo(3 * DAY);
  expect(alarms(pump)).toEqual(['stoppedPump']);
});
