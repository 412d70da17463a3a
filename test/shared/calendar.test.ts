import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, instant, parseWallClock, showDate, showDateTime, span, wallClockAt } from '../../shared/index.ts';

describe('a date and time is read as civil time', () => {
  test.each([
    ['1970-01-01 00:00', 0],
    ['1970-01-01 00:00:01', 1000],
    ['2000-02-29 12:34:56', 951_827_696_000],
    ['2024-02-29 00:00', 1_709_164_800_000],
    ['2026-01-05 08:00', 1_767_600_000_000],
    ['9999-12-31 23:59:59', 253_402_300_799_000],
  ])('"%s"', (text, clock) => {
    expect(parseWallClock(text)).toBe(clock);
  });

  test.each([
    '',
    '2026-01-05',
    '2026-1-5 8:00',
    '2026-01-05T08:00',
    '2026-01-05 08:00 ',
    '2026-01-05 08:00Z',
    '2025-02-29 08:00',
    '2100-02-29 08:00',
    '2026-04-31 08:00',
    '2026-13-01 08:00',
    '2026-00-01 08:00',
    '2026-01-00 08:00',
    '2026-01-05 24:00',
    '2026-01-05 08:60',
    '2026-01-05 08:00:60',
    '1969-12-31 23:59',
  ])('"%s" is no date and time', (text) => {
    expect(parseWallClock(text)).toBeUndefined();
  });
});

describe('months later', () => {
  const at = (text: string) => parseWallClock(text) ?? span(0);
  test.each([
    ['2026-01-31 08:00', 1, '2026-02-28 08:00'],
    ['2024-01-31 08:00', 1, '2024-02-29 08:00'],
    ['2100-01-31 08:00', 1, '2100-02-28 08:00'],
    ['2000-01-30 08:00', 1, '2000-02-29 08:00'],
    ['2026-01-28 08:00', 1, '2026-02-28 08:00'],
    ['2026-03-31 23:59:59', 1, '2026-04-30 23:59:59'],
    ['2026-10-31 00:00', 2, '2026-12-31 00:00'],
    ['2026-11-30 00:00', 1, '2026-12-30 00:00'],
    ['2026-12-31 00:00', 1, '2027-01-31 00:00'],
    ['2026-12-31 00:00', 2, '2027-02-28 00:00'],
    ['2024-02-29 12:00', 12, '2025-02-28 12:00'],
    ['2024-02-29 12:00', 48, '2028-02-29 12:00'],
    ['2026-01-05 08:00', 84, '2033-01-05 08:00'],
    ['2026-01-05 08:00', 0, '2026-01-05 08:00'],
  ])('%s and %d months: %s', (from, months, to) => {
    expect(showDateTime(addMonths(at(from), months))).toBe(showDateTime(at(to)));
    expect(addMonths(at(from), months)).toBe(at(to));
  });

  test('never skip a month, nor change the time of day', () => {
    const minute = fc.integer({ min: 0, max: 4_000_000_000 }).map((m) => span(m * 60_000));
    fc.assert(
      fc.property(minute, fc.integer({ min: 0, max: 1200 }), (clock, months) => {
        const later = addMonths(clock, months);
        const monthOf = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(monthOf(showDate(later)) - monthOf(showDate(clock))).toBe(months);
        expect(later % 86_400_000).toBe(clock % 86_400_000);
        expect(Number(showDate(later).slice(8))).toBeLessThanOrEqual(Number(showDate(clock).slice(8)));
      }),
      { seed: 20_260_105 },
    );
  });
});

describe('every minute of the years a pump may live through', () => {
  const minutes = fc.integer({ min: 0, max: 4_223_371_679 }).map((minute) => span(minute * 60_000));

  test('is shown as a date and time that reads back as the same minute', () => {
    fc.assert(
      fc.property(minutes, (clock) => {
        expect(parseWallClock(showDateTime(clock))).toBe(clock);
      }),
      { numRuns: 500 },
    );
  });

  test('is shown as every other calendar shows it', () => {
    fc.assert(
      fc.property(minutes, (clock) => {
        const iso = new Date(clock).toISOString();
        expect(showDate(clock)).toBe(iso.slice(0, 10));
        expect(showDateTime(clock)).toBe(iso.slice(0, 16).replace('T', ' '));
      }),
      { numRuns: 500 },
    );
  });
});

test('45 days after 5 January 2026, 8:00 it is 19 February, 8:00', () => {
  const start = parseWallClock('2026-01-05 08:00') ?? span(0);
  expect(showDateTime(wallClockAt(start, instant(45 * 86_400_000)))).toBe('2026-02-19 08:00');
});
