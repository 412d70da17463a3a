import type { ExecutorName } from '../../firmware-sim/index.ts';
import {
  type Break,
  breachText,
  Coverage,
  type Failure,
  instant,
  type LifeCurves,
  LifeRecorder,
  locateIn,
  type PumpMaker,
  runScenario,
  type Scenario,
  ScenarioError,
} from '../index.ts';
import { FarRefusal } from '../node/connection-lost.ts';
import { Unusable } from './exit.ts';
import { problemText, version } from './files.ts';
import { recordText } from './print.ts';
import type { Ran } from './ran.ts';

/** A scenario to be run, and what is wanted of it: plain data, which can go to another thread. */
export interface Task {
  readonly id: string;
  readonly file: string;
  /** What the file says: where something stands in it is looked up when it is asked. */
  readonly text: string;
  readonly scenario: Scenario;
  readonly executor: ExecutorName;
  readonly seed: number | undefined;
  readonly breaks: readonly Break[];
  readonly trace: boolean;
  readonly coverage: boolean;
  readonly report: boolean;
}

/** What became of a task, as plain data. */
export interface Done {
  readonly ran: Ran;
  /** Its lines of the trace; undefined where none was wanted. */
  readonly trace: string | undefined;
  /** What it exercised; nothing where that was not asked. */
  readonly exercised: ReadonlySet<string>;
  /** Its curves; undefined where no report was wanted. */
  readonly life: LifeCurves | undefined;
}

/** Runs one scenario, on a pump of its own unless given. Throws Unusable where it cannot be run. */
export function runOne(task: Task, pump?: PumpMaker): Done {
  const { id, file, text, scenario, executor, seed, breaks } = task;
  const start = performance.now();
  const lines: string[] = [];
  const keep = (line: unknown) => void lines.push(JSON.stringify(line));
  const coverage = task.coverage ? new Coverage() : undefined;
  const life = task.report ? new LifeRecorder() : undefined;
  try {
    const result = runScenario(
      { scenario, locate: locateIn(text) },
      {
        id,
        version: version(),
        executor,
        ...(seed === undefined ? {} : { seed }),
        breaks,
        pump,
        ...(coverage === undefined ? {} : { observer: coverage }),
        ...(task.trace ? { onHeader: keep } : {}),
        sampler: life && ((truth, now) => life.look(truth(), now)),
        onRecord: (record) => {
          life?.take(record);
          if (task.trace) keep(record);
          coverage?.take(record);
        },
      },
    );
    const problems = [
      ...result.failures.map((failure) => failureText(file, failure)),
      ...result.breaches.map((breach) => `${file}: ${breachText(breach)}`),
    ];
    return {
      ran: { id, file, scenario, result, breaks, wallMs: performance.now() - start, problems },
      trace: task.trace ? lines.join('\n') : undefined,
      exercised: coverage?.exercised ?? new Set(),
      life: life?.curves(instant(result.simulatedMs)),
    };
  } catch (error) {
    if (error instanceof FarRefusal) throw new Unusable(`${file}: ${error.message}`);
    if (!(error instanceof ScenarioError)) throw error;
    throw new Unusable(problemText(file, error));
  }
}

function failureText(
  file: string,
  { line, column, step, time, what, expected, got, wouldPass, before }: Failure,
): string {
  const where = step === 0 ? '' : `step ${step} `;
  const lines = [`${file}:${line}:${column}: ${where}at ${time}`, `  ${what}: expected ${expected}, got ${got}`];
  if (wouldPass !== undefined) lines.push(`  would pass: ${wouldPass}`);
  if (before.length > 0) lines.push('  before it:', ...before.map((record) => `    ${recordText(record)}`));
  return lines.join('\n');
}
