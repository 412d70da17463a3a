/* A year of the life as a scenario, with its trace and under the always-true rules, on both executors. */
import { runScenario } from '../../dist/workbench/index.js';
import { timed } from './rounds.mjs';
import { scenarioOf, yearsOf } from './workload.mjs';

const YEAR = 365;
const ROUNDS = 3;
const EXECUTORS = ['table', 'xstate'];

export function watched(say) {
  const loaded = scenarioOf(YEAR);
  const best = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    for (const executor of EXECUTORS) {
      const run = timed(() => runScenario(loaded, { id: 'life', version: '0', executor }));
      const { failures, breaches } = run.tally;
      if (failures.length + breaches.length > 0)
        throw new Error(JSON.stringify([...failures, ...breaches].slice(0, 2)));
      if (!(run.processor >= best.get(executor)?.processor)) best.set(executor, run);
    }
  }
  say(`a year of the pump, trace and always-true rules on, frames and all; the best of ${ROUNDS} rounds\n`);
  const line = (cells) => say(cells.map((cell, i) => (i === 0 ? cell.padEnd(12) : cell.padStart(13))).join(''));
  line(['executor', 'handled', 'wall s', 'processor s', 'pump-years/s']);
  for (const [executor, { wall, processor, tally }] of best)
    line([executor, `${tally.events}`, wall.toFixed(2), processor.toFixed(2), (yearsOf(YEAR) / processor).toFixed(2)]);
  say(`\nthe table takes ${(best.get('table').processor / best.get('xstate').processor).toFixed(2)} of XState's time`);
}
