import { join } from 'node:path';
import { expect, test } from 'vitest';
import { concentration, formatDuration, rate, type Status, span, volume } from '../../shared/index.ts';
import { statusSchema } from '../../shared/status.ts';
import { controlOf } from '../node/control.ts';
import { folder, thecal } from './cli.ts';
import { pumpProcess } from './pump-process.ts';

/** A visit from the first word to the last, as lines of a programmer in another process. */
const VISIT = [
  'interrogate',
  'implant',
  'refill volume: 18 mL',
  'prescribe { baclofen: 500 mcg/mL, constant: 200 mcg/day, lowReservoir: 2 mL, patientBolus: { dose: 10 mcg, duration: 10min, lockout: 2h, maxPerDay: 4 }, aboveLimits: accept }',
  'stop',
  'resume',
  'press',
  'readLog',
  'readHistory',
  'interrogate',
  'screen',
  'endSession',
];

test('the standard visit between two processes: what the pump believes afterwards is what the programmer showed', async () => {
  const memory = join(folder(), 'pump');
  const pump = await pumpProcess('--memory', memory, '--serial', 'VISIT-1', '--clock', '2026-01-05 08:00');
  const { ask } = await controlOf(pump.control);
  await ask({ do: 'act', act: { hands: { inject: { volume: '18 mL', baclofen: '500 mcg/mL' } } } });
  // At one instant, so that the last screen and the belief after it are of the same moment.
  await ask({ do: 'hold' });
  const env = { THECAL_CARD: join(memory, 'card.json') };
  const { code, out, err } = thecal(['console', '--connect', pump.telemetry], { input: VISIT.join('\n'), env });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const said = new Map(out.split(/^> /m).map((part) => [part.slice(0, part.indexOf('\n')), part]));
  for (const line of VISIT) {
    expect(said.has(line), line).toBe(true);
    expect(said.get(line)).not.toMatch(/refused|^! Not done/m);
  }
  expect(rowsOf(said.get('readLog') ?? '').map(([, , what]) => what)).toEqual(LOG);
  expect(rowsOf(said.get('readHistory') ?? '')).toEqual([
    ['1', '2026-01-05 08:00', 'clinician', '200 mcg/day', ALL_NEW],
  ]);

  const { done } = await ask({ do: 'belief' });
  const belief: Status = statusSchema.parse(done);
  expect(belief).toMatchObject({ serial: 'VISIT-1', service: 'inService', infusion: 'patientBolus', alarms: [] });
  const shown = Object.fromEntries(fieldsOf(said.get('screen') ?? ''));
  expect(shown).toMatchObject(believed(belief));
  // What is physically so is as commanded: nothing is wrong with this pump.
  expect(await ask({ do: 'truth' })).toMatchObject({ done: { flow: belief.rate, reservoir: belief.volume } });
  expect(await pump.end()).toBe(0);
});

const ALL_NEW = 'changed: drugs, program, patientBolus, doseLimit, ceiling, lowReservoir, opening';

/** What the pump wrote down of it, in the words of the programmer. */
const LOG = [
  'power on',
  'telemetry session opened',
  'put in service',
  'reservoir volume entered',
  'asked whether a limit of the drug library may be exceeded',
  'a limit of the drug library exceeded on confirmation',
  'prescription update started, delivery stopped',
  'prescription in force',
  'basal delivery started',
  'delivery stopped',
  'basal delivery started',
  'telemetry session opened',
  'patient bolus granted',
  'telemetry session closed',
];

const columns = (line: string): string[] => line.trim().split(/ {2,}/);
const fieldsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => /^ {2}\D/.test(line))
    .map(columns);
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => /^ {2}\d/.test(line))
    .map(columns);

/** A belief in the words of a screen. */
function believed(status: Status): Readonly<Record<string, string>> {
  const { prescription } = status;
  const { patientBolus, drugs, lowReservoir } = prescription ?? {};
  if (patientBolus == null || lowReservoir === undefined) throw new Error('no patient bolus is believed');
  return {
    'Serial number': status.serial,
    Model: status.profile,
    Delivery: 'patient bolus running',
    'Rate now': rate.format(status.rate),
    'Highest basal rate': rate.format(status.basal),
    Drug: `${drugs?.[0]?.name}`,
    Concentration: concentration.format(concentration.of(drugs?.[0]?.concentration ?? 0)),
    'Bolus duration': formatDuration(patientBolus.duration),
    Lockout: formatDuration(patientBolus.lockout),
    'Boluses in 24 h': `${patientBolus.maxPerDay}`,
    'Low-reservoir threshold': volume.format(lowReservoir),
    'Given in the last 24 h': `${status.bolusesGiven}`,
    'Requests granted': `${status.granted}`,
    'Requests denied': `${status.denied}`,
    'Next bolus possible in': formatDuration(span((status.nextBolus ?? 0) - status.now)),
    'Prescription number': `${status.record}`,
    'Expected reservoir volume': volume.format(status.volume),
    Reservoir: status.reservoir,
  };
}
