import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sure, volume } from '../../shared/index.ts';
import { profileNamed, readAct, type Start, simulate, WrittenError } from '../../workbench/index.ts';
import { sabotaged } from '../integration/cli.ts';

const BACLOFEN: Start = {
  fill: { volume: '20 mL', baclofen: '500 mcg/mL' },
  prescribe: { constant: '200 mcg/day', lowReservoir: '2 mL' },
};

const SHEET = sure(profileNamed('synchromed-ii-like-20'), 'profile');
const STROKELESS = {
  ...SHEET,
  parameters: { ...SHEET.parameters, strokeVolume: { ...SHEET.parameters.strokeVolume, value: 0 } },
};

describe('a simulated pump', () => {
  test('is filled and runs as prescribed, and its time passes in the words of a scenario', () => {
    const pump = simulate('synchromed-ii-like-20', BACLOFEN);
    expect(pump.belief).toMatchObject({ service: 'inService', infusion: 'basal', volume: volume.parse('20 mL') });
    pump.advance('3d 12h');
    expect(pump.time).toBe('3d 12h');
    expect(pump.truth.reservoir).toBe(volume.parse('18.6 mL'));
    pump.until({ alarm: 'lowReservoir' }, '60d');
    expect(pump.time).toBe('45d');
  });

  test('takes every act a step of a scenario can have and answers what became of it', () => {
    const pump = simulate('synchromed-ii-like-20', BACLOFEN, { faults: [{ syringeError: '-10 %' }] });
    pump.advance('10d');
    expect(pump.clinician('interrogate')).toMatchObject({ done: true });
    expect(pump.screen.title).toBe('Pump status');
    expect(pump.hands('drain')).toMatchObject({ done: true });
    expect(pump.hands({ inject: '20 mL' })).toMatchObject({ done: true });
    const refill = { aspirated: 'measured', volume: '20 mL' };
    expect(pump.clinician({ refill })).toMatchObject({ refused: 'reasonNeeded', by: 'programmer' });
    expect(pump.clinician({ refill: { ...refill, reason: 'misread' } })).toMatchObject({ done: true });
    expect(pump.check({ screen: { refillExpected: '16 mL', refillAspirated: '14.4 mL' } })).toEqual([
      expect.objectContaining({ met: true }),
      expect.objectContaining({ met: true }),
    ]);
    expect(pump.world({ flowBias: '+15 %' })).toMatchObject({ done: true });
    expect(
      pump.check({ truth: { rate: '0.46 mL/day' }, log: { reservoirEntered: 2 }, history: { entries: 1 } }),
    ).toEqual(Array(3).fill(expect.objectContaining({ met: true })));
    expect(pump.press()).toMatchObject({ refused: 'notEnabled', at: 10 * 86_400_000 });
    expect(pump.patient('requestBolus')).toMatchObject({ refused: 'notEnabled' });
    expect(pump.trace.at(0)).toMatchObject({ n: 1, t: 0 });
  });

  test('is fresh from the shelf where nothing is filled', () => {
    expect(simulate('generic-pca').belief).toMatchObject({ service: 'shelf', prescription: null });
  });

  test('says the same on both executors', () => {
    const life = (executor: 'xstate' | 'table') => {
      const pump = simulate('synchromed-ii-like-20', BACLOFEN, { executor });
      pump.until({ alarm: 'lowReservoir' }, '60d');
      return pump.trace;
    };
    expect(life('table')).toEqual(life('xstate'));
  });

  test('shows a clinician the date it is told to begin at', () => {
    const pump = simulate('synchromed-ii-like-20', BACLOFEN, { clock: '2031-12-31 08:00' });
    pump.clinician('interrogate');
    expect(pump.check({ screen: { lowReservoirDate: '2032-02-14' } })).toEqual([
      expect.objectContaining({ met: true }),
    ]);
  });
});

/** What does not compile is given all the same, as from JavaScript. */
const js = (text: string) => JSON.parse(text);

describe('what cannot be used is refused, with where and what was expected', () => {
  const pump = () => simulate('synchromed-ii-like-20', BACLOFEN);
  const cases: readonly (readonly [string, () => unknown, string])[] = [
    ['a profile', () => simulate('toaster', BACLOFEN), 'simulate: profile: expected one of synchromed-ii-like-20'],
    [
      'a volume without a unit',
      () => simulate('generic-pca', { fill: { volume: '20' } }),
      'simulate: start.fill.volume: "20": expected a volume such as "2.5 mL"',
    ],
    [
      'a key',
      () => simulate('generic-pca', { fill: { volume: '20 mL', ...js('{"key": 1}') } }),
      'simulate: start.fill: unknown key "key": expected one of volume, baclofen',
    ],
    ['an executor', () => simulate('generic-pca', undefined, { executor: js('"x"') }), 'simulate: executor: '],
    [
      'a clock',
      () => simulate('generic-pca', undefined, { clock: 'noon' }),
      'simulate: clock: "noon": expected a date',
    ],
    [
      'a rate no pump of the profile has',
      () =>
        simulate('generic-pca', { fill: { volume: '9 mL', morphine: '1 mg/mL' }, prescribe: { constant: '1 mL/day' } }),
      'simulate: start.prescribe.constant: 1 mL/day is no rate of generic-pca',
    ],
    [
      'a start that the pump refuses',
      () =>
        simulate('synchromed-ii-like-20', { ...BACLOFEN, prescribe: { constant: '2 mL/day', ceiling: '1 mcg/day' } }),
      'simulate: start.prescribe: prescribe refused as aboveCeiling: the daily dose with all boluses exceeds',
    ],
    [
      'a start hands refuse',
      () => simulate('generic-pca', { fill: { volume: '20 mL' } }),
      'refused as unknownSolution',
    ],
    ['a span of time', () => pump().advance('3'), 'advance: "3": expected a span of time'],
    ['a number for a text', () => pump().advance(js('3')), 'advance: 3: expected a span of time such as "62d 4h"'],
    ['no condition', () => pump().until({}, '3d'), 'until: expected exactly one condition'],
    ['no limit', () => pump().until({ truth: 'dry' }, ''), 'until, at most: "": expected a span of time'],
    [
      'a dose in an act',
      () => pump().clinician({ prescribe: { constant: '3' } }),
      'act: clinician.prescribe.constant: "3": expected a dose or a volume per day',
    ],
    [
      'an act',
      () => pump().hands(js('"x"')),
      'act: hands: expected one of drain, resetValve, film, askPatient, connectCatheter, disconnectCatheter, leaveScanner, resetMemory, or one of { aspirate: … }, { inject: … }, ',
    ],
    [
      'a key that no option has',
      () => simulate('generic-pca', undefined, js('{"never": []}')),
      'simulate: unknown key "never": expected one of clock, seed, faults, executor',
    ],
    [
      'a profile among options',
      () => simulate('generic-pca', undefined, js('{"profile": "x"}')),
      'unknown key "profile"',
    ],
    [
      'no start',
      () => simulate('generic-pca', js('null')),
      'simulate: start: null: expected keys and values, of fill, prescribe',
    ],
    ['nobody’s act', () => readAct({}), 'act: expected one of clinician, patient, hands, world'],
    ['no act', () => readAct(js('null')), 'act: expected one of clinician, patient, hands, world'],
    ['a sheet of nothing', () => simulate(js('{}')), 'simulate: profile.parameters: is missing'],
    [
      'a sheet of a device that cannot be',
      () => simulate(STROKELESS),
      'simulate: profile: profile synchromed-ii-like-20, strokeVolume: expected strokeVolume above 0',
    ],
    ['two acts', () => readAct({ hands: 'drain', clinician: 'stop' }), 'act: hands: one act a step'],
  ];
  test.each(cases)('%s', (_, work, message) => {
    expect(work).toThrow(WrittenError);
    expect(work).toThrow(message);
  });

  // From JavaScript, or where the compiler is not told about exact optional properties.
  const unset = (key: string) => ({ ...js('{}'), [key]: undefined });
  test.each([
    ['inject', () => pump().hands(unset('inject')), 'act: hands.inject: expected a volume'],
    ['aspirate', () => pump().hands(unset('aspirate')), 'act: hands.aspirate: expected a volume'],
    [
      'a drug',
      () => pump().hands({ inject: { volume: '1 mL', ...unset('morphine') } }),
      'act: hands.inject.morphine: ',
    ],
    ['refill', () => pump().clinician(unset('refill')), 'act: clinician.refill: is missing'],
    ['prescribe', () => pump().clinician(unset('prescribe')), 'act: clinician.prescribe: is missing'],
    ['a dose', () => pump().clinician({ prescribe: unset('constant') }), 'act: clinician.prescribe.constant: '],
    ['reset', () => pump().world(unset('reset')), 'act: world.reset: is missing'],
    ['flowBias', () => pump().world(unset('flowBias')), 'act: world.flowBias: expected a proportion'],
    ['an act', () => pump().hands(js('{}').act), 'act: expected one of clinician'],
    ['a condition', () => pump().until(unset('alarm'), '3d'), 'until: alarm: expected one of lowReservoir'],
    ['an expectation', () => pump().check({ belief: unset('rate') }), 'expect: belief.rate: expected a value'],
    ['a fill', () => simulate('generic-pca', unset('fill')), 'simulate: start.fill: is missing'],
  ])('%s that is undefined', (_, work, message) => {
    expect(work).toThrow(WrittenError);
    expect(work).toThrow(message);
  });

  test('an option that is undefined is one left out', () => {
    const options = { clock: undefined, seed: undefined, faults: undefined, executor: undefined };
    expect(simulate('synchromed-ii-like-20', BACLOFEN, options)).toStrictEqual(pump());
  });

  test('a wait that ends in vain throws at its end', () => {
    const waiting = pump();
    expect(() => waiting.until({ alarm: 'lowReservoir' }, '44d')).toThrow(
      'until alarm lowReservoir: it did not come within 44d',
    );
    expect(waiting.time).toBe('44d');
  });
});

describe('two simulated pumps', () => {
  const aged = (time: string) => {
    const pump = simulate('synchromed-ii-like-20', BACLOFEN);
    pump.advance(time);
    return pump;
  };

  test('are equal where time, belief, truth and screen are', () => {
    expect(aged('3d')).toStrictEqual(aged('3d'));
    expect(aged('3d')).not.toEqual(aged('4d'));
    expect(aged('0s')).not.toEqual(simulate('synchromed-ii-like-20'));
    const biased = aged('0s');
    biased.world({ flowBias: '+15 %' });
    expect(biased).not.toEqual(aged('0s'));
  });

  test('are printed by what they are equal by', () => {
    expect(aged('3d')).toMatchObject({ time: '3d', belief: { infusion: 'basal' }, screen: { title: 'No session' } });
    expect(Object.keys(aged('3d'))).toEqual(['time', 'belief', 'truth', 'screen']);
  });
});

test('the call that breaks an always-true rule throws, and names the rule', () => {
  const root = sabotaged(
    'firmware-sim/firmware/rules/stopped-pump.js',
    'return after(context.idleSince, context.profile.stoppedAlarm);',
    'return undefined;',
  );
  const script = `
    import { simulate } from ${JSON.stringify(join(root, 'dist/workbench/index.js'))};
    const pump = simulate('synchromed-ii-like-20', ${JSON.stringify(BACLOFEN)});
    pump.clinician('stop');
    pump.advance('47h');
    console.log('so far so good');
    try { pump.advance('2h'); } catch (error) { console.log(String(error)); }
  `;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stdout).toMatch(
    /^so far so good\nBrokenRule: always-true rule 2 broken \(delivery never stops in silence\) at .*\n {2}nothing delivered for 2d and no stopped-pump alarm\n$/,
  );
});
