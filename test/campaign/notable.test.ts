import { expect, test } from 'vitest';
import { Notable } from '../../workbench/campaign/notable.ts';
import { loadPlan } from '../../workbench/campaign/plan.ts';
import { watchedLife } from '../../workbench/campaign/shard.ts';
import { planText } from './plans.ts';

/** What is notable in the life of the first pump of a plan. */
function notableIn(text: string): readonly string[] {
  const plan = loadPlan(text);
  const [arm] = plan.arms;
  if (arm === undefined) throw new Error('no arm');
  const notable = new Notable();
  watchedLife(plan, arm, 1, (record) => notable.take(record));
  return notable.lines;
}

const steady = planText(
  ['constant: { uniform: [2 mg/day, 8 mg/day] }', 'constant: 10 mg/day\n    lowReservoir: 2 mL'],
  ['requests: { every: { uniform: [2h, 6h] }, jitter: 30min }', 'requests: none'],
);

test('a life lists when it was filled, when its alarms came and when it was dry', () => {
  // 20 mL at 0.4 mL/day: 2 mL are left after 45 days, none after 50; somebody comes 7 days after the first alarm.
  const late = steady
    .replace('span: 1d', 'span: 60d')
    .replace('measure:', 'clinic: { late: 90d, afterAlarm: 7d }\nmeasure:');
  const lines = notableIn(late);
  const when = (what: string) => lines.filter((line) => line.endsWith(what)).map((line) => line.split(':')[0]);
  expect(lines[0]).toBe('0s: filled to 20 mL');
  expect(when('alarm lowReservoir')).toEqual(['45d']);
  expect(when('the reservoir is truly dry')).toEqual(['50d']);
  expect(when('filled to 20 mL')).toEqual(['0s', '52d']);
  expect(lines).toHaveLength(5);
});

test('a life lists when its pump was stopped and why, when it delivers again, and a reset once', () => {
  // A pump of this sort waits for its start after a prescription.
  const pca = planText(
    ['synchromed-ii-like-20', 'generic-pca'],
    ['constant: { uniform: [2 mg/day, 8 mg/day] }', 'constant: 600 mg/day'],
    ['    patientBolus: { dose: 0.5 mg, duration: 5min, lockout: 2h, maxPerDay: 8 }\n', ''],
    ['requests: { every: { uniform: [2h, 6h] }, jitter: 30min }\n', ''],
    ['  longer: { start: { prescribe: { patientBolus: { lockout: 8h } } } }', '  same: {}'],
  );
  expect(notableIn(pca).slice(0, 3)).toEqual([
    '0s: filled to 20 mL',
    '0s: stopped: prescription waits for its start',
    '0s: delivers again',
  ]);
  const hazard = 'hazards: [{ world: { batteryReset: { safeState: true } }, share: 100 %, within: 12h }]\nmeasure:';
  const reset = notableIn(steady.replace('measure:', hazard));
  expect(reset.filter((line) => line.endsWith(': reset'))).toHaveLength(1);
  expect(reset.filter((line) => line.endsWith(': alarm lowBatteryReset'))).toHaveLength(1);
});

test('refused requests are counted by what they were refused for, with the first and the last', () => {
  // Asked at even hours under a lockout of 8 h: one of four is granted.
  const asked = planText(
    ['requests: { every: { uniform: [2h, 6h] }, jitter: 30min }', 'requests: { every: 2h }'],
    ['lockout: 2h', 'lockout: 8h'],
  );
  const refused = notableIn(asked).filter((line) => line.includes('refused'));
  expect(refused).toHaveLength(1);
  expect(refused[0]).toMatch(/^\d+ requests refused as lockedOut: first \d+h.*, last (\d+h.*|1d)$/);
});
