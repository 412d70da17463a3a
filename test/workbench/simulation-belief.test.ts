import { describe, expect, test } from 'vitest';
import { concentration, parseDuration, proportion, volume } from '../../shared/index.ts';
import { bench, mL, prescribe, running } from '../harness.ts';

const solution = [{ name: 'baclofen', concentration: concentration.parse('500 mcg/mL') }] as const;
const days = (count: number) => parseDuration(`${count}d`);

/** A pump into which one volume was injected and for which another was typed. */
function filled(injected: string, typed: string) {
  const made = bench();
  made.sim.act({ by: 'hands', act: { type: 'inject', volume: mL(injected), solution } });
  expect(made.clinician({ type: 'refill', aspirated: null, volume: mL(typed) })).toEqual({ done: true });
  made.clinician({ type: 'implant' });
  made.clinician(
    prescribe({ drug: 'baclofen', concentration: '500 mcg/mL', basal: '200 mcg/day', lowReservoir: '2 mL' }),
  );
  return made;
}

const told = (records: ReturnType<typeof bench>['records'], kind: string) =>
  records.filter((record) => record.layer === 'plant' && record.kind === kind).map(({ t }) => t);

describe('a volume typed at the refill is what the pump believes, whatever the syringe held', () => {
  test('typed too large: the pump runs dry while it believes in 10 mL, and its alarm comes 25 days too late', () => {
    const { sim, records, logged } = filled('10', '20');
    sim.advance(days(25));
    expect(told(records, 'ranDry')).toEqual([days(25)]);
    expect(sim.truth()).toMatchObject({ reservoir: 0, flow: 0 });
    expect(sim.belief()).toMatchObject({ volume: mL('10'), infusion: 'basal', reservoir: 'normal', alarms: [] });
    sim.advance(days(35));
    expect(logged('alarmRaised')).toEqual([
      { at: days(45), code: 'lowReservoir' },
      { at: days(50), code: 'emptyReservoir' },
    ]);
  });

  test('typed too small: the alarm comes early, and the pump delivers on past the volume it believed in', () => {
    const { sim, logged } = filled('20', '10');
    sim.advance(days(40));
    expect(logged('alarmRaised').map(({ at }) => at)).toEqual([days(20), days(25)]);
    expect(sim.belief().volume).toBe(0);
    expect(volume.format(sim.truth().reservoir)).toBe('4 mL');
    expect(volume.format(sim.truth().delivered)).toBe('16 mL');
  });
});

describe('no needle changes what the pump believes, no command moves fluid', () => {
  test('hands', () => {
    const { sim } = running();
    const believed = sim.belief();
    sim.act({ by: 'hands', act: { type: 'drain' } });
    sim.act({ by: 'hands', act: { type: 'inject', volume: mL('5'), solution } });
    sim.act({ by: 'world', act: { type: 'flowBias', by: proportion.parse('+15 %') } });
    expect(sim.belief()).toEqual(believed);
  });

  test('a refill typed', () => {
    const { sim, clinician } = running();
    const { reservoir, injected, aspirated, delivered } = sim.truth();
    clinician({ type: 'refill', aspirated: null, volume: mL('3') });
    expect(sim.truth()).toMatchObject({ reservoir, injected, aspirated, delivered });
    expect(sim.belief().volume).toBe(mL('3'));
  });
});

describe('what was aspirated', () => {
  test('can be typed from the syringe, which may err, and is shown against what the pump expected', () => {
    const { sim, clinician, advance } = running();
    advance('30d');
    sim.act({ by: 'world', act: { type: 'syringeError', by: proportion.parse('-10 %') } });
    expect(sim.act({ by: 'hands', act: { type: 'drain' } })).toEqual({ done: true });
    sim.act({ by: 'hands', act: { type: 'inject', volume: mL('20'), solution: null } });
    expect(clinician({ type: 'refill', aspirated: 'measured', volume: mL('20') })).toEqual({ done: true });
    expect(sim.knows.refill).toEqual({
      expected: mL('8'),
      commanded: mL('12'),
      aspirated: mL('7.2'),
      entered: mL('20'),
    });
    expect(sim.truth().aspirated).toBe(BigInt(mL('8')));
  });

  test('is a share of all that was commanded, also beyond an empty reservoir', () => {
    const { clinician, advance, sim } = running();
    advance('60d');
    clinician({ type: 'refill', aspirated: mL('1'), volume: mL('20') });
    // 24 mL were commanded, 20 entered: 0 mL expected, 1 mL there, 1/24 of what was programmed.
    expect(sim.screen().fields).toContainEqual(expect.objectContaining({ name: 'refillShare', text: '−4.2 %' }));
  });

  test('cannot be typed from a syringe nobody has drawn', () => {
    const { clinician, sim } = running();
    const before = sim.belief();
    expect(clinician({ type: 'refill', aspirated: 'measured', volume: mL('20') })).toEqual({
      refused: 'notMeasured',
      by: 'programmer',
    });
    expect(sim.belief()).toEqual(before);
  });
});

test('a silent over-infusion: dry five days before the alarm that should have come first', () => {
  const { sim, records, logged, clinician } = running();
  sim.act({ by: 'world', act: { type: 'flowBias', by: proportion.parse('+25 %') } });
  sim.advance(days(60));
  expect(told(records, 'ranDry')).toEqual([days(40)]);
  expect(logged('alarmRaised')[0]).toEqual({ at: days(45), code: 'lowReservoir' });
  clinician({ type: 'interrogate' });
  expect(sim.screen().fields).toContainEqual(expect.objectContaining({ name: 'mode', text: 'basal delivery' }));
});
