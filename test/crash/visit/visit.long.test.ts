import { describe, expect, test } from 'vitest';
import { TEARS } from '../crashing-storage.ts';
import { everyFrameFault, frameReportText, KINDS } from './frame-cases.ts';
import { ABORTS, live } from './live.ts';
import { everyPowerLoss, powerReportText } from './power-cases.ts';
import { STORY_NAMES } from './stories.ts';

const EACH = STORY_NAMES.flatMap((story) => ABORTS.map((onUpdateAbort) => [story, onUpdateAbort] as const));
const quietly = (story: (typeof EACH)[number][0], onUpdateAbort: (typeof EACH)[number][1]) =>
  live({ story, onUpdateAbort, mishap: null });

describe.each(EACH)('of a %s under onUpdateAbort %s', (story, onUpdateAbort) => {
  test('every loss of power leaves programmer and pump agreed, nothing half and nothing lost', () => {
    const { storage, operations } = quietly(story, onUpdateAbort);
    const written = storage.operations.slice(operations[0], operations[0] + operations[1]);
    const expected = written.reduce((sum, { after }) => sum + 2 + after.length, 0);
    const torn = written.reduce((sum, { after }) => sum + 2 + TEARS.length * after.length, 0);

    const report = everyPowerLoss(story, onUpdateAbort);
    process.stdout.write(`${powerReportText(`${story}, ${onUpdateAbort}`, report)}\n`);
    expect(report.problems).toEqual([]);
    expect(report.points).toBe(expected);
    // With the time kept, and with it lost.
    expect(report.cases).toBe(2 * torn);
    expect(report.points).toBeGreaterThan(20_000);
  });

  test('every fault of a frame leaves programmer and pump agreed, nothing half and nothing lost', () => {
    const { frames } = quietly(story, onUpdateAbort);
    const report = everyFrameFault(story, onUpdateAbort);
    process.stdout.write(`${frameReportText(`${story}, ${onUpdateAbort}`, report)}\n`);
    expect(report.problems).toEqual([]);
    expect(report.cases).toBe(frames.length * Object.keys(KINDS).length);
    expect(report.damages).toBe(2 * frames.reduce((sum, { length }) => sum + length, 0));
    expect(frames.length).toBeGreaterThanOrEqual(8);
  });
});
