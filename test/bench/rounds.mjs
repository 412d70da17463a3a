/* Rows of a benchmark, turn by turn in one process, the best of several rounds, and none that came to something else. */
import { counted, simulated } from './simulated.mjs';
import { sameAs } from './workload.mjs';

/** How long work took, on the clock and of the processors, in seconds, and what it came to. */
export function timed(work) {
  const before = process.cpuUsage();
  const begun = performance.now();
  const tally = work();
  const wall = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { tally, wall, processor: (user + system) / 1e6 };
}

/** A row that lives on an executor of the chart: what happened is counted once, by somebody who looks on. */
export const simulatedRow = (executor, days, observer) => ({
  name: executor,
  days,
  live: () => timed(() => simulated(executor, days, observer)),
  counted: counted(executor, days),
});

/**
 * The best round of each row by processor time, with what it came to. A row has a name, the days it lives, and `live`;
 * `counted` is what it does not count by itself. Throws where one came to anything else than the table.
 */
export function bestOf(rows, rounds) {
  const references = new Map(rows.map(({ days }) => [days, undefined]));
  for (const days of references.keys()) {
    const table = rows.find((row) => row.name === 'table' && row.days === days);
    references.set(days, table?.counted ?? counted('table', days));
  }
  const best = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const { name, days, live, counted } of rows) {
      const lived = live();
      const tally = { ...counted, ...lived.tally };
      sameAs(references.get(days), name, tally);
      if (!(lived.processor >= best.get(name)?.processor)) best.set(name, { ...lived, name, days, tally });
    }
  }
  return [...best.values()];
}
