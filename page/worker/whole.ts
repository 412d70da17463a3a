import { type LoadedScenario, scenarioRun, TraceDigest } from '../../workbench/index.ts';
import type { Ran } from './protocol.ts';

/** Runs a scenario from beginning to end, and digests its trace. */
export function* wholeRun(scenario: LoadedScenario, id: string, version: string): Generator<unknown, Ran> {
  const digest = new TraceDigest();
  const take = digest.take.bind(digest);
  const { curves: _, ...result } = yield* scenarioRun(scenario, {
    id,
    version,
    executor: 'table',
    onHeader: take,
    onRecord: take,
  });
  return { ...result, digest: digest.hex };
}
