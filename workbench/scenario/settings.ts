import type { ExecutorName } from '../../firmware-sim/index.ts';
import type { DrugLibrary } from '../../programmer/index.ts';
import { profileNamed, readProfile } from '../../shared/index.ts';
import type { SimulationOptions } from '../simulation.ts';
import type { Scenario } from './schema.ts';

export interface Overrides {
  readonly executor?: ExecutorName | undefined;
  /** In place of the scenario's own seed. */
  readonly seed?: number | undefined;
  /** The drug library of the programmer; null is none, undefined the one that is shipped. */
  readonly library?: DrugLibrary | null | undefined;
}

/** What a scenario asks of its simulation. */
export function settingsOf(
  scenario: Pick<Scenario, 'profile' | 'clock' | 'seed'>,
  { executor = 'xstate', seed, library }: Overrides,
) {
  const sheet = profileNamed(scenario.profile);
  if (sheet === undefined) throw new Error(`no profile ${scenario.profile}`);
  return {
    profile: readProfile(sheet),
    wallClock: scenario.clock,
    seed: seed ?? scenario.seed ?? 0,
    executor,
    library,
  } satisfies SimulationOptions;
}
