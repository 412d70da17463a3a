import type { ExecutorName } from '../../firmware-sim/index.ts';
import type { DrugLibrary } from '../../programmer/index.ts';
import { readProfile } from '../../shared/index.ts';
import type { SimulationOptions } from '../simulation.ts';
import type { Scenario } from './schema.ts';

export interface Overrides {
  readonly executor?: ExecutorName | undefined;
  /** In place of the scenario's own seed. */
  readonly seed?: number | undefined;
  /** In place of the drug library the scenario has its programmer judge by; null is none. */
  readonly library?: DrugLibrary | null | undefined;
}

/** What a scenario asks of its simulation. */
export function settingsOf(
  scenario: Pick<Scenario, 'profile' | 'clock' | 'seed' | 'library' | 'hazards'>,
  { executor = 'xstate', seed, library = scenario.library }: Overrides,
) {
  return {
    profile: readProfile(scenario.profile),
    wallClock: scenario.clock,
    seed: seed ?? scenario.seed ?? 0,
    executor,
    library,
    ...(scenario.hazards === undefined ? {} : { hazards: scenario.hazards }),
  } satisfies SimulationOptions;
}
