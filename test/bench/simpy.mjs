/* The same pump in SimPy (Debian: python3-simpy3), in a process of its own. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BOLUS, DAY, END, ERI, FILL, LOW, MINUTE, REQUESTS, STEPS, STRENGTH, VISITS } from './workload.mjs';

const SCRIPT = fileURLToPath(new URL('pump.py', import.meta.url));
const MINUTES_A_DAY = DAY / MINUTE;

/** A Python that has SimPy: the system's, or the one on the path; undefined where there is none. */
export const python = ['/usr/bin/python3', 'python3'].find(
  (command) => spawnSync(command, ['-c', 'import simpy']).status === 0,
);

/** Lives so many days; what it came to, and how long Python took for it, once it had started. */
export function inSimpy(days) {
  const life = {
    fill: FILL,
    low: LOW,
    strength: STRENGTH,
    bolus: BOLUS,
    steps: STEPS,
    requests: REQUESTS,
    visits: VISITS,
    eri: ERI * MINUTES_A_DAY,
    end: END * MINUTES_A_DAY,
    until: days * MINUTES_A_DAY,
  };
  const { status, stdout, stderr } = spawnSync(python, [SCRIPT], { input: JSON.stringify(life), encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
