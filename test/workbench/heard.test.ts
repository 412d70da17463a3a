import { expect, test } from 'vitest';
import { parseDuration, rate, volume } from '../../shared/index.ts';
import { Simulation, type TraceRecord } from '../../workbench/index.ts';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { settingsOf } from '../../workbench/scenario/settings.ts';
import { startActs } from '../../workbench/scenario/story.ts';

const FULL = volume.parse('18 mL');

function told(kinds?: readonly string[]): readonly TraceRecord[] {
  const { scenario } = loadScenario(
    JSON.stringify({
      thecal: 'scenario/1',
      title: 'Heard in part',
      profile: 'synchromed-ii-like-20',
      clock: '2026-01-05 08:00',
      start: {
        fill: { volume: volume.format(FULL), morphine: '1 mg/mL' },
        prescribe: { constant: rate.format(rate.parse('0.4 mL/day')), lowReservoir: '1 mL' },
      },
      story: [{ at: '1s' }],
    }),
  );
  const sim = new Simulation(settingsOf(scenario, { executor: 'table' }));
  const records: TraceRecord[] = [];
  sim.onTrace((record) => void records.push(record), kinds);
  sim.powerOn();
  for (const { act } of startActs(scenario)) sim.act(act);
  sim.advance(parseDuration('60d'));
  return records;
}

test('who listens to some kinds hears of them what everybody hears, by the same numbers', () => {
  const kinds = ['log', 'ranDry', 'flow'];
  const heard = told(kinds);
  expect(new Set(heard.map(({ kind }) => kind))).toEqual(new Set(kinds));
  expect(heard).toEqual(told().filter(({ kind }) => kinds.includes(kind)));
});
