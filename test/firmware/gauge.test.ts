import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES, type Fault } from '../../firmware-sim/index.ts';
import { type DeviceProfile, proportion, span, volume } from '../../shared/index.ts';
import { mL, prescribe, profileOf, running } from '../harness.ts';
import { CommandedPump, ordered } from './commanded.ts';

/** A measured reservoir of 20 mL, running at 0.4 mL/day and low at 3 mL. It is read every 6 h, beginning now. */
function measured(changes: Partial<DeviceProfile> = {}, executor: (typeof EXECUTOR_NAMES)[number] = 'table') {
  const made = running({ profile: profileOf('sensor-reservoir-like', changes), executor }, { lowReservoir: '3 mL' });
  made.clinician({ type: 'endSession' });
  return made;
}

const inflict = ({ sim }: ReturnType<typeof measured>, act: Fault) => sim.act({ by: 'world', act });
const shows = (gain: string, offset: number) =>
  ({ type: 'fillSensor', gain: proportion.parse(gain), offset: volume.of(offset) }) as const;
const raised = ({ logged }: ReturnType<typeof measured>) => logged('alarmRaised');
const hours = (count: number) => span(count * 3_600_000);

describe.each(EXECUTOR_NAMES)('a reservoir that is measured, on %s', (executor) => {
  const made = () => measured({}, executor);

  test('is believed to hold what it held at the last reading, until the next', () => {
    const pump = made();
    pump.advance('5h 59min');
    expect(pump.sim.belief()).toMatchObject({ volume: mL('20'), gauge: { at: 0, volume: mL('20') } });
    pump.advance('1min');
    expect(pump.sim.belief()).toMatchObject({ volume: mL('19.9'), gauge: { at: hours(6), volume: mL('19.9') } });
  });

  test('is read as a session opens, whoever opens it, and then again an interval later', () => {
    const pump = made();
    pump.advance('3h');
    pump.press();
    expect(pump.sim.belief()).toMatchObject({ volume: mL('19.95'), gauge: { at: hours(3) } });
    pump.advance('5h 59min');
    expect(pump.sim.belief().gauge?.at).toBe(hours(3));
    pump.advance('1min');
    expect(pump.sim.belief().gauge?.at).toBe(hours(9));
  });

  test('knows of a flow that is not what was commanded, which is what is counted', () => {
    const pump = made();
    inflict(pump, { type: 'flowBias', by: proportion.parse('+50 %') });
    pump.advance('10d');
    expect(pump.sim.belief()).toMatchObject({ volume: mL('14'), sinceFill: { commanded: mL('4') } });
  });

  test('is believed to hold no less for the rest of a stroke that a stop completes', () => {
    const pump = made();
    pump.advance('6h 1s');
    pump.clinician({ type: 'stop' });
    const { volume: believed, gauge } = pump.sim.belief();
    expect(pump.logged('deliveryStopped')).toMatchObject([{ stroke: expect.any(Number) }]);
    expect(believed).toBe(gauge?.volume);
  });

  test('is believed to hold what it held at the last reading after a reset, its time kept or lost', () => {
    for (const timeLost of [false, true]) {
      const pump = made();
      pump.advance('6h 30min');
      inflict(pump, { type: 'reset', timeLost });
      expect(pump.sim.belief()).toMatchObject({ volume: mL('19.9'), gauge: { at: hours(6), volume: mL('19.9') } });
      pump.advance('6h');
      expect(pump.sim.belief().volume).toBeLessThan(mL('19.9'));
    }
  });

  test('a little above low is not low after a reset that loses the time', () => {
    const pump = measured({}, executor);
    pump.sim.act({ by: 'hands', act: { type: 'aspirate', volume: mL('16.895') } });
    pump.advance('6h');
    inflict(pump, { type: 'reset', timeLost: true });
    expect(pump.sim.belief()).toMatchObject({ volume: mL('3.005'), reservoir: 'normal' });
  });

  test('is refilled without a word to the programmer', () => {
    const pump = made();
    pump.advance('45d');
    expect(raised(pump)).toEqual([{ at: hours(42.5 * 24), code: 'lowReservoir' }]);
    pump.sim.act({ by: 'hands', act: { type: 'inject', volume: mL('10'), solution: null } });
    expect(pump.sim.belief()).toMatchObject({ volume: mL('2'), alarms: [{ code: 'lowReservoir' }] });
    pump.advance('6h');
    expect(pump.sim.belief()).toMatchObject({ volume: mL('11.9'), reservoir: 'normal', alarms: [] });
  });

  test('is believed over what is typed, once it is read again', () => {
    const pump = made();
    pump.clinician({ type: 'refill', aspirated: null, volume: mL('5') });
    expect(pump.sim.belief().volume).toBe(mL('5'));
    pump.advance('6h');
    expect(pump.sim.belief().volume).toBe(mL('19.9'));
  });

  test('is low for whoever opens the session that reads it so', () => {
    const pump = made();
    pump.sim.act({ by: 'hands', act: { type: 'aspirate', volume: mL('17.5') } });
    pump.clinician({ type: 'interrogate' });
    expect(pump.sim.belief()).toMatchObject({ reservoir: 'low', alarms: [{ code: 'lowReservoir' }] });
    expect(pump.sim.screen().warnings.join()).toContain('Low reservoir');
  });

  test('read empty from one moment to the next is low and empty', () => {
    const pump = made();
    pump.sim.act({ by: 'hands', act: { type: 'drain' } });
    pump.advance('6h');
    expect(raised(pump)).toEqual([
      { at: hours(6), code: 'lowReservoir' },
      { at: hours(6), code: 'emptyReservoir' },
    ]);
  });

  test('read low gives way to the policy of the pump, and nothing begins again by itself', () => {
    const pump = measured({ lowReservoirPolicy: 'minimumRate' }, executor);
    inflict(pump, shows('-90 %', 0));
    pump.advance('6h');
    expect(pump.sim.belief()).toMatchObject({ volume: mL('1.99'), infusion: 'minimumRate' });
    inflict(pump, shows('0 %', 0));
    pump.advance('6h');
    expect(pump.sim.belief()).toMatchObject({ reservoir: 'normal', infusion: 'minimumRate' });
  });

  test('is not read any more once the memory has failed: the calibration is gone with all else', () => {
    const pump = made();
    inflict(pump, { type: 'memoryFault', banks: 'bothBanks' });
    inflict(pump, { type: 'reset', timeLost: false });
    pump.advance('1d');
    pump.clinician({ type: 'interrogate' });
    expect(pump.sim.belief()).toMatchObject({ volume: 0, gauge: null });
  });

  test('of another pump in its place is that of the other', () => {
    const pump = made();
    inflict(pump, shows('0 %', mL('1')));
    pump.advance('1d');
    pump.sim.act({ by: 'hands', act: { type: 'replace', serial: 'THECAL-0002' } });
    pump.advance('1h');
    expect(pump.sim.belief()).toMatchObject({ volume: 0, gauge: { volume: 0 } });
  });
});

describe('a sensor that is off', () => {
  test.each([
    ['0 %', mL('0'), mL('19.6')],
    ['-10 %', mL('0'), mL('17.64')],
    ['+1 %', mL('0'), mL('19.796')],
    ['0 %', -mL('1.5'), mL('18.1')],
    ['-50 %', mL('2'), mL('11.8')],
    ['+50 %', mL('0'), mL('20')],
    ['0 %', mL('3'), mL('20')],
    ['-100 %', mL('0'), mL('0')],
    ['-100 %', -mL('1'), mL('0')],
  ])('by %s and %d shows 19.6 mL as %d, never below empty nor above full', (gain, offset, shown) => {
    const pump = measured();
    inflict(pump, shows(gain, offset));
    pump.advance('1d');
    expect(pump.sim.belief().volume).toBe(shown);
    expect(pump.sim.truth().reservoir).toBe(mL('19.6'));
  });

  test('wants a prescription’s threshold judged by what it shows', () => {
    const pump = measured();
    inflict(pump, shows('-80 %', 0));
    pump.advance('6h');
    pump.clinician(prescribe({ lowReservoir: '4 mL' }));
    expect(pump.sim.belief()).toMatchObject({ volume: mL('3.98'), reservoir: 'low' });
  });
});

test('a pump that calculates its reservoir has nothing to read', () => {
  const pump = running();
  inflict(pump, shows('-50 %', 0));
  pump.advance('1d');
  expect(pump.sim.belief()).toMatchObject({ volume: mL('19.6'), gauge: null });
  expect(pump.records.filter(({ kind }) => kind === 'gauge')).toEqual([]);
});

test('leaves nothing out of the books: what is not counted is a correction', () => {
  const pump = new CommandedPump({}, { profile: 'sensor-reservoir-like', fill: '20 mL' });
  expect(pump.prescribe(ordered())).toBeUndefined();
  for (const [time, read] of [
    ['6h', '19.9 mL'],
    ['3h', '14 mL'],
    ['6h', '18 mL'],
  ] as const) {
    pump.pass(time);
    pump.send({ type: 'LEVEL_READ', at: pump.chart.now, volume: volume.parse(read) });
    const { ledger, volume: believed } = pump.context;
    expect(believed).toBe(volume.parse(read));
    expect(ledger.entered - ledger.commanded + ledger.adjusted).toBe(BigInt(believed));
  }
});
