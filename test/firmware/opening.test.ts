import { describe, expect, test } from 'vitest';
import { type Opening, parseDuration, rate, span, volume } from '../../shared/index.ts';
import { implantedPump, refusalOf } from './bare-pump.ts';
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
    expect(refusalOf(pump.open('patient').do('requestBolus'))?.code).toBe('minimumRate');
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
