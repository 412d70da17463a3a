import { expect } from 'vitest';
import { rate } from '../../shared/index.ts';
import { simulate } from '../../workbench/index.ts';
import { expectThat, PROGRAM, running, toMinute, waiting } from './fixture.ts';
import { onBench, ordersOf } from './on-bench.ts';
import { requirement, requirementPart } from './requirement.ts';

requirement('AT-01', () => {
  const pump = waiting();
  toMinute(pump, 60);
  expectThat(pump, { truth: { delivered: '0 mL' } });
  pump.clinician('resume');
  toMinute(pump, 660);
  pump.clinician('stop');
  toMinute(pump, 700);
  expectThat(pump, { truth: { delivered: '60.000 mL' }, log: { deliveryStarted: 1, deliveryStopped: 2 } });
});

requirement('AT-02', () => {
  const pump = running();
  const rates = () => pump.trace.filter(({ kind }) => kind === 'rate').at(-1)?.data;
  for (const act of ['stop', 'resume', 'stop'] as const) {
    pump.clinician(act);
    pump.advance('10min');
    expect(pump.belief.rate === 0).toBe(act === 'stop');
    expect(rates()).toMatchObject({ infusion: act === 'stop' ? 'stopped' : 'basal' });
  }
});

requirement('AT-03', () => {
  const pump = running();
  for (const minute of [0.001, 1, 59.999, 300]) {
    toMinute(pump, minute);
    expect(pump.belief).toMatchObject({ infusion: 'basal', rate: rate.parse('6 mL/h') });
  }
});

requirement('AT-04', () => {
  const pump = simulate('generic-pca');
  pump.clinician('interrogate');
  pump.clinician('implant');
  expect(pump.clinician('resume')).toMatchObject({ refused: 'noPrescription' });
  expectThat(pump, { belief: { infusion: 'stopped' }, log: { commandRefused: 1 } });
});

requirement('AT-05', () => {
  const pump = running();
  toMinute(pump, 30);
  expect(pump.clinician('resume')).toMatchObject({ refused: 'alreadyRunning' });
  toMinute(pump, 60);
  expectThat(pump, { truth: { delivered: '6.000 mL' }, log: { deliveryStarted: 1 } });
});

requirementPart('AT-06', 'nothing to clear', () => {
  const pump = running();
  pump.clinician('stop');
  const before = pump.belief;
  expect(pump.clinician('stop')).toMatchObject({ refused: 'alreadyStopped' });
  expect(pump.belief).toEqual(before);
});

requirementPart('AT-06', 'alarms to clear, the highest first', () => {
  const pump = running();
  for (const condition of ['underFlow', 'occlusion', 'overTemperature'] as const) pump.world({ begins: condition });
  for (const condition of ['underFlow', 'occlusion', 'overTemperature'] as const) pump.world({ ends: condition });
  const alarms = () => pump.belief.alarms.map(({ code }) => code);
  const before = { rate: pump.belief.rate, stopped: pump.belief.stopped, volume: pump.belief.volume };
  const left = [1, 2, 3].map(() => {
    expect(pump.clinician('stop')).toMatchObject({ done: true });
    return alarms();
  });
  expect(left).toEqual([['overTemperature', 'underFlow'], ['underFlow'], []]);
  expect(pump.clinician('stop')).toMatchObject({ refused: 'alreadyStopped' });
  expect({ rate: pump.belief.rate, stopped: pump.belief.stopped, volume: pump.belief.volume }).toEqual(before);
});

requirement('AT-08', () => {
  const answers = ['0.99 mL/h', '1 mL/h', '10 mL/h', '10.01 mL/h'].map((constant) => {
    const pump = waiting();
    const prescribe = { ...PROGRAM, constant, patientBolus: 'none', ceiling: '3000 mg/day' } as const;
    const answer = pump.clinician({ prescribe });
    return 'refused' in answer ? answer.refused : pump.belief.prescription?.program;
  });
  expect(answers).toEqual([
    'basalBelowMinimum',
    { type: 'constant', rate: rate.parse('1 mL/h') },
    { type: 'constant', rate: rate.parse('10 mL/h') },
    'basalAboveMaximum',
  ]);
});

requirementPart('AT-09', 'edited, reviewed, discarded', () => {
  const curve = (isEditing: boolean) => {
    const pump = running();
    toMinute(pump, 60);
    if (isEditing) {
      pump.clinician({ edit: { constant: '9 mL/h' } });
      pump.clinician('review');
      toMinute(pump, 70);
      pump.clinician('discard');
    }
    toMinute(pump, 300);
    return pump.trace.filter(({ kind }) => kind === 'rate').map(({ t, data }) => ({ t, data }));
  };
  expect(curve(true)).toEqual(curve(false));
});

requirementPart('AT-09', 'staged, and left', () => {
  const left = (isStaged: boolean) => {
    const { pump, clinician } = onBench('generic-pca');
    if (isStaged) expect(clinician.stage(ordersOf('generic-pca', { constant: '9 mL/h' }))).toMatchObject({ reply: {} });
    pump.pass('5min');
    const staged = pump.status();
    clinician.do('closeSession');
    pump.pass('5min');
    return { staged: staged.rate, ...pump.status() };
  };
  expect(left(true)).toEqual(left(false));
});

requirement('AT-10', () => {
  const pump = running();
  toMinute(pump, 120);
  pump.press();
  toMinute(pump, 122);
  expectThat(pump, { belief: { infusion: 'basal', rate: '6 mL/h' } });
  expect(pump.belief.prescription?.program).toEqual({ type: 'constant', rate: rate.parse('6 mL/h') });
});

requirement('AT-11', () => {
  const pump = running();
  toMinute(pump, 60);
  pump.hands('drain');
  pump.hands({ inject: { volume: '50 mL', morphine: '2 mg/mL' } });
  pump.clinician({ refill: { volume: '50 mL' } });
  // Twice as strong at the same rate is twice the dose: its ceiling has to be raised with it.
  const prescribe = { ...PROGRAM, morphine: '2 mg/mL', ceiling: '400 mg/day' };
  expect(pump.clinician({ prescribe })).toMatchObject({ done: true });
  expectThat(pump, { belief: { stopped: 'awaitingStart', rate: '0 mL/h', reservoir: '50.000 mL' } });
  toMinute(pump, 120);
  expectThat(pump, { belief: { infusion: 'stopped', reservoir: '50.000 mL' } });
  pump.clinician('resume');
  expectThat(pump, { belief: { infusion: 'basal', rate: '6 mL/h' } });
});

requirement('AT-13', () => {
  const pump = running();
  toMinute(pump, 120);
  pump.clinician('stop');
  toMinute(pump, 240);
  expectThat(pump, { truth: { delivered: '12.000 mL' } });
  pump.clinician('resume');
  toMinute(pump, 300);
  expectThat(pump, { truth: { delivered: '18.000 mL' }, belief: { infusion: 'basal' } });
});
