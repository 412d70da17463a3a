import { describe, expect, test } from 'vitest';
import { usageOf } from '../../programmer/index.ts';
import { instant, type LogData, type LogKind, type LogRecord, parseWallClock } from '../../shared/index.ts';
import { profileOf, running } from '../harness.ts';
import { texts } from './reviewing.ts';

const START = parseWallClock('2026-01-05 08:00') ?? 0;
const HOUR = 3_600_000;
const wallAt = (at: number) => START + at;

/** A log from record `first` on, each at an hour. */
const logOf = (first: number, ...records: [hour: number, kind: LogKind, data?: LogData][]): LogRecord[] =>
  records.map(([hour, kind, data = {}], i) => ({ number: first + i, at: instant(hour * HOUR), kind, data }));

describe('the use of the handset', () => {
  const log = logOf(
    1,
    [0, 'powerOn'],
    [1, 'bolusGranted'],
    [1, 'bolusEnded', { why: 'complete' }],
    [2, 'bolusDenied', { code: 'lockedOut' }],
    [2, 'bolusDenied', { code: 'countUsed' }],
    [17, 'bolusGranted'],
    [17, 'bolusEnded', { why: 'stop' }],
    [25, 'bolusDenied', { code: 'lockedOut' }],
  );

  test('is counted by reason, by local day and by hour of the day', () => {
    const usage = usageOf(log, wallAt);
    expect(usage).toMatchObject({ since: START, dropped: 0, total: { granted: 2, denied: 3, cutShort: 1 } });
    expect([...usage.denied]).toEqual([
      ['lockedOut', 2],
      ['countUsed', 1],
    ]);
    expect(usage.days).toEqual([
      { label: '2026-01-05', granted: 1, denied: 2, cutShort: 0 },
      { label: '2026-01-06', granted: 1, denied: 1, cutShort: 1 },
    ]);
    expect(usage.hours).toEqual([
      { label: '01:00', granted: 1, denied: 0, cutShort: 1 },
      { label: '09:00', granted: 1, denied: 1, cutShort: 0 },
      { label: '10:00', granted: 0, denied: 2, cutShort: 0 },
    ]);
  });

  test('says how many records the log has dropped', () => {
    expect(usageOf(logOf(41, [0, 'bolusGranted']), wallAt)).toMatchObject({ dropped: 40, total: { granted: 1 } });
    expect(usageOf([], wallAt)).toMatchObject({ dropped: 0, total: { granted: 0 }, days: [] });
  });

  test('is by the clock the pump had then, and by none after it was lost', () => {
    const usage = usageOf(
      logOf(
        1,
        [0, 'implanted', { wall: START }],
        [1, 'bolusGranted'],
        [2, 'clockSet', { from: START + 2 * HOUR, to: START + 5 * HOUR }],
        [3, 'bolusGranted'],
        [4, 'reset', { timeLost: true }],
        [5, 'bolusGranted'],
        [6, 'clockSet', { from: null, to: START + 24 * HOUR }],
        [7, 'bolusGranted'],
      ),
      wallAt,
    );
    expect(usage.hours.map(({ label }) => label)).toEqual(['09:00', '14:00', 'unknown']);
    expect(usage.days.map(({ label, granted }) => [label, granted])).toEqual([
      ['2026-01-05', 2],
      ['unknown', 1],
      ['2026-01-06', 1],
    ]);
  });

  test('before the first record of a clock set is by the time it was set from', () => {
    const usage = usageOf(
      logOf(30, [1, 'bolusGranted'], [2, 'clockSet', { from: START, to: START + HOUR }], [3, 'bolusGranted']),
      wallAt,
    );
    expect(usage.hours.map(({ label }) => label)).toEqual(['07:00', '10:00']);
    expect(usage.since).toBe(START - HOUR);
  });
});

describe('a pump whose log is read for it', () => {
  function used(capacity = 512) {
    const profile = profileOf('synchromed-ii-like-20', { logCapacity: capacity });
    const made = running({ profile }, { bolus: { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 } });
    made.clinician({ type: 'endSession' });
    made.press();
    made.press();
    made.advance('5h');
    made.press();
    made.advance('1min');
    made.clinician({ type: 'stop' });
    return made;
  }

  test('shows the totals, and the report the table', () => {
    const made = used();
    expect(made.clinician({ type: 'readUsage' })).toEqual({ done: true });
    expect(texts(made)).toMatchObject({
      usageGranted: '2',
      usageDenied: '1',
      usageCutShort: '1',
      usageDropped: '0',
      usageSince: '2026-01-05 08:00',
    });
    const lines = made.sim.report()?.split('\n') ?? [];
    expect(lines.slice(lines.indexOf('Use of the handset'))).toEqual([
      'Use of the handset',
      '  Since 2026-01-05 08:00; nothing before it was dropped.',
      '                 granted    denied cut short',
      '  all                  2         1         1',
      '       1 denied: a bolus is already running',
      '  by day',
      '  2026-01-05           2         1         1',
      '  by hour of the day',
      '  08:00                1         1         0',
      '  13:00                1         0         1',
      '  one by one, newest first',
      '  2026-01-05 13:01  cut short',
      '  2026-01-05 13:00  granted',
      '  2026-01-05 08:00  denied: a bolus is already running',
      '  2026-01-05 08:00  granted',
      '',
    ]);
  });

  test('says plainly what its log has dropped', () => {
    const made = used(8);
    made.clinician({ type: 'readUsage' });
    const dropped = Number(texts(made).usageDropped);
    expect(dropped).toBeGreaterThan(0);
    expect(made.sim.report()).toContain(`${dropped} older records have been dropped`);
  });
});
