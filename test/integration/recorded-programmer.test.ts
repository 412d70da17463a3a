import { spawnSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  bytesToHex,
  decodeFrame,
  encodeFrame,
  fromBytes,
  fromJson,
  hexToBytes,
  type Json,
  type Key,
  nonceOf,
  parseWallClock,
  roleKey,
  sessionKey,
  simulatedPairing,
  simulatedSecret,
  toBytes,
  typeName,
} from '../../shared/index.ts';
import type { TypedClinicianAct } from '../../workbench/act.ts';
import { bench, mL, prescribe, profileOf } from '../harness.ts';
import { file, folder, ROOT } from './cli.ts';

interface Step {
  readonly t: number;
  readonly act?: TypedClinicianAct;
  readonly bytes?: string;
}
interface Sent {
  readonly t: number;
  readonly bytes: string;
}

/** Two visits of a real simulation, as the programmer lived them: its acts, what it heard and what it said. */
function record(): { steps: Step[]; sent: Sent[] } {
  const { clinician, advance, records } = bench();
  clinician({ type: 'refill', aspirated: null, volume: mL('20') });
  clinician({ type: 'implant' });
  const drug = { drug: 'baclofen', concentration: '500 mcg/mL' } as const;
  clinician(prescribe({ ...drug, basal: '200 mcg/day', ceiling: '300 mcg/day', lowReservoir: '2 mL' }));
  advance('45d 3h');
  clinician(prescribe({ basal: '220 mcg/day' }));
  clinician({ type: 'readHistory' });
  clinician({ type: 'endSession' });
  const steps: Step[] = [];
  const sent: Sent[] = [];
  for (const { t, layer, kind, data } of records) {
    const frame = data as { from?: string; bytes?: string };
    if (layer === 'act' && kind === 'clinician') steps.push({ t, act: fromJson<TypedClinicianAct>(data) });
    if (layer !== 'link' || frame.bytes === undefined) continue;
    if (frame.from === 'pump') steps.push({ t, bytes: frame.bytes });
    else sent.push({ t, bytes: frame.bytes });
  }
  return { steps, sent };
}

/** The programmer alone, in a process that holds no firmware. */
function replay(steps: readonly Step[], serial: string | null = 'THECAL-0001'): { sent: Sent[]; outcome: unknown } {
  const root = folder();
  for (const part of ['programmer', 'shared']) cpSync(join(ROOT, 'dist', part), join(root, part), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(root, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const { lowReservoirDefault, clockTolerance, flowAccuracy } = profileOf('synchromed-ii-like-20');
  const [deadSpace, dayRules] = [profileOf('synchromed-ii-like-20'), profileOf('synchromed-ii-like-20')];
  const settings = { deadSpace, lowReservoirDefault, clockTolerance, flowAccuracy, dayRules, library: null };
  const recording = { wallClock: parseWallClock('2026-01-05 08:00'), settings, serial, steps };
  const script = join(ROOT, 'test/integration/replay.mjs');
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [script, root, file(JSON.stringify(recording), 'recording.json')],
    {
      encoding: 'utf8',
    },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout) as { sent: Sent[]; outcome: unknown };
}

const names = (sent: readonly Sent[]) =>
  sent.map(({ bytes }) => {
    const frame = decodeFrame(hexToBytes(bytes));
    return 'error' in frame ? frame.error : typeName(frame.type);
  });

/** The key of the `nth` session of the recording: the programmer and the pump are simulated ones. */
const keyOf = (nth: number): Key | null =>
  sessionKey(roleKey(simulatedPairing('THECAL-0001'), 'clinician'), {
    session: nth,
    station: nonceOf(simulatedSecret('programmer'), nth),
    // The hardware is asked for noise once a session.
    pump: nonceOf(simulatedPairing('THECAL-0001'), `${nth} ${nth}`),
  });

/** The recording up to the `nth` answer of that name, which is changed. */
function tampered(
  steps: readonly Step[],
  name: string,
  nth: number,
  change: Record<string, Json>,
  key: Key | null,
): Step[] {
  let seen = 0;
  const index = steps.findIndex(({ bytes }) => {
    const frame = bytes === undefined ? undefined : decodeFrame(hexToBytes(bytes));
    return frame !== undefined && !('error' in frame) && typeName(frame.type) === name && ++seen === nth;
  });
  const step = steps[index];
  const frame = decodeFrame(hexToBytes(step?.bytes ?? ''));
  if (step === undefined || 'error' in frame) throw new Error(`no ${name} in the recording`);
  const payload = toBytes({ ...(fromBytes(frame.payload) as Record<string, Json>), ...change });
  return [...steps.slice(0, index), { t: step.t, bytes: bytesToHex(encodeFrame({ ...frame, payload }, key)) }];
}

test('the programmer alone, against recorded frames, sends the same bytes at the same times', () => {
  const { steps, sent } = record();
  expect(sent.length).toBeGreaterThan(15);
  expect(replay(steps).sent).toEqual(sent);
});

test('a wrong digest in the recording stops the update before it begins', () => {
  const steps = tampered(record().steps, 'stagePrescription', 2, { digest: '0'.repeat(32) }, keyOf(2));
  const { sent, outcome } = replay(steps);
  expect(names(sent).at(-1)).toBe('stagePrescription');
  expect(names(sent).filter((name) => name === 'beginUpdate')).toHaveLength(1);
  expect(outcome).toEqual({ refused: 'digestMismatch', by: 'programmer' });
});

test('a wrong serial number in the recording stops everything but the end of the session', () => {
  const steps = tampered(record().steps, 'openSession', 2, { serial: 'THECAL-0666' }, null);
  const { sent } = replay(steps);
  expect(names(sent).at(-1)).toBe('openSession');
  expect(names(sent).filter((name) => name === 'stagePrescription')).toHaveLength(1);
});
