import { expect } from 'vitest';
import { bolusVolume, fromJson, parseDuration, rate, span } from '../../shared/index.ts';
import { readAct, Simulation } from '../../workbench/index.ts';
import { CommandedPump, START } from '../firmware/commanded.ts';
import { logged, type Prescribe, rates } from './fixture.ts';
import { ordersOf, valuesOf } from './on-bench.ts';
import { requirementOfAll, requirementPartOfAll } from './requirement.ts';
import { orderOf, therapyOf, treating } from './therapies.ts';

/** The basal rate, and from noon on the higher one. Pumps start at 08:00. */
const higherFromNoon = (profile: string): Prescribe => {
  const { basal, higher } = therapyOf(profile);
  return {
    daily: [
      { at: '00:00', give: basal },
      { at: '12:00', give: higher },
    ],
  };
};

function bolusOf(profile: string) {
  const { patientBolus } = ordersOf(profile);
  if (patientBolus === null) throw new Error(`${profile}: no patient bolus`);
  return patientBolus;
}

requirementOfAll('R11', (profile) => {
  const { basal, higher } = therapyOf(profile);
  const bolus = bolusOf(profile);
  // At 11:59:30 the clocks of the place are an hour on, an hour back, or eight hours away; the pump's follows.
  for (const [by, flow] of [
    ['+1h', higher],
    ['-1h', basal],
    ['+8h', higher],
    ['-8h', basal],
  ] as const) {
    const pump = treating(profile, higherFromNoon(profile));
    pump.advance('3h 59min');
    pump.press();
    pump.advance('30s');
    const before = pump.truth.delivered;
    pump.world({ localTime: by });
    expect(pump.clinician({ setClock: 'now' })).toMatchObject({ done: true });
    expect(pump.belief.rate).toBe(rate.parse(flow) + bolus.rate);
    const left = bolus.duration - 30_000;
    pump.advance(`${left}ms`);
    expect(logged(pump, 'bolusEnded')).toEqual([
      { at: pump.belief.now, why: 'complete', delivered: bolusVolume(bolus), undelivered: 0 },
    ]);
    // Set back, the pump has come to noon only where it was more than 30 s before it.
    const flows = rates(pump).slice(-1)[0];
    expect(flows).toMatchObject({ at: pump.belief.now, rate: rate.parse(flow) });
    expect(pump.truth.delivered - before).toBe(BigInt((rate.parse(flow) + bolus.rate) * left));
    expect(rates(pump).every(({ rate }) => rate >= 0)).toBe(true);
  }
});

requirementOfAll('R12', (profile) => {
  // A step at 12:00:00.001 by the pump's clock, which began at 08:00, and a bolus that ends an hour later.
  const step = parseDuration('4h') + 1;
  const end = step + parseDuration('1h');
  const [low, high] = [rate.parse(therapyOf(profile).basal), rate.parse(therapyOf(profile).higher)];
  const steps = [
    { at: span(0), rate: low },
    { at: span(parseDuration('12h') + 1), rate: high },
  ];
  const program = { type: 'daily' as const, groups: [{ days: [0, 1, 2, 3, 4, 5, 6], steps }] };
  const bolus = bolusOf(profile);
  const pump = new CommandedPump({}, { profile, wall: START });
  expect(pump.prescribe({ ...ordersOf(profile, higherFromNoon(profile)), program })).toBeUndefined();
  pump.do('resume');
  pump.passTo(end - bolus.duration);
  expect(pump.press()).toBeUndefined();
  pump.passTo(end + parseDuration('2h'));
  expect(pump.rates.slice(-3).map(({ at, rate }) => ({ at, rate }))).toEqual([
    { at: step, rate: high },
    { at: end - bolus.duration, rate: high + bolus.rate },
    { at: end, rate: high },
  ]);
  expect(pump.logged('bolusEnded').map(({ at }) => at)).toEqual([end]);
});

/** A simulation in which a pump gives its therapy with a higher rate from noon, and all it tells. */
function simulated(profile: string) {
  const { full, solution } = therapyOf(profile);
  const options = { profile: valuesOf(profile), wallClock: START };
  const sim = new Simulation(options);
  sim.powerOn();
  const volume = `${full} mL`;
  for (const act of [
    { hands: { inject: { volume, ...solution } } },
    { clinician: { refill: { volume } } },
    { clinician: 'implant' },
    { clinician: { prescribe: { ...solution, ...orderOf(profile, higherFromNoon(profile)) } } },
    { clinician: 'resume' },
  ] as const)
    sim.act(readAct(act));
  return { sim, options };
}

/** What a pump and its plant tell from now on. */
function listening(sim: Simulation) {
  const told: unknown[] = [];
  sim.onTrace(({ t, layer, kind, data }) => {
    if (layer === 'firmware' || layer === 'plant') told.push({ t, kind, data });
  });
  return told;
}

requirementPartOfAll('R14', 'saved and restored', (profile) => {
  const { sim, options } = simulated(profile);
  sim.advance(parseDuration('3h 59min'));
  sim.act(readAct({ patient: 'requestBolus' }));
  sim.advance(parseDuration('30s'));
  // A bolus and a lockout run, a step, a low and an empty reservoir are to come.
  const other = Simulation.restore(options, JSON.parse(JSON.stringify(sim.snapshot())));
  const [told, toldToo] = [listening(sim), listening(other)];
  for (const each of [sim, other]) each.advance(parseDuration('120d'));
  expect(toldToo).toEqual(told);
  expect(told).toContainEqual(expect.objectContaining({ kind: 'event', t: parseDuration('4h') }));
});

requirementPartOfAll('R14', 'in one jump and in hours', (profile) => {
  const [jump, walk] = [simulated(profile).sim, simulated(profile).sim];
  const [told, toldToo] = [listening(jump), listening(walk)];
  jump.advance(parseDuration('10d'));
  for (let hour = 0; hour < 240; hour++) walk.advance(parseDuration('1h'));
  expect(toldToo).toEqual(told);
  expect(told.length).toBeGreaterThan(5);
});

requirementPartOfAll('R14', 'after 24.8 and 49.7 days', (profile) => {
  const pump = treating(profile);
  pump.advance('1h');
  pump.world('batteryLow');
  const end = pump.belief.now + parseDuration('90d');
  for (const days of [25, 25, 39]) {
    pump.advance(`${days}d`);
    expect(pump.belief).toMatchObject({ service: 'eri', replaceBy: end });
  }
  pump.advance('23h 59min 59s 999ms');
  expect(pump.belief.service).toBe('eri');
  pump.advance('1ms');
  expect(pump.belief.service).toBe('endOfService');
});

requirementPartOfAll('R14', 'at one instant', (profile) => {
  // A lockout ends, the schedule steps, and somebody presses, all at noon.
  const pump = treating(profile, higherFromNoon(profile));
  const { duration, lockout } = bolusOf(profile);
  const locked = lockout + (valuesOf(profile).lockoutOrigin === 'end' ? duration : 0);
  const noon = parseDuration('4h');
  pump.advance(`${noon - locked}ms`);
  pump.press();
  pump.advance(`${locked}ms`);
  expect(pump.press()).toMatchObject({ done: true });
  const events = pump.trace.filter(({ t, kind }) => t === noon && kind === 'event');
  const types = events.map(({ data }) => fromJson<{ type: string }>(data).type);
  // A pump that measures its reservoir reads it as a session opens.
  expect(types.filter((type) => !/^SESSION|^LEVEL_READ$/.test(type))).toEqual([
    'LOCKOUT_END',
    'SCHEDULE_STEP',
    'BOLUS_REQUEST',
  ]);
});
