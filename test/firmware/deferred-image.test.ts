import { expect, test } from 'vitest';
import { names } from '../../firmware-sim/firmware/chart/names.ts';
import { plainChart } from '../../firmware-sim/firmware/chart/pump.chart.ts';
import type { PumpEvent } from '../../firmware-sim/firmware/events.ts';
import { tableExecutor } from '../../firmware-sim/firmware/executor/table.ts';
import { xstateExecutor } from '../../firmware-sim/firmware/executor/xstate.ts';
import { keepImage } from '../../firmware-sim/firmware/memory/image.ts';
import { factoryContext, memoryStore } from '../../firmware-sim/index.ts';
import {
  concentration,
  doseRate,
  instant,
  type Prescription,
  parseDuration,
  parseWallClock,
  prescriptionDigest,
  rate,
  span,
  volume,
} from '../../shared/index.ts';
import { profileOf } from '../harness.ts';

const prescription: Prescription = {
  drugs: [{ name: 'baclofen', concentration: concentration.parse('500 mcg/mL') }],
  program: {
    type: 'periodic',
    rate: rate.parse('0.4 mL/day'),
    bolus: { rate: rate.parse('4 mL/day'), duration: parseDuration('10min') },
    interval: parseDuration('4h'),
  },
  patientBolus: {
    rate: rate.parse('6 mL/day'),
    duration: parseDuration('5min'),
    lockout: parseDuration('1h'),
    maxPerDay: 4,
    parts: [],
  },
  doseLimit: null,
  ceiling: doseRate.parse('1 mg/day'),
  lowReservoir: volume.parse('2 mL'),
  opening: null,
};
const digest = prescriptionDigest(prescription);

/** A few hours of a pump: filled, implanted, programmed, asked for boluses, reset, stopped and refilled. */
const events = (): PumpEvent[] => {
  const at = (time: string) => instant(parseDuration(time));
  const wall = parseWallClock('2026-01-05 08:00') ?? span(0);
  return [
    { type: 'POWER_ON', at: at('0s') },
    { type: 'SESSION_OPENED', at: at('0s'), role: 'clinician' },
    { type: 'ENTER_RESERVOIR', at: at('0s'), volume: volume.parse('20 mL') },
    { type: 'IMPLANT', at: at('0s'), wall },
    { type: 'STAGE', at: at('0s'), staged: { prescription, run: false, override: false, endOpening: false, digest } },
    { type: 'UPDATE_BEGIN', at: at('0s'), digest },
    { type: 'UPDATE_COMMIT', at: at('0s'), digest, role: 'clinician', library: null },
    { type: 'BOLUS_REQUEST', at: at('1h') },
    { type: 'BOLUS_END', at: at('1h 5min') },
    { type: 'LOCKOUT_END', at: at('2h') },
    { type: 'PERIODIC_DUE', at: at('4h') },
    { type: 'BOLUS_REQUEST', at: at('4h 1min') },
    { type: 'RESET', at: at('4h 2min'), timeLost: false },
    { type: 'STOP', at: at('5h') },
    { type: 'RESUME', at: at('6h') },
    { type: 'ENTER_RESERVOIR', at: at('7h'), volume: volume.parse('19 mL') },
  ];
};

test.each(Object.entries({ xstateExecutor, tableExecutor }))(
  'an image whose bytes are put off is of the state when it was kept, whatever follows (%s)',
  (_, executorOf) => {
    const executor = executorOf({ chart: plainChart, names }, factoryContext(profileOf('synchromed-ii-like-20')));
    const kept = events().map((event) => {
      executor.send(event);
      const [later, atOnce] = [memoryStore(), memoryStore()];
      keepImage(later, executor.state(), event.at);
      keepImage(atOnce, executor.state(), event.at);
      return { later, bytes: atOnce.read('state') };
    });
    expect(executor.state().context).toMatchObject({ record: 1, granted: 2, volume: volume.parse('19 mL') });
    expect(kept.map(({ later }) => later.read('state'))).toEqual(kept.map(({ bytes }) => bytes));
    // An open session and what is staged are not kept: two images are like those before them.
    expect(new Set(kept.map(({ bytes }) => String(bytes))).size).toBe(kept.length - 2);
  },
);
