import { expect } from 'vitest';
import { EventLog, History } from '../../firmware-sim/index.ts';
import { instant, type Request, volume } from '../../shared/index.ts';
import { BarePump, implantedPump, refusalOf, SERIAL } from '../firmware/bare-pump.ts';
import { prescriptionOf, WALL } from '../firmware/prescriptions.ts';
import { HandStation } from '../firmware/station.ts';
import { profileOf } from '../harness.ts';
import { expectThat, minute, pressAt, rates, running, toMinute } from './fixture.ts';
import { requirement, requirementPart } from './requirement.ts';

const PCA = profileOf('generic-pca');
const F = prescriptionOf({
  basal: '6 mL/h',
  bolus: { rate: '60 mL/h', duration: '1min', lockout: '30min', maxPerDay: 48 },
  ceiling: '1000 mg/day',
  lowReservoir: '1 mL',
});

requirement('AT-97', () => {
  const pump = running();
  toMinute(pump, 120);
  expect(pump.clinician('minimumRate')).toMatchObject({ done: true });
  expectThat(pump, { belief: { infusion: 'minimumRate', rate: '1 mL/h' } });
  toMinute(pump, 180);
  expect(pump.clinician('resume')).toMatchObject({ done: true });
  expectThat(pump, { belief: { infusion: 'basal', rate: '6 mL/h' } });
  const before = rates(pump).length;
  pump.world('disconnect');
  expect(pump.clinician('minimumRate')).toMatchObject({ refused: 'noAnswer' });
  toMinute(pump, 240);
  expect(rates(pump)).toHaveLength(before);
  // 120 and 60 min of basal, 60 min of the minimum rate between them.
  expectThat(pump, { belief: { infusion: 'basal' }, truth: { delivered: '19.000 mL' } });
});

const COMMANDS: readonly Request[] = [
  { name: 'stop', payload: {} },
  { name: 'minimumRate', payload: {} },
  { name: 'requestBolus', payload: {} },
  { name: 'enterReservoir', payload: { serial: SERIAL, volume: volume.parse('10 mL'), aspirated: null } },
  { name: 'setClock', payload: { wall: WALL } },
  {
    name: 'stagePrescription',
    payload: { serial: SERIAL, prescription: F, run: true, override: true, endOpening: false },
  },
];

requirementPart('AT-98', 'of a stranger', () => {
  const { pump, clinician } = implantedPump(PCA);
  clinician.prescribe(F);
  clinician.do('resume');
  clinician.do('closeSession');
  const before = pump.status();
  // Somebody who does not know the pump’s key, and speaks as if he had been let in.
  const stranger = new HandStation((bytes) => pump.give(bytes), 'clinician', 'ANOTHER-PUMP');
  expect(refusalOf(stranger.open())?.code).toBe('notPaired');
  for (const command of COMMANDS) expect(pump.give(stranger.frame(command))).toBeUndefined();
  // Nor without a key at all, as if in no session.
  [stranger.session, stranger.key] = [0, null];
  for (const command of COMMANDS) expect(refusalOf(stranger.ask(command))?.code).toBe('noSession');
  expect(pump.status()).toEqual(before);
  expect(pump.logged('frameRejected').map(({ error }) => error)).toContain('tag');
});

requirementPart('AT-98', 'into an open session', () => {
  // An open session of somebody else is no way in: a frame without its key’s tag is not answered, and logged.
  const { pump, clinician } = implantedPump(PCA);
  clinician.prescribe(F);
  clinician.do('resume');
  const before = pump.status();
  const forged = new HandStation((bytes) => pump.give(bytes), 'clinician', 'ANOTHER-PUMP');
  forged.greet();
  [forged.session, forged.sequence] = [clinician.session, clinician.sequence + 100];
  for (const command of COMMANDS) expect(pump.give(forged.frame(command))).toBeUndefined();
  expect(pump.status()).toEqual(before);
  expect(pump.logged('frameRejected').at(-1)).toMatchObject({ error: 'tag' });
});

requirementPart('AT-100', 'a reset', () => {
  const pump = running();
  pressAt(pump, 120);
  pressAt(pump, 123);
  const kept = () => {
    const { granted, denied, record, prescription, bolusesGiven } = pump.belief;
    return { granted, denied, record, prescription, bolusesGiven };
  };
  const before = kept();
  expect(before).toMatchObject({ granted: 1, denied: 1, record: 1 });
  for (const clock of ['kept', 'lost'] as const) {
    pump.world({ reset: { clock } });
    expect(kept()).toEqual(before);
  }
  pump.clinician('readHistory');
  expectThat(pump, { screen: { historyEntries: 1 } });
});

requirementPart('AT-100', '96 h without power', () => {
  const { pump, clinician } = implantedPump(PCA);
  clinician.enter('100 mL');
  clinician.prescribe(F);
  clinician.do('resume');
  pump.pass('2h');
  const patient = pump.open('patient');
  patient.do('requestBolus');
  pump.pass('10ms');
  expect(refusalOf(patient.do('requestBolus'))?.code).toBe('bolusRunning');
  const [kept, log] = [pump.status(), EventLog.inStore(pump.store, PCA.logCapacity)];
  const history = History.inStore(pump.store, PCA.historyCapacity).entries;

  // All that is left of it after days is its store; nobody tells it how long they were.
  const again = new BarePump(PCA, 'table', pump.store, { at: instant(0), timeLost: true });
  const { granted, denied, record, prescription, bolusesGiven } = again.status();
  expect({ granted, denied, record, prescription, bolusesGiven }).toEqual({
    granted: 1,
    denied: 1,
    record: 1,
    prescription: kept.prescription,
    bolusesGiven: 1,
  });
  expect(History.inStore(again.store, PCA.historyCapacity).entries).toEqual(history);
  again.pass('1min');
  expect(refusalOf(again.open('patient').do('requestBolus'))?.code).toBe('lockedOut');
  const after = EventLog.inStore(again.store, PCA.logCapacity);
  expect(after.slice(0, log.length)).toEqual(log);
  expect(after.slice(log.length).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['reset', 'bolusEnded', 'bolusDenied']),
  );
  expect(after.map(({ at }) => at)).toEqual(after.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(after.map(({ number }) => number)).toEqual(after.map((_, i) => i + 1));
  // Two requests 10 ms apart are told apart by their time.
  const asked = after.filter(({ kind }) => kind === 'bolusGranted' || kind === 'bolusDenied').map(({ at }) => at);
  expect(asked.slice(0, 2)).toEqual([minute(120), minute(120) + 10]);
});
