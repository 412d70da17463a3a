import { describe, expect, test } from 'vitest';
import { type Opening, parseDuration, rate, SENSORS, span, volume } from '../../shared/index.ts';
import { implantedPump, refusalOf } from './bare-pump.ts';
import { daily, runs } from './commanded.ts';
import { DAY, HOUR, periodicOf, prescriptionOf, WALL } from './prescriptions.ts';

/** 0.340 mL at 0.4 mL/day: 20.4 h. */
const BRIDGE = { type: 'bridge', rate: rate.parse('0.4 mL/day'), duration: parseDuration('20h 24min') } as const;
/** 0.1 mL in 6 min. */
const PRIME = { type: 'prime', rate: rate.parse('24 mL/day'), duration: parseDuration('6min') } as const;
/** 09:00 of the next day. */
const DELAYED: Opening = { type: 'delayed', until: span(WALL + DAY + HOUR) };

/** A pump whose prescription, 0.5 mL/day, begins with something. */
function opened(opening: Opening, asked: Parameters<typeof prescriptionOf>[0] = {}, changes = {}) {
  const made = implantedPump(changes);
  made.clinician.prescribe(prescriptionOf({ basal: '0.5 mL/day', ...asked, opening }));
  return made;
}

const stateOf = ({ pump }: ReturnType<typeof opened>) => [pump.status().infusion, rate.format(pump.status().rate)];

describe('a bridge', () => {
  test('is delivered at its rate, whole, and then the program', () => {
    const made = opened(BRIDGE);
    expect(stateOf(made)).toEqual(['bridge', '0.4 mL/day']);
    made.pump.pass('20h 23min 59.999s');
    expect(stateOf(made)).toEqual(['bridge', '0.4 mL/day']);
    expect(volume.format(made.pump.status().volume)).toBe('19.66 mL');
    made.pump.pass('1ms');
    expect(stateOf(made)).toEqual(['basal', '0.5 mL/day']);
    expect(made.pump.status().volume).toBe(volume.parse('19.66 mL'));
    expect(made.pump.logged('openingStarted')).toEqual([{ type: 'bridge', ends: 73_440_000, rate: 400_000 }]);
    const all = Number(volume.parse('0.34 mL'));
    expect(made.pump.logged('openingEnded')).toEqual([
      { type: 'bridge', why: 'complete', delivered: all, undelivered: 0 },
    ]);
  });

  test('tells what is left of it while it runs', () => {
    const { pump } = opened(BRIDGE);
    pump.pass('10h 12min');
    const half = volume.parse('0.17 mL');
    expect(pump.status().opening).toEqual({
      type: 'bridge',
      start: 0,
      ends: 73_440_000,
      volume: volume.parse('0.34 mL'),
      left: half,
    });
  });

  test('gives the patient nothing, and says from when on', () => {
    const { pump } = opened(BRIDGE);
    pump.pass('1h');
    const answer = pump.open('patient').do('requestBolus');
    expect(refusalOf(answer)).toEqual({ code: 'bridging', also: [], until: 73_440_000, shortest: null });
    expect(pump.status().nextBolus).toBe(73_440_000);
  });

  test('skips the periodic boluses that fall due meanwhile', () => {
    const { pump } = opened(BRIDGE, { program: periodicOf() });
    pump.pass('20h 24min');
    expect(pump.logged('periodicSkipped')).toHaveLength(3);
    expect(pump.logged('periodicStarted')).toHaveLength(0);
    pump.pass('4h');
    expect(pump.logged('periodicStarted')).toHaveLength(1);
  });

  test('is left out of the dose limit: a patient bolus fits as soon as it is over', () => {
    // 210 mcg of 500 mcg/mL in 24 h: the basal of a day takes 200 mcg, a bolus 10 mcg.
    const doseLimit = { dose: '210 mcg', window: '24h' };
    const { pump } = opened({ ...BRIDGE, rate: rate.parse('10 mL/day') }, { basal: '0.4 mL/day', doseLimit });
    pump.pass('20h 24min');
    expect(pump.status().nextBolus).toBe(pump.status().now);
    expect(refusalOf(pump.open('patient').do('requestBolus'))).toBeUndefined();
  });

  test('is left out of the mean dose since the last session', () => {
    const { pump } = opened({ ...BRIDGE, rate: rate.parse('10 mL/day') });
    pump.pass('44h 24min');
    const { sinceSession, now } = pump.status();
    expect([sinceSession.commanded, now - sinceSession.from]).toEqual([volume.parse('0.5 mL'), DAY]);
  });

  test.each([
    ['stop', 'stopped', '0 mL/day'],
    ['minimumRate', 'minimumRate', '0.006 mL/day'],
  ] as const)('%s ends it, and it is never resumed', (command, infusion, flow) => {
    const made = opened(BRIDGE);
    made.pump.pass('10h 12min');
    const clinician = made.pump.open('clinician');
    clinician.do(command);
    expect(stateOf(made)).toEqual([infusion, flow]);
    const half = Number(volume.parse('0.17 mL'));
    expect(made.pump.logged('openingEnded')).toEqual([
      { type: 'bridge', why: command, delivered: half, undelivered: half },
    ]);
    clinician.do('resume');
    expect(stateOf(made)).toEqual(['basal', '0.5 mL/day']);
    expect(made.pump.status().openingEnded).toMatchObject({ type: 'bridge', why: command, undelivered: half });
  });

  test.each([false, true])('a reset ends it, with the time lost: %s', (timeLost) => {
    const made = opened(BRIDGE);
    made.pump.pass('10h');
    made.pump.reset(timeLost);
    expect(stateOf(made)).toEqual(['basal', '0.5 mL/day']);
    expect(made.pump.logged('openingEnded')).toMatchObject([{ why: 'reset' }]);
  });

  test('goes on when its clock is set, and as long', () => {
    const made = opened(BRIDGE);
    made.clinician.setClock(span(WALL + DAY));
    made.pump.pass('20h 23min 59.999s');
    expect(stateOf(made)[0]).toBe('bridge');
    made.pump.pass('1ms');
    expect(stateOf(made)[0]).toBe('basal');
  });

  test.each([
    ['alarm', 'bridge', []],
    ['basalOnly', 'basal', [{ why: 'lowReservoir' }]],
    ['minimumRate', 'minimumRate', [{ why: 'lowReservoir' }]],
  ] as const)('beside a low reservoir with the policy %s the pump is at %s', (lowReservoirPolicy, infusion, ended) => {
    const made = opened(BRIDGE, { lowReservoir: '19.9 mL' }, { lowReservoirPolicy });
    made.pump.pass('7h');
    expect(stateOf(made)[0]).toBe(infusion);
    expect(made.pump.logged('openingEnded')).toMatchObject(ended);
  });

  test.each([
    ['run', 'basal'],
    ['minimumRate', 'minimumRate'],
    ['stop', 'stopped'],
  ] as const)(
    'a volume entered that leaves none of it, with the policy %s: the pump is at %s',
    (emptyPolicy, infusion) => {
      const made = opened(BRIDGE, {}, { emptyPolicy });
      made.clinician.enter('0 mL');
      expect(stateOf(made)[0]).toBe(infusion);
      expect(made.pump.logged('openingEnded')).toMatchObject([{ why: 'emptyReservoir' }]);
    },
  );

  test('is refused where the reservoir holds less than it', () => {
    const { clinician } = implantedPump();
    clinician.enter('0.3 mL');
    const asked = prescriptionOf({ lowReservoir: '0.1 mL', opening: BRIDGE });
    expect(refusalOf(clinician.stage(asked))?.code).toBe('tooLittleLeft');
  });

  test('does not begin where an entry within the update has left too little for it', () => {
    const { pump, clinician } = implantedPump();
    const asked = prescriptionOf({ opening: BRIDGE });
    clinician.stage(asked);
    clinician.begin(asked);
    clinician.enter('0.3 mL');
    expect(refusalOf(clinician.commit(asked))?.code).toBe('tooLittleLeft');
    expect(pump.status().prescription).toBeNull();
  });

  test('above the largest rate is refused with the shortest time that fits', () => {
    const { clinician } = implantedPump();
    const opening = { ...PRIME, rate: rate.parse('30 mL/day') };
    expect(refusalOf(clinician.stage(prescriptionOf({ opening })))).toMatchObject({
      code: 'bolusTooFast',
      shortest: parseDuration('8min'),
    });
  });
});

test('cut short well after its pump began, a bridge is told by what it gave and what it did not', () => {
  const { pump, clinician } = implantedPump();
  clinician.prescribe(prescriptionOf());
  pump.pass('5d');
  pump.open('clinician').prescribe(prescriptionOf({ opening: BRIDGE }));
  pump.pass('10h 12min');
  pump.open('clinician').do('stop');
  const half = Number(volume.parse('0.17 mL'));
  expect(pump.logged('openingEnded')).toMatchObject([{ delivered: half, undelivered: half }]);
});

test('a bridge is commanded once, whatever steps the program has meanwhile', () => {
  const pump = runs({
    program: daily({ '00:00': '0.2 mL/day', '12:00': '0.4 mL/day', '18:00': '0.3 mL/day' }),
    opening: BRIDGE,
  });
  const { length } = pump.rates;
  pump.pass('20h');
  expect(pump.rates).toHaveLength(length);
});

describe('an update during a bridge', () => {
  test('is refused, unless it says that the bridge ends', () => {
    const made = opened(BRIDGE);
    made.pump.pass('10h 12min');
    const clinician = made.pump.open('clinician');
    const next = prescriptionOf({ basal: '0.6 mL/day' });
    expect(clinician.refused({ name: 'beginUpdate', payload: { digest: 'f'.repeat(32) } })).toBe('notStaged');
    expect(refusalOf(clinician.stage(next))?.code).toBe('openingRunning');
    expect(refusalOf(clinician.stage(next, false, false, true))).toBeUndefined();
    clinician.begin(next);
    expect(made.pump.logged('openingEnded')).toMatchObject([{ type: 'bridge', why: 'update' }]);
    clinician.commit(next);
    expect(stateOf(made)).toEqual(['basal', '0.6 mL/day']);
    expect(made.pump.status().openingEnded).toBeNull();
  });

  test('that comes to nothing leaves it ended', () => {
    const { pump } = opened(BRIDGE, {}, { onUpdateAbort: 'resumeOld' });
    const clinician = pump.open('clinician');
    const next = prescriptionOf();
    clinician.stage(next, false, false, true);
    clinician.begin(next);
    clinician.do('closeSession');
    expect(pump.status()).toMatchObject({ infusion: 'basal', opening: null, openingEnded: { why: 'update' } });
  });
});

describe('a prime', () => {
  test('gives neither the patient nor a clinician a bolus', () => {
    const { pump, clinician } = opened(PRIME);
    expect(refusalOf(pump.open('patient').do('requestBolus'))).toMatchObject({ code: 'priming', until: 360_000 });
    expect(refusalOf(clinician.order('0.01 mL', '5min'))).toMatchObject({ code: 'priming', until: 360_000 });
  });

  test('needs a program that runs: none on a stopped pump, unless it starts', () => {
    const { clinician } = opened(PRIME);
    clinician.do('stop');
    const asked = prescriptionOf({ opening: PRIME });
    expect(refusalOf(clinician.stage(asked))?.code).toBe('openingHeld');
    expect(refusalOf(clinician.stage(asked, true))).toBeUndefined();
  });
});

describe('a delayed start', () => {
  const TIME = '25h';

  test('is the minimum rate until its local time', () => {
    const made = opened(DELAYED);
    expect(stateOf(made)).toEqual(['delayed', '0.006 mL/day']);
    made.pump.pass('24h 59min 59.999s');
    expect(stateOf(made)[0]).toBe('delayed');
    made.pump.pass('1ms');
    expect(stateOf(made)).toEqual(['basal', '0.5 mL/day']);
    expect(made.pump.logged('openingEnded')).toEqual([
      { type: 'delayed', why: 'complete', delivered: null, undelivered: null },
    ]);
  });

  test('gives the patient nothing before, and says from when on', () => {
    const { pump } = opened(DELAYED);
    expect(refusalOf(pump.open('patient').do('requestBolus'))).toMatchObject({ code: 'minimumRate', also: [] });
    expect(pump.status().nextBolus).toBe(parseDuration(TIME));
  });

  test('outlasts a reset, and waits for a clock where the time was lost', () => {
    const made = opened(DELAYED);
    made.pump.pass('1h');
    made.pump.reset(false);
    expect(stateOf(made)[0]).toBe('delayed');
    made.pump.reset(true);
    made.pump.pass('10d');
    expect(stateOf(made)[0]).toBe('delayed');
    expect(made.pump.status()).toMatchObject({ nextBolus: null, opening: { ends: null } });
    made.pump.open('clinician').setClock(span(WALL + 11 * DAY));
    made.pump.pass('0s');
    expect(stateOf(made)).toEqual(['basal', '0.5 mL/day']);
  });

  test('follows the clock that is set', () => {
    const made = opened(DELAYED);
    made.clinician.setClock(span(WALL + DAY));
    made.pump.pass('59min 59.999s');
    expect(stateOf(made)[0]).toBe('delayed');
    made.pump.pass('1ms');
    expect(stateOf(made)[0]).toBe('basal');
  });

  test.each([
    ['alarm', 'delayed'],
    ['minimumRate', 'minimumRate'],
  ] as const)('beside a low reservoir with the policy %s the pump is at %s', (lowReservoirPolicy, infusion) => {
    const made = opened(DELAYED, {}, { lowReservoirPolicy });
    made.clinician.enter('1 mL');
    expect(stateOf(made)[0]).toBe(infusion);
  });
});

/** Every condition sensed, and declared at once. */
const SENSING = { sensors: SENSORS, conditionDelay: span(0), stallDetectionDelay: span(0) };

describe('a condition that is declared', () => {
  test.each([
    ['basalOnly', PRIME, 'basal'],
    ['basalOnly', BRIDGE, 'basal'],
    ['basalOnly', DELAYED, 'delayed'],
    ['minimumRate', PRIME, 'minimumRate'],
    ['minimumRate', BRIDGE, 'minimumRate'],
    ['minimumRate', DELAYED, 'minimumRate'],
    ['stop', PRIME, 'stopped'],
    ['stop', BRIDGE, 'stopped'],
    ['stop', DELAYED, 'stopped'],
  ] as const)('with the policy %s makes of %o: %s', (occlusionPolicy, opening, infusion) => {
    const { pump } = opened(opening, {}, { ...SENSING, occlusionPolicy });
    pump.pass('1min');
    pump.plant.inflict({ type: 'begins', condition: 'occlusion' });
    pump.pass('0s');
    const { stopped, openingEnded } = pump.status();
    expect([pump.status().infusion, stopped?.why ?? null]).toEqual([
      infusion,
      infusion === 'stopped' ? 'occlusion' : null,
    ]);
    const waits = infusion === 'delayed';
    expect(openingEnded?.why).toBe(waits ? undefined : 'occlusion');
    pump.plant.inflict({ type: 'ends', condition: 'occlusion' });
    pump.pass('26h');
    // What has ended is never resumed; what waits comes in its time.
    expect(pump.logged('openingStarted')).toHaveLength(1);
    expect(pump.status().infusion).toBe(waits ? 'basal' : infusion);
  });

  test.each([PRIME, BRIDGE])('that allows basal alone stands against %o', (opening) => {
    const { pump, clinician } = implantedPump({ ...SENSING, occlusionPolicy: 'basalOnly' });
    clinician.prescribe(prescriptionOf());
    pump.plant.inflict({ type: 'begins', condition: 'occlusion' });
    pump.pass('0s');
    expect(refusalOf(clinician.stage(prescriptionOf({ opening })))).toMatchObject({ code: 'occlusion', also: [] });
    expect(refusalOf(clinician.stage(prescriptionOf({ opening: DELAYED })))).toBeUndefined();
  });

  test('that allows no program stands against every opening', () => {
    const { pump, clinician } = implantedPump({ ...SENSING, occlusionPolicy: 'minimumRate' });
    clinician.prescribe(prescriptionOf());
    pump.plant.inflict({ type: 'begins', condition: 'occlusion' });
    pump.pass('0s');
    const codes = [PRIME, BRIDGE, DELAYED].map((opening) => refusalOf(clinician.stage(prescriptionOf({ opening }))));
    expect(codes.map((refusal) => [refusal?.code, refusal?.also])).toEqual([
      ['occlusion', ['openingHeld']],
      ['occlusion', ['openingHeld']],
      ['openingHeld', []],
    ]);
  });
});

describe('a battery that falters', () => {
  test.each([
    ['minimumRate', 'minimumRate', null],
    ['stop', 'stopped', 'safeState'],
  ] as const)('ends a delayed start in a safe state, %s, and nothing begins by itself', (safeState, infusion, why) => {
    const { pump } = opened(DELAYED, {}, { safeState });
    pump.plant.inflict({ type: 'batteryReset', safeState: true });
    pump.pass('26h');
    expect(pump.status()).toMatchObject({ infusion, openingEnded: { type: 'delayed', why: 'reset' } });
    expect(pump.status().stopped?.why ?? null).toBe(why);
  });

  test('lets a delayed start wait on without a safe state', () => {
    const made = opened(DELAYED);
    made.pump.plant.inflict({ type: 'batteryReset', safeState: false });
    expect(stateOf(made)[0]).toBe('delayed');
    made.pump.pass('25h');
    expect(stateOf(made)).toEqual(['basal', '0.5 mL/day']);
  });
});

test('what a self-test holds back begins nothing either: an opening is refused until it is over', () => {
  const { pump, clinician } = implantedPump({ selfTest: parseDuration('1min') });
  clinician.prescribe(prescriptionOf());
  pump.reset(false);
  const again = pump.open('clinician');
  expect(refusalOf(again.stage(prescriptionOf({ opening: PRIME })))?.code).toBe('openingHeld');
  pump.pass('1min');
  expect(refusalOf(again.stage(prescriptionOf({ opening: PRIME })))).toBeUndefined();
});

test('a stop during a prime completes the stroke under way, beside what the prime delivered', () => {
  const { pump, clinician } = opened(PRIME);
  pump.pass('1min 0.007s');
  const before = pump.status().volume;
  clinician.do('stop');
  const [ended] = pump.logged('openingEnded');
  const [{ stroke } = { stroke: 0 }] = pump.logged('deliveryStopped').slice(-1);
  expect(ended).toMatchObject({ why: 'stop', delivered: 24_000_000 * 60_007 });
  expect(Number(stroke)).toBeGreaterThan(0);
  expect(pump.status().volume).toBe(before - Number(stroke));
  const { strokeVolume } = pump.profile;
  expect((Number(volume.parse('20 mL')) - pump.status().volume) % strokeVolume).toBe(0);
});

test('a prescription that calls low what its prime or bridge would begin on is refused where that ends boluses', () => {
  const { clinician } = implantedPump({ lowReservoirPolicy: 'basalOnly' });
  clinician.prescribe(prescriptionOf());
  for (const opening of [PRIME, BRIDGE])
    expect(refusalOf(clinician.stage(prescriptionOf({ opening, lowReservoir: '20 mL' })))?.code).toBe('lowReservoir');
});

test('an update that comes to nothing during a delayed start leaves the minimum rate: the program begins no earlier', () => {
  const { pump } = opened(DELAYED, {}, { onUpdateAbort: 'resumeOld' });
  const clinician = pump.open('clinician');
  const next = prescriptionOf();
  clinician.stage(next, false, false, true);
  clinician.begin(next);
  clinician.do('closeSession');
  expect(pump.status()).toMatchObject({ infusion: 'minimumRate', opening: null, openingEnded: { why: 'update' } });
});

test('a bolus that the update will end does not flow on in what is told of the next one, all through a prime', () => {
  const doseLimit = { dose: '60 mcg', window: '4h' };
  const asked = { basal: '0.1 mL/day', bolus: { lockout: '1h' }, doseLimit };
  const { pump, clinician } = implantedPump();
  clinician.prescribe(prescriptionOf(asked));
  pump.open('patient').do('requestBolus');
  pump.pass('1ms');
  const answer = clinician.stage(prescriptionOf({ ...asked, opening: { ...PRIME, duration: parseDuration('6h') } }));
  expect(answer).toMatchObject({ reply: { payload: { nextBolus: 6 * HOUR + 1 } } });
});
