import { describe, expect, test } from 'vitest';
import { rate } from '../../shared/index.ts';
import { ChartOnBench, logged, runningChart } from './chart-on-bench.ts';
import { daily } from './commanded.ts';
import { DAY, HOUR, prescriptionOf, stagedOf, WALL } from './prescriptions.ts';

const old = prescriptionOf();
const next = prescriptionOf({ basal: '0.6 mL/day' });

describe('staging', () => {
  test('changes nothing that runs', () => {
    const pump = runningChart({}, old);
    pump.pass('1h');
    pump.send({ type: 'SESSION_OPENED', role: 'clinician' });
    const { staged: _, ...before } = pump.context;
    expect(pump.send({ type: 'STAGE', staged: stagedOf(next) })).toEqual([]);
    const { staged, ...after } = pump.context;
    expect(after).toEqual(before);
    expect(staged).toEqual(stagedOf(next));
  });

  test('is forgotten with the session', () => {
    const pump = runningChart({}, old);
    pump.send({ type: 'SESSION_OPENED', role: 'clinician' });
    pump.send({ type: 'STAGE', staged: stagedOf(next) });
    pump.closeSession();
    expect(pump.context.staged).toBeNull();
  });

  test('of something else takes the place of what was staged before', () => {
    const pump = runningChart({}, old);
    pump.send({ type: 'SESSION_OPENED', role: 'clinician' });
    pump.send({ type: 'STAGE', staged: stagedOf(next) });
    pump.send({ type: 'STAGE', staged: stagedOf(old) });
    pump.send({ type: 'UPDATE_BEGIN', digest: stagedOf(next).digest });
    expect(pump.at('infusion')).toBe('basal');
  });
});

describe('the first frame of the confirmed transfer', () => {
  test('stops delivery and leaves the old prescription whole', () => {
    const pump = runningChart({}, old);
    pump.pass('1h');
    pump.beginUpdate(next);
    expect(pump.at('infusion')).toBe('updating');
    expect(pump.context).toMatchObject({ rate: 0, prescription: old, record: 1, idleSince: HOUR });
  });

  test('ends a running bolus, which stays counted and does not resume', () => {
    const pump = runningChart({}, old);
    pump.press();
    pump.pass('30s');
    pump.beginUpdate(next);
    expect(pump.context.lastBolus).toMatchObject({ why: 'update', start: 0, ended: 30_000 });
    pump.send({ type: 'UPDATE_COMMIT', digest: stagedOf(next).digest, role: 'clinician', library: null });
    expect(pump.context).toMatchObject({ bolus: null, granted: 1, grants: [0], rate: rate.parse('0.6 mL/day') });
  });
});

describe('after a commit', () => {
  test('afterCommit resume: the new basal rate runs at once', () => {
    const pump = runningChart({ afterCommit: 'resume' }, old);
    pump.pass('1h');
    const effects = pump.commit(next);
    expect(pump.at('infusion')).toBe('basal');
    expect(pump.context).toMatchObject({ prescription: next, record: 2, rate: 600_000, staged: null, update: null });
    expect(effects.map(({ type }) => type)).toEqual(['drive', 'record', 'log', 'log']);
    expect(logged(effects)).toEqual(['prescriptionCommitted', 'deliveryStarted']);
  });

  test('afterCommit waitForStart: it waits, and a resume starts it', () => {
    const pump = runningChart({ afterCommit: 'waitForStart' }, old);
    pump.pass('1h');
    pump.commit(next, true);
    expect(pump.context).toMatchObject({ stopped: { why: 'awaitingStart', since: HOUR }, prescription: next, rate: 0 });
    pump.send({ type: 'RESUME' });
    expect(pump.at('infusion')).toBe('basal');
    expect(pump.context.rate).toBe(600_000);
  });

  test('a commit of something else than was staged changes nothing and leaves the update open', () => {
    const pump = runningChart({}, old);
    pump.beginUpdate(next);
    expect(
      pump.send({ type: 'UPDATE_COMMIT', digest: stagedOf(old).digest, role: 'clinician', library: null }),
    ).toEqual([]);
    expect(pump.at('infusion')).toBe('updating');
    expect(pump.context).toMatchObject({ prescription: old, record: 1 });
  });
});

describe('a pump that a clinician stopped', () => {
  const stopped = (changes: ConstructorParameters<typeof ChartOnBench>[0] = {}) => {
    const pump = runningChart(changes, old);
    pump.send({ type: 'STOP' });
    pump.pass('1h');
    return pump;
  };

  test('stays stopped, since then and for that reason, under a prescription that does not say run', () => {
    const pump = stopped();
    pump.commit(next, false);
    expect(pump.context).toMatchObject({ stopped: { why: 'clinician', since: 0 }, prescription: next, rate: 0 });
  });

  test('starts under one that does', () => {
    const pump = stopped();
    pump.commit(next, true);
    expect(pump.at('infusion')).toBe('basal');
  });

  test('stays stopped when an update is interrupted and the old mode resumes', () => {
    const pump = stopped({ onUpdateAbort: 'resumeOld' });
    pump.beginUpdate(next, true);
    pump.closeSession(true);
    expect(pump.context.stopped).toEqual({ why: 'clinician', since: 0 });
  });

  test('is not started by a later prescription that does not say run, an interrupted update in between', () => {
    const pump = stopped({ onUpdateAbort: 'stayStopped' });
    pump.beginUpdate(next);
    pump.closeSession(true);
    expect(pump.at('infusion')).toBe('stopped');
    pump.commit(next, false);
    expect(pump.at('infusion')).toBe('stopped');
  });
});

describe('an update interrupted', () => {
  test('onUpdateAbort stayStopped: the old prescription whole, nothing delivered, and it says why', () => {
    const pump = runningChart({ onUpdateAbort: 'stayStopped' }, old);
    pump.pass('1h');
    pump.beginUpdate(next);
    pump.pass('1min');
    expect(logged(pump.closeSession(true))).toEqual(['updateInterrupted', 'deliveryStopped', 'sessionClosed']);
    expect(pump.context).toMatchObject({
      stopped: { why: 'updateInterrupted', since: HOUR },
      prescription: old,
      record: 1,
      rate: 0,
      staged: null,
      update: null,
      idleSince: HOUR,
    });
    pump.send({ type: 'RESUME' });
    expect(pump.context.rate).toBe(400_000);
  });

  test('onUpdateAbort resumeOld: the old basal rate again', () => {
    const pump = runningChart({ onUpdateAbort: 'resumeOld' }, old);
    pump.pass('1h');
    pump.beginUpdate(next);
    pump.pass('1min');
    expect(logged(pump.closeSession(true))).toEqual(['updateInterrupted', 'deliveryStarted', 'sessionClosed']);
    expect(pump.context).toMatchObject({ stopped: null, prescription: old, record: 1, rate: 400_000 });
  });

  test('onUpdateAbort resumeOld at a low reservoir: what the policy leaves', () => {
    const pump = runningChart({ onUpdateAbort: 'resumeOld', lowReservoirPolicy: 'minimumRate' }, old);
    pump.passTo(45 * DAY);
    pump.beginUpdate(next);
    pump.closeSession(true);
    expect(pump.at('infusion')).toBe('minimumRate');
  });

  test('onUpdateAbort resumeOld of a pump at its minimum rate: no more than that, though refilled meanwhile', () => {
    const pump = runningChart({ onUpdateAbort: 'resumeOld', lowReservoirPolicy: 'minimumRate' }, old);
    pump.passTo(45 * DAY);
    pump.enter('20 mL');
    pump.beginUpdate(next);
    pump.closeSession(true);
    expect(pump.at('infusion')).toBe('minimumRate');
    pump.send({ type: 'RESUME' });
    expect(pump.at('infusion')).toBe('basal');
  });

  test('onUpdateAbort resumeOld to the minimum rate in a step of nothing: a step of zero, its deadline running', () => {
    const program = daily({ '00:00': '0 mL/day' });
    const pump = runningChart({ onUpdateAbort: 'resumeOld' }, { ...old, program });
    pump.send({ type: 'MINIMUM_RATE' });
    pump.pass('1h');
    pump.beginUpdate(next);
    expect(logged(pump.closeSession(true))).toEqual([
      'updateInterrupted',
      'minimumRateStarted',
      'zeroStep',
      'sessionClosed',
    ]);
    expect(pump.context).toMatchObject({ rate: 0, stopped: null, idleSince: 0 });
    pump.passTo(2 * DAY);
    expect(pump.context.stoppedTooLong).toBe(2 * DAY);
  });

  test('onUpdateAbort resumeOld of a pump never started: still never started', () => {
    const pump = new ChartOnBench({ onUpdateAbort: 'resumeOld' });
    pump.send({ type: 'POWER_ON' });
    pump.enter('20 mL');
    pump.send({ type: 'IMPLANT', wall: WALL });
    pump.beginUpdate(next);
    pump.closeSession(true);
    expect(pump.context).toMatchObject({ stopped: { why: 'notStarted', since: 0 }, prescription: null });
  });

  test('the patient’s session closing interrupts nothing', () => {
    const pump = runningChart({}, old);
    pump.beginUpdate(next);
    pump.closeSession(true, 'patient');
    expect(pump.at('infusion')).toBe('updating');
  });

  test('a stop in the middle of an update is a clinician’s stop, the old prescription whole', () => {
    const pump = runningChart({}, old);
    pump.beginUpdate(next);
    expect(logged(pump.send({ type: 'STOP' }))).toEqual(['updateInterrupted', 'deliveryStopped']);
    expect(pump.context).toMatchObject({ stopped: { why: 'clinician', since: 0 }, prescription: old, staged: null });
    expect(
      pump.send({ type: 'UPDATE_COMMIT', digest: stagedOf(next).digest, role: 'clinician', library: null }),
    ).toEqual([]);
  });
});
