import { describe, expect, test } from 'vitest';
import type { DeviceProfile } from '../../shared/index.ts';
import { mL, profileOf, running } from '../harness.ts';

/** A pump with 20 mL at 0.4 mL/day, ten days on, with 16 mL left. */
function tenDaysOn(safetyValve: DeviceProfile['safetyValve']) {
  const made = running({ profile: profileOf('valve-gated-like-20', { safetyValve }) });
  made.advance('10d');
  const world = () => made.sim.act({ by: 'world', act: { type: 'valvesOpen' } });
  const reset = () => made.sim.act({ by: 'hands', act: { type: 'resetValve' } });
  return { ...made, world, reset };
}

describe('in a strong field', () => {
  test('a pump without a safety valve empties itself into the patient, and believes that it runs on', () => {
    const { sim, world, advance } = tenDaysOn('none');
    world();
    expect(sim.truth()).toMatchObject({ reservoir: 0, flow: 0, delivered: BigInt(mL('20')) });
    advance('1d');
    expect(sim.belief()).toMatchObject({ volume: mL('15.6'), infusion: 'basal', alarms: [] });
  });

  test('it runs again once it is filled: there was nothing to shut', () => {
    const { sim, world, reset } = tenDaysOn('none');
    world();
    sim.act({ by: 'hands', act: { type: 'inject', volume: mL('10'), solution: null } });
    expect(sim.truth().flow).toBe(400_000);
    expect(reset()).toEqual({ refused: 'notShut', by: 'hands' });
  });

  test('a safety valve lets 10 mcL through and shuts, once', () => {
    const { sim, world } = tenDaysOn('flowActivated');
    world();
    world();
    expect(sim.truth()).toMatchObject({ reservoir: mL('15.99'), flow: 0, delivered: BigInt(mL('4.01')) });
    expect(sim.belief()).toMatchObject({ volume: mL('16'), rate: 400_000 });
  });

  test('what is less than 10 mcL is gone', () => {
    const { sim, world } = tenDaysOn('flowActivated');
    sim.act({ by: 'hands', act: { type: 'aspirate', volume: mL('15.995') } });
    world();
    expect(sim.truth()).toMatchObject({ reservoir: 0, delivered: BigInt(mL('4.005')) });
  });

  test('it stays shut for a stroke, a refill and a reset of the processor, until hands reset it', () => {
    const { sim, world, reset, clinician } = tenDaysOn('flowActivated');
    world();
    sim.act({ by: 'hands', act: { type: 'inject', volume: mL('1'), solution: null } });
    sim.act({ by: 'world', act: { type: 'reset', timeLost: false } });
    clinician({ type: 'stop' });
    clinician({ type: 'resume' });
    expect(sim.truth()).toMatchObject({ reservoir: mL('16.99'), flow: 0 });
    expect(reset()).toEqual({ done: true });
    expect(sim.truth().flow).toBe(400_000);
  });

  test('of an empty reservoir nothing flows, and nothing shuts', () => {
    const { sim, world, reset } = tenDaysOn('flowActivated');
    sim.act({ by: 'hands', act: { type: 'drain' } });
    world();
    expect(reset()).toMatchObject({ refused: 'notShut' });
  });

  test('another pump in its place has its valve open', () => {
    const { sim, world, reset } = tenDaysOn('flowActivated');
    world();
    sim.act({ by: 'hands', act: { type: 'replace', serial: 'THECAL-0002' } });
    expect(reset()).toMatchObject({ refused: 'notShut' });
  });

  test('a pump that turns a rotor has no such valves', () => {
    const { sim, world } = tenDaysOn('notNeeded');
    world();
    expect(sim.truth()).toMatchObject({ reservoir: mL('16'), flow: 400_000 });
  });
});
