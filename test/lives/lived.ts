import type { ExecutorName } from '../../firmware-sim/index.ts';
import type { Breach, RunResult, runScenario, TraceRecord } from '../../workbench/index.ts';
import type { LoadedScenario } from '../../workbench/scenario/document.ts';
import { NOWHERE, readBy } from '../../workbench/scenario/issues.ts';
import { libraryNamed } from '../../workbench/scenario/library.ts';
import { isWritten, scenarioSchema } from '../../workbench/scenario/schema.ts';
import type { Written } from './bed.ts';
import type { Life } from './life.ts';

/** What runs a scenario: this Thecal, or a copy in which a line has been changed. */
export type Runner = typeof runScenario;

/** What came of a life. */
export interface Lived {
  /** The first always-true rule it broke; undefined where it broke none. */
  readonly breach: Breach | undefined;
  /** What the simulator threw. */
  readonly thrown: string | undefined;
  readonly failures: RunResult['failures'];
}

/** A value without the keys that are undefined, as a file would have it. */
const asWritten = (value: Written): unknown => JSON.parse(JSON.stringify(value));

/** Something was drawn that no file could say. */
export class NoScenario extends Error {
  override readonly name = 'NoScenario';
}

/** A life as the reader of files would have read it. Throws NoScenario. */
export function loaded({ scenario: drawn, device }: Pick<Life, 'scenario' | 'device'>): LoadedScenario {
  const written = asWritten(drawn);
  const parsed = readBy(scenarioSchema, written);
  if (!parsed.success || !isWritten(written)) {
    const problems = parsed.success ? [] : parsed.problems.map(({ message }) => message);
    throw new NoScenario(`no scenario: ${problems.join('; ')}\n${JSON.stringify(written)}`);
  }
  const { library, ...others } = parsed.data;
  const named = library === undefined ? {} : { library: libraryNamed(library, undefined) };
  return { scenario: { ...others, ...named, profile: device.sheet }, written, locate: NOWHERE };
}

type OnRecord = (record: TraceRecord) => void;

/** Runs a scenario under every always-true rule. */
export function ran(scenario: LoadedScenario, executor: ExecutorName, run: Runner, onRecord?: OnRecord): Lived {
  try {
    const heard = onRecord === undefined ? {} : { onRecord };
    const { breaches, failures } = run(scenario, { id: 'a life', version: '', executor, ...heard });
    return { breach: breaches[0], thrown: undefined, failures };
  } catch (error) {
    return { breach: undefined, thrown: error instanceof Error ? `${error.stack}` : String(error), failures: [] };
  }
}

/** Lives a life under every always-true rule. */
export const lived = (life: Life, run: Runner, onRecord?: OnRecord): Lived =>
  ran(loaded(life), life.executor, run, onRecord);
