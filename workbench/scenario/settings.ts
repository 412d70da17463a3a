import type { ExecutorName } from '../../firmware-sim/index.ts';
import { profileNamed, readProfile } from '../../shared/index.ts';
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
  const sheet = profileNamed(scenario.profile);
  if (sheet === undefined) throw new Error(`no profile ${scenario.profile}`);
  return {
    profile: readProfile(sheet),
    wallClock: scenario.clock,
    seed: seed ?? scenario.seed ?? 0,
    executor,
  } satisfies SimulationOptions;
}
