/* One life, five ways. */
import { handwritten } from './handwritten.mjs';
import { bestOf, simulatedRow, timed } from './rounds.mjs';
import { inSimpy, python } from './simpy.mjs';
import { ticked } from './ticked.mjs';
import { eventsOf, LIFE, yearsOf } from './workload.mjs';

const ROUNDS = 8;
/** What the slow ones live of it, in days: whatever begins with a refill has begun. */
const YEAR = 365;
const SEASON = 100;

const rows = () => [
  simulatedRow('table', LIFE),
  simulatedRow('xstate', YEAR),
  { name: 'handwritten', days: LIFE, live: () => timed(() => handwritten(LIFE)) },
  { name: 'ticked', days: SEASON, live: () => timed(() => ticked(SEASON)) },
  ...(python === undefined ? [] : [{ name: 'simpy', days: LIFE, live: () => inSimpy(LIFE) }]),
];

const NOTES = [
  'events are requests, steps, ends of boluses and of lockouts; the chart also handles the session of each press and visit,',
  'and so more than these: pump-years a second is the figure that compares',
  'ratio is how many times as fast as the table; rates are of processor time',
];

export function sideBySide(say, asJson) {
  if (python === undefined) process.stderr.write('SKIPPED simpy: no Python with SimPy (Debian: python3-simpy3)\n');
  const lived = bestOf(rows(), ROUNDS).map((row) => ({
    ...row,
    pumpYearsPerSecond: yearsOf(row.days) / row.processor,
    eventsPerSecond: eventsOf(row.tally) / row.processor,
  }));
  if (asJson) {
    const told = ({ name, pumpYearsPerSecond, eventsPerSecond }) => ({ name, pumpYearsPerSecond, eventsPerSecond });
    say(JSON.stringify({ rows: lived.map(told) }));
    return;
  }
  say(`a pump of 84 months; the best of ${ROUNDS} rounds, row by row; every row came to the same\n`);
  const line = (cells) => say(cells.map((cell, i) => (i === 0 ? cell.padEnd(12) : cell.padStart(13))).join(''));
  line(['row', 'days', 'wall s', 'processor s', 'pump-years/s', 'ratio', 'events/s']);
  const [table] = lived;
  for (const { name, days, wall, processor, pumpYearsPerSecond, eventsPerSecond } of lived) {
    const ratio = pumpYearsPerSecond / table.pumpYearsPerSecond;
    const times = [wall.toFixed(2), processor.toFixed(2)];
    line([name, `${days}`, ...times, pumpYearsPerSecond.toFixed(2), ratio.toFixed(3), eventsPerSecond.toFixed(0)]);
  }
  say('');
  line(['row', 'granted', 'denied', 'steps', 'bolus ends', 'lockout ends', 'events', 'handled']);
  for (const { name, tally } of lived) {
    const { granted, denied, steps, bolusEnds, lockoutEnds, handled } = tally;
    const counts = [granted, denied, steps, bolusEnds, lockoutEnds, eventsOf(tally), handled ?? '-'];
    line([name, ...counts.map(String)]);
  }
  say('');
  if (python === undefined) say('simpy: left out, no Python with SimPy here');
  for (const note of NOTES) say(note);
}
