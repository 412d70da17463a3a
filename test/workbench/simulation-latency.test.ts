import { describe, expect, test } from 'vitest';
import { concentration, parseDuration, rate, span, volume } from '../../shared/index.ts';
import { bench, prescribe, profileOf } from '../harness.ts';

const solution = [{ name: 'baclofen', concentration: concentration.parse('500 mcg/mL') }] as const;
const bolus = { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 };
const first = prescribe({ drug: 'baclofen', concentration: '500 mcg/mL', basal: '200 mcg/day', bolus });

/** A filled and implanted pump, every frame on its way for a time, before its first prescription. */
function implanted(latency: string) {
  const made = bench({ latency: parseDuration(latency) });
  made.sim.act({ by: 'hands', act: { type: 'inject', volume: volume.parse('20 mL'), solution } });
  expect(made.clinician({ type: 'refill', aspirated: null, volume: volume.parse('20 mL') })).toEqual({ done: true });
  expect(made.clinician({ type: 'implant' })).toEqual({ done: true });
  return made;
}

/** How long an act takes. */
function timed<T>({ sim }: ReturnType<typeof bench>, act: () => T): { took: number; outcome: T } {
  const before = sim.now;
  const outcome = act();
  return { took: sim.now - before, outcome };
}

describe('frames that take 150 ms each way', () => {
  test('make an act take as long as its exchanges', () => {
    const made = implanted('150ms');
    const { clinician, press } = made;
    // Read, stage, begin, commit, verify.
    expect(timed(made, () => clinician(first))).toEqual({ took: 5 * 300, outcome: { done: true } });
    // Read, close.
    expect(timed(made, () => clinician({ type: 'interrogate' }))).toEqual({ took: 300, outcome: { done: true } });
    expect(timed(made, () => clinician({ type: 'endSession' }))).toEqual({ took: 300, outcome: { done: true } });
    // Open, authenticate, read.
    expect(timed(made, () => clinician({ type: 'interrogate' }))).toEqual({ took: 900, outcome: { done: true } });
    // Open, authenticate, ask, close.
    expect(timed(made, press)).toEqual({ took: 1200, outcome: { done: true } });
  });

  test('stop delivery from the first frame of an update to its last', () => {
    const { clinician, logged, sim, records } = implanted('150ms');
    clinician(first);
    clinician(prescribe({ basal: '190 mcg/day' }));
    const [, began] = logged('updateStarted').map(({ at }) => Number(at));
    const [, committed] = logged('prescriptionCommitted').map(({ at }) => Number(at));
    expect(Number(committed) - Number(began)).toBe(300);
    const rates = records
      .filter(({ layer, kind, t }) => layer === 'firmware' && kind === 'rate' && t >= Number(began))
      .map(({ t, data }) => [t, Object(data).rate]);
    expect(rates).toEqual([
      [began, 0],
      [committed, rate.parse('0.38 mL/day')],
    ]);
    expect(sim.truth().flow).toBe(rate.parse('0.38 mL/day'));
  });

  test('show the pump as it was when it answered', () => {
    const { clinician, sim } = implanted('150ms');
    clinician(first);
    clinician({ type: 'interrogate' });
    expect(sim.knows.status?.now).toBe(sim.now - 150);
  });

  test('grant a bolus from when the request arrives', () => {
    const { clinician, press, sim, logged } = implanted('150ms');
    clinician(first);
    const pressed = sim.now;
    press();
    expect(logged('bolusGranted')).toMatchObject([{ at: pressed + 750, ends: pressed + 750 + 120_000 }]);
  });

  test('read a whole event log, page by page', () => {
    const { clinician, sim } = implanted('150ms');
    clinician(first);
    for (let i = 0; i < 40; i++) clinician(prescribe({ basal: `${150 + i} mcg/day` }));
    expect(clinician({ type: 'readLog' })).toEqual({ done: true });
    const numbers = sim.knows.log.map(({ number }) => number);
    expect(numbers).toEqual(Array.from(numbers, (_, i) => i + 1));
    expect(numbers.length).toBeGreaterThan(100);
    expect(clinician({ type: 'readHistory' })).toEqual({ done: true });
    expect(sim.knows.history.map(({ number }) => number)).toEqual(Array.from({ length: 41 }, (_, i) => i + 1));
  });
});

describe('what people do while an answer is on its way', () => {
  test('a second press is refused by the handset', () => {
    const { clinician, sim, press, logged } = implanted('150ms');
    clinician(first);
    sim.habit({ act: { type: 'requestBolus' }, every: parseDuration('1h'), jitter: span(0), for: span(3_600_001) });
    sim.advance(span(3_600_000 + 100));
    expect(sim.display()).toBe('Asking the pump …');
    expect(press()).toEqual({ refused: 'busy', by: 'programmer' });
    sim.advance(span(1200));
    expect(sim.display()).toBe('Bolus started');
    expect(logged('bolusGranted')).toHaveLength(1);
    expect(logged('bolusDenied')).toHaveLength(0);
  });

  test('a stop as the programmer closes its idle session is carried out, or refused: never silently lost', () => {
    const { clinician, sim } = implanted('150ms');
    clinician(first);
    sim.advance(parseDuration('10min'));
    const outcome = clinician({ type: 'stop' });
    if ('done' in outcome) expect(sim.belief().stopped).toMatchObject({ why: 'clinician' });
    else expect(outcome).toEqual({ refused: 'busy', by: 'programmer' });
    sim.advance(parseDuration('1s'));
    clinician({ type: 'stop' });
    expect(sim.belief().stopped).toMatchObject({ why: 'clinician' });
  });

  test('a reading right after the wrong pump was found is a reading of its own', () => {
    const made = bench({ latency: span(150), recordedSerial: 'SOMEBODY-ELSE' });
    expect(timed(made, () => made.clinician({ type: 'interrogate' })).outcome).toMatchObject({ refused: 'otherPump' });
    expect(timed(made, () => made.clinician({ type: 'implant' }))).toEqual({
      took: 300,
      outcome: { refused: 'otherPump', by: 'programmer' },
    });
    // Nobody proves himself to a pump he was not looking for.
    expect(made.logged('sessionOpened')).toEqual([]);
  });
});

describe('frames that take longer than a station waits', () => {
  test('are asked for again, answered, and carried out once', () => {
    // An answer takes 3 s; the station asks again after half a second.
    const { clinician, sim, logged } = implanted('1500ms');
    expect(clinician(first)).toEqual({ done: true });
    expect(clinician(prescribe({ basal: '190 mcg/day' }))).toEqual({ done: true });
    expect(logged('prescriptionCommitted')).toHaveLength(2);
    expect(logged('commandRefused')).toEqual([]);
    expect(sim.belief().record).toBe(2);
  });

  test('end in no answer where they never come in time, and nothing is then shown as known', () => {
    const { clinician, sim } = bench({ latency: parseDuration('10s'), profile: profileOf('synchromed-ii-like-40') });
    expect(clinician({ type: 'interrogate' })).toEqual({ refused: 'noAnswer', by: 'programmer' });
    expect(sim.now).toBe(10_000);
    expect(sim.screen().fields).toEqual([]);
    expect(sim.report()).toBeUndefined();
  });
});
