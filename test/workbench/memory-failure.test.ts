import { describe, expect, test } from 'vitest';
import { bankedStore, memoryStorage } from '../../firmware-sim/index.ts';
import type { DeviceProfile } from '../../shared/index.ts';
import { Invariants } from '../../workbench/invariants/index.ts';
import { Simulation } from '../../workbench/simulation.ts';
import type { TraceRecord } from '../../workbench/trace.ts';
import { prescribe, profileOf, running } from '../harness.ts';

/** A pump that loses its memory after a day, is read, stopped and set to its minimum rate, and runs on. */
function lived(profile: DeviceProfile, timeLost: boolean, memory?: () => ReturnType<typeof bankedStore>) {
  const made = running(
    { profile, ...(memory === undefined ? {} : { memory }) },
    { bolus: { dose: '10 mcg', duration: '5min', lockout: '1h', maxPerDay: 4 } },
  );
  made.press();
  made.clinician({ type: 'endSession' });
  made.advance('1d');
  made.sim.act({ by: 'world', act: { type: 'memoryFault', banks: 'bothBanks' } });
  made.advance('1h');
  made.sim.act({ by: 'world', act: { type: 'reset', timeLost } });
  made.clinician({ type: 'interrogate' });
  made.clinician(prescribe({ basal: '100 mcg/day' }));
  made.press();
  made.clinician({ type: 'stop' });
  made.advance('3d');
  made.clinician({ type: 'minimumRate' });
  made.clinician({ type: 'endSession' });
  made.sim.act({ by: 'world', act: { type: 'batteryLow' } });
  made.advance('100d');
  made.clinician({ type: 'interrogate' });
  return made;
}

const breaches = (profile: DeviceProfile, records: readonly TraceRecord[]) => {
  const invariants = new Invariants(profile);
  for (const record of records) invariants.take(record);
  return invariants.breaches.map(({ rule, message }) => `${rule}: ${message}`);
};

const CASES = (['minimumRate', 'stop'] as const).flatMap((safeState) =>
  [false, true].map((timeLost) => ({ safeState, timeLost })),
);

describe.each(CASES)(
  'a memory lost, the safe state $safeState, the time lost too: $timeLost',
  ({ safeState, timeLost }) => {
    const profile = profileOf('synchromed-ii-like-20', { safeState });

    test('breaks no always-true rule', () => {
      const { records } = lived(profile, timeLost);
      expect(records.some(({ kind }) => kind === 'memoryFailed')).toBe(true);
      expect(breaches(profile, records)).toEqual([]);
    });

    test('is the same on a memory of two banks', () => {
      const banked = lived(profile, timeLost, () => bankedStore(memoryStorage()));
      expect(banked.records).toEqual(lived(profile, timeLost).records);
    });

    const isRate = ({ layer, kind }: TraceRecord) => layer === 'firmware' && kind === 'rate';
    /** The first record of a kind after the memory was lost, told otherwise. */
    const tampered = (which: (record: TraceRecord) => boolean, change: (record: TraceRecord) => TraceRecord) => {
      const { records } = lived(profile, timeLost);
      const from = records.findIndex(({ kind }) => kind === 'memoryFailed');
      const at = records.findIndex((record, i) => i > from && which(record));
      return breaches(
        profile,
        records.map((record, i) => (i === at ? change(record) : record)),
      );
    };

    test.each<[number, string, (record: TraceRecord) => boolean, (record: TraceRecord) => TraceRecord]>([
      [
        4,
        'another rate than the safe one',
        isRate,
        (record) => ({ ...record, data: { infusion: 'basal', rate: 400_000 } }),
      ],
      [4, 'no rate at all', isRate, (record) => ({ ...record, kind: 'nothing' })],
      [
        6,
        'a log that begins anew a second time',
        ({ kind, data }) => kind === 'log' && (data as { kind?: string }).kind === 'sessionOpened',
        (record) => ({ ...record, data: { ...(record.data as object), number: 1 } }),
      ],
    ])('is held to rule %d: %s is caught', (rule, _, which, change) => {
      expect(tampered(which, change).join('\n')).toMatch(new RegExp(`^${rule}: `, 'm'));
    });

    test('is no excuse for records that begin anew without a word of it', () => {
      const { records } = lived(profile, timeLost);
      const silent = records.map((record) =>
        record.kind === 'memoryFailed' ? { ...record, kind: 'nothing' } : record,
      );
      expect(breaches(profile, silent).join('\n')).toMatch(/^6: log record 1 /m);
    });
  },
);

test('a memory spoiled before a snapshot is found spoiled after it', () => {
  const { sim } = running();
  sim.act({ by: 'world', act: { type: 'memoryFault', banks: 'bothBanks' } });
  const forked = sim.fork();
  forked.act({ by: 'world', act: { type: 'reset', timeLost: false } });
  expect(forked.belief().alarms.map(({ code }) => code)).toEqual(['memoryError']);
  expect(sim.belief().alarms).toEqual([]);
});

test('a simulation restored on a memory of two banks goes on alike, and keeps what it was given', () => {
  const memory = () => bankedStore(memoryStorage());
  const options = { profile: profileOf('synchromed-ii-like-20'), memory };
  const { sim, advance } = running(options);
  advance('3d');
  const copy = Simulation.restore({ ...options, wallClock: sim.localTime }, JSON.parse(JSON.stringify(sim.snapshot())));
  for (const each of [sim, copy]) each.act({ by: 'world', act: { type: 'reset', timeLost: true } });
  expect(copy.belief()).toEqual(sim.belief());
  expect(copy.belief()).toMatchObject({ record: 1, infusion: 'basal' });
});
