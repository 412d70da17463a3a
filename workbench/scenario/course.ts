import type { ChartObserver, Store } from '../../firmware-sim/index.ts';
import {
  after,
  type Duration,
  fromJson,
  type HistoryEntry,
  type Instant,
  instant,
  type LogKind,
  span,
} from '../../shared/index.ts';
import type { Outcome } from '../act.ts';
import { Invariants } from '../invariants/index.ts';
import { libraryHeader } from '../library-header.ts';
import { profileHeader } from '../profile/written.ts';
import type { PumpMaker } from '../pump.ts';
import { Simulation, type SimulationOptions } from '../simulation.ts';
import type { TraceHeader, TraceRecord } from '../trace.ts';
import type { Break } from './break.ts';
import { type Checked, check, refusalOf } from './expect.ts';
import type { Path } from './problem.ts';
import type { View } from './readings.ts';
import type { Scenario, Step } from './schema.ts';
import { type Overrides, settingsOf } from './settings.ts';
import { actOf, holds, namesOf, startActs } from './story.ts';
import { isUnstruck } from './unstruck.ts';

/** What a course is made of: a scenario without its story. */
export type Setting = Pick<Scenario, 'profile' | 'library' | 'clock' | 'seed' | 'start' | 'faults' | 'hazards'>;

export interface CourseOptions extends Overrides {
  /** What the trace calls it. */
  readonly id: string;
  readonly version: string;
  /** Faults added to the scenario's own. */
  readonly breaks?: readonly Break[];
  /** Makes the memory of the pump, where it shall be another than that of a simulation. */
  readonly memory?: () => Store;
  /** What becomes of a step whose `at` has passed: an error of the story, unless it is done at once. */
  readonly late?: 'isAnError' | 'atOnce';
  /** Told what the firmware's chart decides. */
  readonly observer?: ChartObserver;
  /** Shown what is true again and again. */
  readonly sampler?: SimulationOptions['sampler'];
  readonly sampleEvery?: SimulationOptions['sampleEvery'];
  /** Where its pump comes from; one of this process unless given. */
  readonly pump?: PumpMaker | undefined;
  readonly onHeader?: (header: TraceHeader) => void;
  readonly onRecord?: (record: TraceRecord, sim: Simulation) => void;
}

/** What became of a step. */
export type Performed =
  /** Its `at` had passed already: nothing was done. */
  | { readonly how: 'tooLate' }
  /** Its `until` did not come within `atMost`: time went on, nothing else was done. */
  | { readonly how: 'inVain' }
  /** Its habit began. */
  | { readonly how: 'habit' }
  | {
      readonly how: 'done';
      readonly outcome: Outcome | undefined;
      /** Why its act was refused; undefined where it was not. */
      readonly refused: string | undefined;
      readonly checked: readonly Checked[];
    };

/**
 * The life of one pump, step by step, from its power on: what a scenario's run and a console's session have in
 * common, so that both mean the same by a step. The always-true rules watch all of it.
 */
export class Course {
  readonly sim: Simulation;
  readonly invariants: Invariants;
  readonly #setting: Setting;
  readonly #breaks: readonly Break[];
  readonly #doesLateAtOnce: boolean;
  readonly #inStep = new Set<string>();
  readonly #history: HistoryEntry[] = [];
  readonly #logged = new Map<LogKind, number>();

  constructor(setting: Setting, options: CourseOptions) {
    this.#setting = setting;
    this.#breaks = options.breaks ?? [];
    this.#doesLateAtOnce = options.late === 'atOnce';
    const settings = settingsOf(setting, options);
    const later = this.#breaks.filter(({ at }) => at > 0);
    const observing = options.observer === undefined ? {} : { observer: options.observer };
    const remembering = options.memory === undefined ? {} : { memory: options.memory };
    this.sim = new Simulation({
      ...settings,
      faults: later,
      pump: options.pump,
      sampler: options.sampler,
      sampleEvery: options.sampleEvery,
      ...remembering,
      ...observing,
    });
    this.invariants = new Invariants(settings.profile);
    const { id, version } = options;
    options.onHeader?.({
      trace: 'thecal.trace/1',
      thecal: version,
      scenario: id,
      ...profileHeader(setting.profile),
      ...libraryHeader(settings.library),
      seed: settings.seed,
      executor: settings.executor,
      ...(this.#breaks.length === 0 ? {} : { added: this.#breaks.map(({ text }) => text) }),
    });
    this.sim.onTrace((record) => {
      options.onRecord?.(record, this.sim);
      this.#take(record);
    });
  }

  /** Added faults whose frame has not come. */
  get unstruck(): readonly Break[] {
    return this.#breaks.filter(({ act }) => isUnstruck(act, this.sim));
  }

  /** Powers the pump on and does what `faults` and `start` are short for; the first that is refused, and ends it. */
  start(): { readonly path: Path; readonly act: string; readonly refused: string } | undefined {
    this.sim.powerOn();
    for (const { act, path } of startActs(this.#setting, this.#breaks)) {
      const refused = refusalOf(this.view(this.sim.act(act)));
      if (refused !== undefined) return { path, act: act.act.type, refused };
    }
    return undefined;
  }

  /** Lets time pass, does and checks what a step says. */
  perform(step: Step): Performed {
    this.#inStep.clear();
    const passed = this.#letTimePass(step);
    if (passed !== undefined) return { how: passed };
    const act = actOf(step);
    if (step.every !== undefined && step.patient !== undefined) {
      const { every, jitter = span(0), for: lasting = span(0) } = step;
      this.sim.habit({ act: step.patient, every, jitter, for: lasting });
      return { how: 'habit' };
    }
    const outcome = act === undefined ? undefined : this.sim.act(act);
    const view = this.view(outcome);
    const checked = step.expect === undefined ? [] : check(step.expect, view);
    return { how: 'done', outcome, refused: refusalOf(view), checked };
  }

  /** Lets time pass while something holds, at most for a span; how long it was. */
  waitWhile(holding: () => boolean, most: Duration): Duration {
    const { now } = this.sim;
    this.sim.until(() => !holding(), after(now, most));
    return span(this.sim.now - now);
  }

  /** What can be read now, after an act that came out so. */
  view(outcome?: Outcome): View {
    return { sim: this.sim, history: this.#history, logged: this.#logged, outcome };
  }

  #letTimePass(step: Step): 'tooLate' | 'inVain' | undefined {
    const { now } = this.sim;
    if (step.at !== undefined) {
      if (step.at < now && !this.#doesLateAtOnce) return 'tooLate';
      this.#goTo(instant(Math.max(step.at, now)), step);
    } else if (step.after !== undefined) this.#goTo(after(now, step.after), step);
    else if (step.until !== undefined) {
      const { until, atMost = span(0) } = step;
      const reached = this.sim.until(() => holds(until, this.sim, this.#inStep), after(now, atMost));
      if (!reached) return 'inVain';
    }
    return undefined;
  }

  #goTo(to: Instant, step: Step): void {
    if (actOf(step) === undefined) this.sim.advanceTo(to);
    else this.sim.arriveAt(to);
  }

  #take(record: TraceRecord): void {
    this.invariants.take(record);
    for (const name of namesOf(record)) this.#inStep.add(name);
    if (record.layer !== 'firmware') return;
    if (record.kind === 'history') this.#history.push(fromJson<HistoryEntry>(record.data));
    if (record.kind === 'log') {
      const { kind } = fromJson<{ kind: LogKind }>(record.data);
      this.#logged.set(kind, (this.#logged.get(kind) ?? 0) + 1);
    }
  }
}
