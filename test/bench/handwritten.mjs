/*
 * The same pump by hand: one loop over the deadlines of this life and no other, on the same plant, with the same exact
 * arithmetic. No chart, no link, no log and no memory: the limit of what those cost.
 */
import { Plant } from '../../dist/firmware-sim/index.js';
import {
  addMonths,
  basalAt,
  concentration,
  delivered,
  doseRate,
  mass,
  parseWallClock,
  profileNamed,
  rateForDose,
  rateOver,
  readProfile,
  silent,
  Total,
  VOLUME_PER_ML,
  volume,
  volumeOfMass,
  whenDelivered,
} from '../../dist/shared/index.js';
import { BOLUS, CLOCK, DAY, FILL, LOW, MINUTE, PROFILE, REQUESTS, STEPS, STRENGTH, visits } from './workload.mjs';

const NEVER = Number.POSITIVE_INFINITY;
const profile = readProfile(profileNamed(PROFILE));
const strength = concentration.parse(`${STRENGTH} mg/mL`);
const solution = [{ name: 'morphine', concentration: strength }];
const fill = volume.parse(`${FILL} mL`);
const low = volume.parse(`${LOW} mL`);
const steps = STEPS.map(({ at, dose }) => ({
  at: at * MINUTE,
  rate: rateForDose(doseRate.parse(`${dose} mg/h`), strength),
}));
const program = { type: 'daily', groups: [{ days: [0, 1, 2, 3, 4, 5, 6], steps }] };
const wallClock = parseWallClock(CLOCK);
const bolus = {
  rate: rateOver(volumeOfMass(mass.parse(`${BOLUS.dose} mg`), strength), BOLUS.duration * MINUTE),
  duration: BOLUS.duration * MINUTE,
  lockout: BOLUS.lockout * MINUTE,
};
const bolusVolume = bolus.rate * bolus.duration;

/** Lives so many days; what it came to. */
export function handwritten(days) {
  const clock = { now: 0 };
  const plant = new Plant(profile, clock, silent);
  const tally = { granted: 0, denied: 0, steps: 0, bolusEnds: 0, lockoutEnds: 0, lows: 0 };

  // What the pump believes.
  let [held, rate, since] = [fill, 0, 0];
  const commanded = new Total();
  const heldNow = () => Math.max(0, held - rate * (clock.now - since));
  const book = () => {
    const left = heldNow();
    commanded.flows(rate, clock.now - since);
    [held, since] = [left, clock.now];
  };

  // What it knows of its patient.
  let [basal, running, isLow, hasEnded] = [basalAt(program, wallClock), 0, false, false];
  const grants = [];
  const command = () => {
    book();
    rate = hasEnded ? 0 : basal + running;
    awaitLevel();
    plant.drive(rate);
  };

  // When it is due: steps by local time, all else by the pump's own.
  const ageLimit = addMonths(wallClock, profile.serviceLife) - wallClock;
  let eri = ageLimit - profile.eriBeforeEnd;
  let end = ageLimit;
  let [bolusEnd, lockoutEnd, level] = [NEVER, NEVER, NEVER];
  let next = steps.findIndex(({ at }) => at > wallClock % DAY);
  let midnight = -(wallClock % DAY);
  let step = midnight + steps[next].at;
  const awaitLevel = () => {
    level = isLow ? NEVER : (whenDelivered(since, rate, Math.max(0, held - low)) ?? NEVER);
  };
  plant.onBattery(() => {
    eri = Math.min(eri, clock.now);
    end = Math.min(end, eri + profile.eriToEndOfService);
  });

  const steady = () => {
    basal = steps[next].rate;
    next += 1;
    if (next === steps.length) [next, midnight] = [0, midnight + DAY];
    step = midnight + steps[next].at;
    tally.steps += 1;
    command();
  };
  const press = () => {
    plant.interrogated();
    const { now } = clock;
    while (grants[0] <= now - DAY) grants.shift();
    const isRefused = hasEnded || running > 0 || lockoutEnd !== NEVER || grants.length >= BOLUS.maxPerDay;
    if (isRefused || heldNow() < bolusVolume) {
      tally.denied += 1;
      return;
    }
    tally.granted += 1;
    grants.push(now);
    running = bolus.rate;
    [bolusEnd, lockoutEnd] = [now + bolus.duration, now + bolus.lockout];
    command();
  };
  const visit = () => {
    plant.act({ type: 'drain' });
    plant.act({ type: 'inject', volume: fill, solution });
    plant.interrogated();
    book();
    held = fill;
    isLow = false;
    awaitLevel();
    plant.readingTyped();
  };
  const wake = (at) => {
    if (at === eri) eri = NEVER;
    else if (at === end) {
      [end, step, bolusEnd, level] = [NEVER, NEVER, NEVER, NEVER];
      [hasEnded, running] = [true, 0];
      command();
    } else if (at === bolusEnd) {
      [running, bolusEnd] = [0, NEVER];
      tally.bolusEnds += 1;
      command();
    } else if (at === lockoutEnd) {
      lockoutEnd = NEVER;
      tally.lockoutEnds += 1;
    } else if (at === level) {
      isLow = true;
      tally.lows += 1;
      awaitLevel();
    } else steady();
  };

  plant.act({ type: 'prepare', solution });
  plant.act({ type: 'inject', volume: fill, solution });
  plant.interrogated();
  command();

  const appointments = visits(days);
  const presses = REQUESTS.map(({ from, every }) => ({ at: (from + every) * MINUTE, every: every * MINUTE }));
  const until = days * DAY;
  for (let visited = 0; ; ) {
    // In the order in which all of it happens at one instant.
    const physical = plant.due() ?? NEVER;
    const own = Math.min(eri, end, bolusEnd, lockoutEnd, level, step);
    const appointment = appointments[visited] ?? NEVER;
    const request = presses[0].at <= presses[1].at ? presses[0] : presses[1];
    const requested = request.at < until ? request.at : NEVER;
    const now = Math.min(physical, own, appointment, requested);
    if (now > until) break;
    clock.now = now;
    if (physical === now) plant.wake(now);
    else if (own === now) wake(now);
    else if (appointment === now) {
      visited += 1;
      visit();
    } else {
      request.at += request.every;
      press();
    }
  }
  clock.now = until;
  const account = commanded.value + delivered(rate, until - since);
  const truth = plant.truth();
  if (account !== truth.delivered) throw new Error(`${account} were commanded, ${truth.delivered} delivered`);
  return { ...tally, believed: heldNow(), truth, delivered: Number(truth.delivered) / Number(VOLUME_PER_ML) };
}
