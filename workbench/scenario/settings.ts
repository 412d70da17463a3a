import type { ExecutorName } from '../../firmware-sim/index.ts';
import { readProfile } from '../../shared/index.ts';
import type { SimulationOptions } from '../simulation.ts';
import type { Scenario } from './schema.ts';

export interface Overrides {
  readonly executor?: ExecutorName | undefined;
  /** In place of the scenario's own seed. */
  readonly seed?: number | undefined;
}

/** What a scenario asks of its simulation. */
export function settingsOf(
  scenario: Pick<Scenario, 'profile' | 'clock' | 'seed'>,
  { executor = 'xstate', seed }: Overrides,
) {
  return {
    profile: readProfile(scenario.profile),
    wallClock: scenario.clock,
    seed: seed ?? scenario.seed ?? 0,
    executor,
  } satisfies SimulationOptions;
}
