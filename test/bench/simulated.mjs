/* The life in a simulation, nobody listening, a press handed over without a frame. */
import { VOLUME_PER_ML } from '../../dist/shared/index.js';
import { settingsOf } from '../../dist/workbench/scenario/settings.js';
import { startActs } from '../../dist/workbench/scenario/story.js';
import { Simulation } from '../../dist/workbench/simulation.js';
import { DAY, MINUTE, REQUESTS, scenarioOf, visits } from './workload.mjs';

const { scenario } = scenarioOf(1);
const { fill } = scenario.start;
const PRESS = { type: 'requestBolus' };
const VISIT = [
  { by: 'hands', act: { type: 'drain' } },
  { by: 'hands', act: { type: 'inject', ...fill } },
  { by: 'clinician', act: { type: 'interrogate' } },
  { by: 'clinician', act: { type: 'refill', aspirated: 'measured', volume: fill.volume } },
  { by: 'clinician', act: { type: 'endSession' } },
];

function done(sim, act) {
  const outcome = sim.act(act);
  if ('refused' in outcome) throw new Error(`${act.act.type} was refused: ${outcome.refused}`);
}

export const settings = (executor, observer) => ({
  ...settingsOf(scenario, { executor }),
  frames: false,
  ...(observer === undefined ? {} : { observer }),
});

/** A pump that has been filled and prescribed for, and a patient who will press for so many days. */
export function begun(executor, days, observer) {
  const sim = new Simulation(settings(executor, observer));
  sim.powerOn();
  for (const { act } of startActs(scenario)) done(sim, act);
  for (const { from, every } of REQUESTS) {
    sim.advanceTo(from * MINUTE);
    sim.habit({ act: PRESS, every: every * MINUTE, jitter: 0, for: days * DAY });
  }
  return sim;
}

/** Lives so many days; what it came to, and how many events its chart handled. */
export function simulated(executor, days, observer) {
  const sim = begun(executor, days, observer);
  for (const at of visits(days)) {
    sim.arriveAt(at);
    for (const act of VISIT) done(sim, act);
  }
  sim.advanceTo(days * DAY);
  const { granted, denied, volume } = sim.belief();
  const truth = sim.truth();
  const delivered = Number(truth.delivered) / Number(VOLUME_PER_ML);
  return { granted, denied, believed: volume, truth, delivered, handled: sim.events };
}

/** The same, with every event counted by what it was. */
export function counted(executor, days) {
  const tally = { steps: 0, bolusEnds: 0, lockoutEnds: 0, lows: 0, sessions: 0 };
  const counts = new Map([
    ['infusion SCHEDULE_STEP', 'steps'],
    ['infusion BOLUS_END', 'bolusEnds'],
    ['patientControl LOCKOUT_END', 'lockoutEnds'],
    ['reservoir RESERVOIR_LOW', 'lows'],
    ['telemetry SESSION_OPENED', 'sessions'],
  ]);
  const taken = ({ region, event }) => {
    const count = counts.get(`${region} ${event}`);
    if (count !== undefined) tally[count] += 1;
  };
  return { ...simulated(executor, days, { answered: () => undefined, taken }), ...tally };
}
