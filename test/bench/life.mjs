/*
 * How fast a pump lives: 84 months on both executors, turn by turn in one process, as a bare simulation and as a
 * scenario under the always-true rules. The figures are of the machine they are printed on; the ratios less so.
 */
import { availableParallelism, cpus } from 'node:os';
import { loadScenario, runScenario } from '../../dist/workbench/index.js';

const LIFE = 2556;
const ROUNDS = 3;
const EXECUTORS = ['xstate', 'table'];

const start = {
  fill: { volume: '40 mL', morphine: '25 mg/mL' },
  prescribe: {
    constant: '5 mg/day',
    patientBolus: { dose: '0.5 mg', duration: '5min', lockout: '1h', maxPerDay: 10 },
    lowReservoir: '2 mL',
  },
};
const refills = Array.from({ length: 28 }, (_, i) => [
  { at: `${90 * (i + 1)}d 1h 30min`, hands: 'drain' },
  { hands: { inject: '40 mL' } },
  { clinician: { refill: { aspirated: 'measured', volume: '40 mL' } } },
  { clinician: 'endSession' },
]).flat();
const requests = { every: '3h', jitter: '30min', for: `${LIFE}d`, patient: 'requestBolus' };
const scenario = (story) =>
  loadScenario(
    JSON.stringify({
      thecal: 'scenario/1',
      title: 'A life',
      profile: 'synchromed-ii-like-40',
      clock: '2026-01-05 08:00',
      seed: 7,
      start,
      story: [...story, { at: `${LIFE}d` }],
    }),
  );
const LIVES = {
  'refills every 90 days': scenario(refills),
  'and 8 requests a day': scenario([requests, ...refills]),
};

/** Seconds and events of one life. */
function timed(loaded, executor) {
  const begin = performance.now();
  const { events, failures, breaches } = runScenario(loaded, { id: 'life', version: '0', executor });
  if (failures.length + breaches.length > 0) throw new Error(JSON.stringify([...failures, ...breaches].slice(0, 2)));
  return { seconds: (performance.now() - begin) / 1000, events };
}

const say = (line) => process.stdout.write(`${line}\n`);
say(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores`);
say(`84 months, trace and always-true rules on, the fastest of ${ROUNDS} rounds\n`);
const row = (cells) => say(cells.map((cell, i) => (i === 0 ? cell.padEnd(24) : cell.padStart(14))).join(''));
row(['life', 'executor', 'events', 'seconds', 'events/s', 'pump-years/s']);
for (const [name, loaded] of Object.entries(LIVES)) {
  const best = Object.fromEntries(
    EXECUTORS.map((executor) => [executor, { seconds: Number.POSITIVE_INFINITY, events: 0 }]),
  );
  for (let round = 0; round < ROUNDS; round++) {
    for (const executor of EXECUTORS) {
      const run = timed(loaded, executor);
      if (run.seconds < best[executor].seconds) best[executor] = run;
    }
  }
  for (const executor of EXECUTORS) {
    const { seconds, events } = best[executor];
    const years = LIFE / 365.25;
    row([name, executor, `${events}`, seconds.toFixed(3), (events / seconds).toFixed(0), (years / seconds).toFixed(1)]);
  }
  say(`  the table takes ${(best.table.seconds / best.xstate.seconds).toFixed(2)} of XState's time`);
}
