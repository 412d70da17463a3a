import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  FAULT_NAMES,
  FAULT_SHEETS,
  type FaultName,
  faultsIn,
  type LoadedScenario,
  loadScenario,
  runScenario,
} from '../../workbench/index.ts';
import { worldAct } from '../../workbench/scenario/acts.ts';
import type { Simulation } from '../../workbench/simulation.ts';
import { QUICK } from '../integration/cli.ts';

describe.each(FAULT_NAMES)('%s', (name) => {
  test('is written as its sheet says', () => {
    const types = FAULT_SHEETS[name].written.map((text) => worldAct.parse(parse(text)).type);
    expect(types[0]).toBe(name);
  });
});

const FILES = QUICK.map((file) => ({ name: basename(file), loaded: loadScenario(readFileSync(file, 'utf8')) }));

/** The scenario as it would be if the fault never came. */
function without(fault: FaultName, { scenario, locate }: Pick<LoadedScenario, 'scenario' | 'locate'>) {
  const { faults = [], hazards = [], story, ...rest } = scenario;
  const spared = {
    ...rest,
    faults: faults.filter(({ type }) => type !== fault),
    hazards: hazards.filter(({ act }) => act.type !== fault),
    story: story.map(({ world, ...step }) => (world === undefined || world.type === fault ? step : { ...step, world })),
  };
  return { scenario: spared, locate };
}

/** Faults of the way of the fluid: with them, what is believed and what is true come apart. */
const OF_THE_FLUID: readonly FaultName[] = [
  'flowBias',
  'flowDrift',
  'nearlyEmpty',
  'intermittentStall',
  'slowRecovery',
  'telemetryLatch',
  'fillSensor',
  'valvesOpen',
  'leak',
  'tip',
  'granuloma',
  'begins',
];

/** Whether what is believed to have come, or to be there, is not what has. */
function isApart(sim: Simulation): boolean {
  const { rate, volume } = sim.belief();
  const { flow, reservoir, places, doses, drugs } = sim.truth();
  if (flow !== rate || reservoir !== volume || places.pocket > 0n) return true;
  return Object.entries(drugs).some(([drug, { reached, line }]) => {
    const given = doses[drug as keyof typeof doses] ?? 0;
    return reached + line < 0.95 * given;
  });
}

describe.each(FAULT_NAMES)('a scenario with %s', (fault) => {
  const replaying = FILES.filter(({ loaded }) => faultsIn(loaded.scenario).has(fault));

  test('fails when the fault is taken out', () => {
    const failing = replaying.find(({ name, loaded }) => {
      const { failures } = runScenario(without(fault, loaded), { id: name, version: '0', executor: 'table' });
      return failures.length > 0;
    });
    expect(replaying.map(({ name }) => name)).not.toEqual([]);
    expect(failing?.name).toBeDefined();
  });

  if (!OF_THE_FLUID.includes(fault)) return;
  test('has belief and truth come apart', () => {
    const apart = replaying.find(({ name, loaded }) => {
      let seen = false;
      runScenario(loaded, {
        id: name,
        version: '0',
        executor: 'table',
        onRecord: ({ kind }, sim) => {
          if (kind === 'screen' || kind === 'flow' || kind === 'found') seen ||= isApart(sim);
        },
      });
      return seen;
    });
    expect(apart?.name).toBeDefined();
  });
});
