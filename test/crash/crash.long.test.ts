import { expect, test } from 'vitest';
import { crashReportText, everyCrashPoint } from './crash-points.ts';
import { FORGETFUL, PROFILE, wholeLife } from './script.ts';

test.each([
  ['keeps all of its log', PROFILE],
  ['keeps little of its log and history', FORGETFUL],
])('whenever power goes in the life of a pump that %s, what was told is there, and nothing half', (_, changes) => {
  const report = everyCrashPoint(wholeLife, changes);
  process.stdout.write(`${crashReportText(report)}\n`);
  expect(report.problems).toEqual([]);
  expect(report.points).toBe(2 * report.operations + report.bytes);
  expect(report.points).toBeGreaterThan(500_000);
  expect(report.restarts).toBeGreaterThan(200);
});
