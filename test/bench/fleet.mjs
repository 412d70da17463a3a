/*
 * Many pumps alive at once, each a simulation of its own, all of them an hour on before any goes a second. A fleet has a
 * process to itself.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { timed } from './rounds.mjs';
import { begun } from './simulated.mjs';
import { DAY, HOUR } from './workload.mjs';

const DAYS = 90;
/** Days that the pumps of a fleet live in all unless told, so that the largest takes no more than a minute or two. */
const PUMP_DAYS = 20_000;
const FLEETS = [1, 10, 100, 1000, 10_000];
const SCRIPT = fileURLToPath(import.meta.url);

/** What a fleet has in use, and what its process has taken for that, in bytes. */
function memory() {
  globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { used: heapUsed + external, rss };
}

/** Lives so many days with so many pumps: how long that took, and what a pump takes up. */
function lived(pumps, days) {
  const before = memory();
  const made = timed(() => Array.from({ length: pumps }, () => begun('table', days)));
  const fleet = made.tally;
  const handled = () => fleet.reduce((sum, pump) => sum + pump.events, 0);
  const atFirst = handled();
  const { wall, processor } = timed(() => {
    for (let now = HOUR; now <= days * DAY; now += HOUR) for (const pump of fleet) pump.advanceTo(now);
  });
  const after = memory();
  if (handled() !== fleet[0].events * pumps) throw new Error('a pump of a fleet lived another life');
  return {
    wall,
    processor,
    making: made.processor / pumps,
    handled: handled() - atFirst,
    used: (after.used - before.used) / pumps,
    rss: (after.rss - before.rss) / pumps,
  };
}

/** `asked` is how many days each fleet lives. */
export function fleet(say, asked) {
  say('pumps on the table executor, side by side hour by hour; "90 days" is what so many would take at that speed\n');
  const line = (cells) => say(cells.map((cell, i) => cell.padStart(i === 0 ? 7 : 12)).join(''));
  line(['pumps', 'days', 'wall s', 'processor s', 'handled/s', '90 days, s', 'to make, ms', 'used KB', 'rss KB']);
  for (const pumps of FLEETS) {
    const days = asked ?? Math.min(DAYS, Math.floor(PUMP_DAYS / pumps));
    const options = ['--expose-gc', '--max-old-space-size=16384', SCRIPT, `${pumps}`, `${days}`];
    const { status, stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    const { wall, processor, handled, making, used, rss } = JSON.parse(stdout);
    const speed = [(handled / processor).toFixed(0), ((processor / days) * DAYS).toFixed(1)];
    const costs = [(making * 1000).toFixed(2), (used / 1024).toFixed(0), (rss / 1024).toFixed(0)];
    line([`${pumps}`, `${days}`, wall.toFixed(1), processor.toFixed(1), ...speed, ...costs]);
  }
}

const [, script, pumps, days] = process.argv;
if (script === SCRIPT) process.stdout.write(JSON.stringify(lived(Number(pumps), Number(days))));
