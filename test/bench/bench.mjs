/*
 * How fast a pump lives: one life on the table executor, on XState, as a loop by hand, as a ticking machine and in SimPy,
 * side by side. The figures are of the machine they are printed on; the ratios less so. `--watched` times a scenario with
 * trace and always-true rules, `--fleet` many pumps at once, for `--days` each.
 */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';

const { values: asked } = parseArgs({
  options: {
    json: { type: 'boolean' },
    watched: { type: 'boolean' },
    fleet: { type: 'boolean' },
    days: { type: 'string' },
  },
});

const say = (line) => process.stdout.write(`${line}\n`);
const machine = `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores`;

if (!asked.json) say(machine);
if (asked.watched) (await import('./watched.mjs')).watched(say);
else if (asked.fleet)
  (await import('./fleet.mjs')).fleet(say, asked.days === undefined ? undefined : Number(asked.days));
else (await import('./side-by-side.mjs')).sideBySide(say, asked.json === true);
