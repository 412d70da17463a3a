import { formatDuration, type Instant, span } from '../../shared/index.ts';
import type { Breach } from '../invariants/index.ts';
import type { TraceRecord } from '../trace.ts';
import { worldSentence } from '../world-words.ts';
import type { Break } from './break.ts';
import { Course, type CourseOptions } from './course.ts';
import { CurveRecorder, type ReservoirCurves } from './curves.ts';
import type { LoadedScenario } from './document.ts';
import type { Checked } from './expect.ts';
import { type Path, ScenarioError } from './problem.ts';
import type { Step } from './schema.ts';
import { actOf, holds, nameOf, namesOf } from './story.ts';
import { isFrameFault, struck } from './unstruck.ts';

/** What is run: a scenario, and where its parts stand. */
type Runnable = Pick<LoadedScenario, 'scenario' | 'locate'>;
/** What a run is told apart from its scenario. */
type RunOptions = CourseOptions;

/** An expectation that was not met: where in the file, when, what was expected and what was there. */
export interface Failure {
  readonly line: number;
  readonly column: number;
  /** Number of the step, counted from 1; 0 for `start` and `never`. */
  readonly step: number;
  /** When it was so; of `never`, when what is forbidden first happened. */
  readonly time: string;
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  /** The line of YAML that would have been met, where there is one. */
  readonly wouldPass: string | undefined;
  /** The last records of the trace up to then. */
  readonly before: readonly TraceRecord[];
}

/** A time of the run, and the last records up to it. */
interface Reached {
  readonly t: number;
  readonly before: readonly TraceRecord[];
}

export interface RunResult {
  readonly expectations: number;
  readonly failures: readonly Failure[];
  readonly breaches: readonly Breach[];
  readonly simulatedMs: number;
  readonly events: number;
  readonly curves: ReservoirCurves;
  /** Faults added to the scenario's own whose frame never came. */
  readonly unstruck: readonly Break[];
  /** Its hazards, and when each struck; null where it did not. */
  readonly hazards: readonly { readonly fault: string; readonly at: Instant | null }[];
}

const LAST_RECORDS = 5;
const SAMPLES = 48;

/** Runs a scenario and holds its expectations, and every always-true rule, against what happens. */
export function runScenario(loaded: Runnable, options: RunOptions): RunResult {
  const run = scenarioRun(loaded, options);
  let next = run.next();
  while (next.done !== true) next = run.next();
  return next.value;
}

/** The same, step by step, for whoever has something else to do in between. */
export function scenarioRun(loaded: Runnable, options: RunOptions): Generator<void, RunResult> {
  return new Run(loaded, options).whole();
}

class Run {
  readonly #loaded: Runnable;
  readonly #course: Course;
  readonly #curves = new CurveRecorder();
  /** What has happened in the story, by the name a condition gives it, and when it first did. */
  readonly #first = new Map<string, Reached>();
  readonly #last: TraceRecord[] = [];
  readonly #failures: Failure[] = [];
  #expectations = 0;
  /** Whether the story has left its course. */
  #lost = false;

  constructor(loaded: Runnable, options: RunOptions) {
    this.#loaded = loaded;
    this.#course = new Course(loaded.scenario, {
      ...options,
      onRecord: (record, sim) => {
        options.onRecord?.(record, sim);
        this.#take(record);
      },
    });
  }

  *whole(): Generator<void, RunResult> {
    const { scenario } = this.#loaded;
    const { sim, invariants } = this.#course;
    const notDone = this.#course.start();
    if (notDone !== undefined) {
      this.#lost = true;
      this.#expectations += 1;
      this.#fail(notDone.path, 0, `${notDone.act} refused`, 'done', notDone.refused, undefined);
    }
    // What `never` forbids it forbids in the story: at the start an unfilled pump may well alarm.
    this.#first.clear();
    this.#noteForbidden();
    // Past a wait that ended in vain, or a start that failed, times and acts no longer mean what was written.
    for (const [i, step] of scenario.story.entries()) {
      if (this.#lost) break;
      this.#step(step, i);
      this.#noteForbidden();
      yield;
    }
    for (const [i, condition] of (scenario.never ?? []).entries()) {
      this.#expectations += 1;
      const name = nameOf(condition);
      const found = this.#first.get(name);
      if (found === undefined) continue;
      const got = `${name} at ${formatDuration(span(found.t))}`;
      this.#fail(['never', i], 0, 'never', `never ${name}`, got, undefined, found);
    }
    if (!this.#lost) this.#checkStruck();
    invariants.finish(sim.now);
    return {
      expectations: this.#expectations,
      failures: this.#failures,
      breaches: invariants.breaches,
      simulatedMs: sim.now,
      events: sim.events,
      curves: this.#curves.sample(SAMPLES, sim.now),
      unstruck: this.#course.unstruck,
      hazards: sim.hazards.map(({ hazard, at }) => ({ fault: worldSentence(hazard.act), at })),
    };
  }

  /** A fault that waits for one frame expects that it comes; of a story that broke off nothing is expected any more. */
  #checkStruck(): void {
    const { faults = [], story } = this.#loaded.scenario;
    const acts = [
      ...faults.map((act, i) => ({ act, path: ['faults', i], step: 0 })),
      ...story.map(({ world }, i) => ({ act: world, path: ['story', i, 'world'], step: i + 1 })),
    ];
    for (const { act, path, step } of acts) {
      if (!isFrameFault(act)) continue;
      this.#expectations += 1;
      const { met, expected, got } = struck(act, this.#course.sim);
      if (!met) this.#fail([...path, 'frameFault'], step, 'frameFault', expected, got, undefined);
    }
  }

  /** Notes what is forbidden and already so, with no record of its beginning. */
  #noteForbidden(): void {
    const { sim } = this.#course;
    for (const condition of this.#loaded.scenario.never ?? []) {
      if (holds(condition, sim, this.#first)) this.#noteFirst(nameOf(condition), sim.now);
    }
  }

  #noteFirst(name: string, t: number): void {
    if (!this.#first.has(name)) this.#first.set(name, { t, before: [...this.#last] });
  }

  #take(record: TraceRecord): void {
    this.#curves.take(record);
    this.#last.push(record);
    if (this.#last.length > LAST_RECORDS) this.#last.shift();
    for (const name of namesOf(record)) this.#noteFirst(name, record.t);
  }

  #step(step: Step, i: number): void {
    if (step.until !== undefined) this.#expectations += 1;
    const performed = this.#course.perform(step);
    if (performed.how === 'tooLate') this.#backwards(step, i);
    else if (performed.how === 'inVain') {
      this.#lost = true;
      const within = `${nameOf(step.until ?? {})} within ${formatDuration(step.atMost ?? span(0))}`;
      this.#fail(['story', i, 'atMost'], i + 1, 'until', within, 'it did not come', undefined);
    } else if (performed.how === 'done') {
      const { refused, checked } = performed;
      if (refused !== undefined && step.expect?.refused === undefined) {
        this.#expectations += 1;
        const act = actOf(step)?.act.type;
        const wouldPass =
          step.expect === undefined ? `expect: { refused: ${refused} }` : `refused: ${refused} (in its expect)`;
        this.#fail(['story', i], i + 1, `${act} refused`, 'done', refused, wouldPass);
      }
      for (const each of checked) this.#note(each, i);
    }
  }

  #backwards({ at = span(0) }: Step, i: number): never {
    const now = formatDuration(span(this.#course.sim.now));
    const message = `story.${i}.at: time cannot go back: it is ${now} already, expected that or later, not ${formatDuration(at)}`;
    throw new ScenarioError([{ ...this.#loaded.locate(['story', i, 'at']), message }]);
  }

  #note({ path, met, expected, got, instead }: Checked, i: number): void {
    this.#expectations += 1;
    if (met) return;
    const wouldPass = instead === undefined ? undefined : `${path.at(-1)}: ${instead}`;
    this.#fail(['story', i, 'expect', ...path], i + 1, path.join('.'), expected, got, wouldPass);
  }

  #fail(
    path: Path,
    step: number,
    what: string,
    expected: string,
    got: string,
    wouldPass: string | undefined,
    { t, before }: Reached = { t: this.#course.sim.now, before: [...this.#last] },
  ): void {
    const time = formatDuration(span(t));
    this.#failures.push({ ...this.#loaded.locate(path), step, time, what, expected, got, wouldPass, before });
  }
}
