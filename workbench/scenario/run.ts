import type { ExecutorName } from '../../firmware-sim/index.ts';
import {
  after,
  formatDuration,
  fromJson,
  type HistoryEntry,
  type Instant,
  instant,
  type LogKind,
  profileNamed,
  readProfile,
  span,
} from '../../shared/index.ts';
import type { Outcome } from '../act.ts';
import { type Breach, Invariants } from '../invariants/index.ts';
import { Simulation } from '../simulation.ts';
import type { TraceHeader, TraceRecord } from '../trace.ts';
import { CurveRecorder, type ReservoirCurves } from './curves.ts';
import type { LoadedScenario } from './document.ts';
import { type Checked, check, refusalOf } from './expect.ts';
import { type Path, ScenarioError } from './problem.ts';
import type { View } from './readings.ts';
import type { Step } from './schema.ts';
import { actOf, Happened, holds, nameOf, namesOf, startActs } from './story.ts';

export interface RunOptions {
  readonly id: string;
  readonly version: string;
  readonly executor?: ExecutorName;
  /** Overrides the scenario's own seed. */
  readonly seed?: number;
  readonly onHeader?: (header: TraceHeader) => void;
  readonly onRecord?: (record: TraceRecord, sim: Simulation) => void;
}

/** An expectation that was not met: where in the file, when, what was expected and what was there. */
export interface Failure {
  readonly line: number;
  readonly column: number;
  /** Number of the step, counted from 1; 0 for `start` and `never`. */
  readonly step: number;
  readonly time: string;
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  /** The line of YAML that would have been met, where there is one. */
  readonly wouldPass: string | undefined;
  /** The last records of the trace before it. */
  readonly before: readonly TraceRecord[];
}

export interface RunResult {
  readonly expectations: number;
  readonly failures: readonly Failure[];
  readonly breaches: readonly Breach[];
  readonly simulatedMs: number;
  readonly events: number;
  readonly curves: ReservoirCurves;
}

const LAST_RECORDS = 5;
const SAMPLES = 48;

/** Runs a scenario and holds its expectations, and every always-true rule, against what happens. */
export function runScenario(loaded: LoadedScenario, options: RunOptions): RunResult {
  return new Run(loaded, options).whole();
}

class Run {
  readonly #loaded: LoadedScenario;
  readonly #options: RunOptions;
  readonly #sim: Simulation;
  readonly #invariants: Invariants;
  readonly #curves = new CurveRecorder();
  readonly #ever = new Happened();
  readonly #inStep = new Happened();
  readonly #history: HistoryEntry[] = [];
  readonly #logged = new Map<LogKind, number>();
  readonly #last: TraceRecord[] = [];
  readonly #failures: Failure[] = [];
  #expectations = 0;
  /** Whether the story has left its course. */
  #lost = false;

  constructor(loaded: LoadedScenario, options: RunOptions) {
    this.#loaded = loaded;
    this.#options = options;
    const { scenario } = loaded;
    const sheet = profileNamed(scenario.profile);
    if (sheet === undefined) throw new Error(`no profile ${scenario.profile}`);
    const profile = readProfile(sheet);
    const seed = options.seed ?? scenario.seed ?? 0;
    const executor = options.executor ?? 'xstate';
    this.#sim = new Simulation({ profile, wallClock: scenario.clock, seed, executor });
    this.#invariants = new Invariants(profile);
    const { id, version } = options;
    options.onHeader?.({
      trace: 'thecal.trace/1',
      thecal: version,
      scenario: id,
      profile: profile.name,
      seed,
      executor,
    });
    this.#sim.onTrace((record) => this.#take(record));
  }

  whole(): RunResult {
    const { scenario } = this.#loaded;
    this.#sim.powerOn();
    for (const { act, path } of startActs(scenario)) {
      const refused = refusalOf(this.#view(this.#sim.act(act)));
      if (refused === undefined) continue;
      this.#lost = true;
      this.#expectations += 1;
      this.#fail(path, 0, `${act.act.type} refused`, 'done', refused, undefined);
      break;
    }
    // What `never` forbids it forbids in the story: at the start an unfilled pump may well alarm.
    this.#ever.clear();
    this.#noteForbidden();
    // Past a wait that ended in vain, or a start that failed, times and acts no longer mean what was written.
    for (const [i, step] of scenario.story.entries()) {
      if (this.#lost) break;
      this.#step(step, i);
      this.#noteForbidden();
    }
    for (const [i, condition] of (scenario.never ?? []).entries()) {
      this.#expectations += 1;
      const found = this.#ever.first(condition);
      if (found !== undefined) {
        const when = formatDuration(span(found));
        this.#fail(
          ['never', i],
          0,
          'never',
          `never ${nameOf(condition)}`,
          `${nameOf(condition)} at ${when}`,
          undefined,
        );
      }
    }
    this.#invariants.finish(this.#sim.now);
    return {
      expectations: this.#expectations,
      failures: this.#failures,
      breaches: this.#invariants.breaches,
      simulatedMs: this.#sim.now,
      events: this.#sim.events,
      curves: this.#curves.sample(SAMPLES, this.#sim.now),
    };
  }

  /** Notes what is forbidden and already so, with no record of its beginning. */
  #noteForbidden(): void {
    const { now } = this.#sim;
    for (const condition of this.#loaded.scenario.never ?? []) {
      if (holds(condition, this.#sim, this.#ever)) this.#ever.note(condition, now);
    }
  }

  #take(record: TraceRecord): void {
    this.#options.onRecord?.(record, this.#sim);
    this.#invariants.take(record);
    this.#curves.take(record);
    const names = namesOf(record);
    this.#ever.take(names, record.t);
    this.#inStep.take(names, record.t);
    this.#last.push(record);
    if (this.#last.length > LAST_RECORDS) this.#last.shift();
    if (record.layer !== 'firmware') return;
    if (record.kind === 'history') this.#history.push(fromJson<HistoryEntry>(record.data));
    if (record.kind === 'log') {
      const { kind } = fromJson<{ kind: LogKind }>(record.data);
      this.#logged.set(kind, (this.#logged.get(kind) ?? 0) + 1);
    }
  }

  #step(step: Step, i: number): void {
    this.#inStep.clear();
    this.#letTimePass(step, i);
    if (this.#lost) return;
    const act = actOf(step);
    if (step.every !== undefined && step.patient !== undefined) {
      const { every, jitter = span(0), for: lasting = span(0) } = step;
      this.#sim.habit({ act: step.patient, every, jitter, for: lasting });
      return;
    }
    const outcome = act === undefined ? undefined : this.#sim.act(act);
    const view = this.#view(outcome);
    const refused = refusalOf(view);
    if (refused !== undefined && step.expect?.refused === undefined) {
      this.#expectations += 1;
      this.#fail(['story', i], i + 1, `${act?.act.type} refused`, 'done', refused, `expect: { refused: ${refused} }`);
    }
    for (const checked of step.expect === undefined ? [] : check(step.expect, view)) this.#note(checked, i);
  }

  #letTimePass(step: Step, i: number): void {
    const { now } = this.#sim;
    if (step.at !== undefined) {
      if (step.at < now) this.#backwards(i, step.at, now);
      this.#goTo(instant(step.at), step);
    } else if (step.after !== undefined) this.#goTo(after(now, step.after), step);
    else if (step.until !== undefined) {
      const { until, atMost = span(0) } = step;
      const reached = this.#sim.until(() => holds(until, this.#sim, this.#inStep), after(now, atMost));
      this.#expectations += 1;
      if (!reached) {
        this.#lost = true;
        this.#fail(
          ['story', i, 'atMost'],
          i + 1,
          'until',
          `${nameOf(until)} within ${formatDuration(atMost)}`,
          'it did not come',
          undefined,
        );
      }
    }
  }

  #goTo(to: Instant, step: Step): void {
    if (actOf(step) === undefined) this.#sim.advanceTo(to);
    else this.#sim.arriveAt(to);
  }

  #backwards(i: number, at: number, now: Instant): never {
    const message = `story.${i}.at: time cannot go back: it is ${formatDuration(span(now))} already, expected that or later, not ${formatDuration(span(at))}`;
    throw new ScenarioError([{ ...this.#loaded.locate(['story', i, 'at']), message }]);
  }

  #view(outcome: Outcome | undefined): View {
    return { sim: this.#sim, history: this.#history, logged: this.#logged, outcome };
  }

  #note({ path, met, expected, got, instead }: Checked, i: number): void {
    this.#expectations += 1;
    if (met) return;
    const wouldPass = instead === undefined ? undefined : `${path.at(-1)}: ${instead}`;
    this.#fail(['story', i, 'expect', ...path], i + 1, path.join('.'), expected, got, wouldPass);
  }

  #fail(path: Path, step: number, what: string, expected: string, got: string, wouldPass: string | undefined): void {
    this.#failures.push({
      ...this.#loaded.locate(path),
      step,
      time: formatDuration(span(this.#sim.now)),
      what,
      expected,
      got,
      wouldPass,
      before: [...this.#last],
    });
  }
}
