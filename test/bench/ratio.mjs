/*
 * How fast the table is beside the pump by hand and beside XState, over a few weeks: what of a benchmark holds on another
 * machine. Prints both ratios as JSON; `--record` keeps them in ratios.json. `--burden` has somebody look on who burns so
 * many microseconds a transition.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { handwritten } from './handwritten.mjs';
import { bestOf, simulatedRow, timed } from './rounds.mjs';

const DAYS = 60;
const ROUNDS = 80;

/** Looks on, and takes its time. */
const burdened = (microseconds) => ({
  answered: () => undefined,
  taken: () => {
    const until = performance.now() + microseconds / 1000;
    while (performance.now() < until);
  },
});

/** Speed of the table, by that of the others, each in its best of many short rounds by processor time. */
function ratios(burden) {
  const rows = [
    simulatedRow('table', DAYS, burden === undefined ? undefined : burdened(burden)),
    simulatedRow('xstate', DAYS),
    { name: 'handwritten', days: DAYS, live: () => timed(() => handwritten(DAYS)) },
  ];
  const best = new Map(bestOf(rows, ROUNDS).map(({ name, processor }) => [name, processor]));
  const table = best.get('table');
  const ratio = (name) => Number((best.get(name) / table).toFixed(3));
  return { handwritten: ratio('handwritten'), xstate: ratio('xstate') };
}

const { values: asked } = parseArgs({ options: { record: { type: 'boolean' }, burden: { type: 'string' } } });
const measured = JSON.stringify(ratios(asked.burden === undefined ? undefined : Number(asked.burden)), null, 2);
if (asked.record) writeFileSync(new URL('ratios.json', import.meta.url), `${measured}\n`);
process.stdout.write(`${measured}\n`);
