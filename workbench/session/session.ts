import type { Screen } from '../../programmer/index.ts';
import { type DrugName, type Duration, formatDuration, showDateTime, span } from '../../shared/index.ts';
import { isUnanswered, type Outcome } from '../act.ts';
import type { Breach } from '../invariants/index.ts';
import { frameFaultWords } from '../link/words.ts';
import { Course, type CourseOptions, type Performed } from '../scenario/course.ts';
import { implausible } from '../scenario/plausible.ts';
import type { View } from '../scenario/readings.ts';
import type { Step, WrittenScenario, WrittenStep } from '../scenario/schema.ts';
import { actOf, nameOf } from '../scenario/story.ts';
import { isFrameFault, isUnstruck, type OneFrame } from '../scenario/unstruck.ts';
import type { Simulation } from '../simulation.ts';
import type { TraceRecord } from '../trace.ts';
import { helpAll, helpOn } from './help.ts';
import { countIn, look } from './look.ts';
import type { Opening } from './opening.ts';
import { asItWent } from './pruned.ts';
import { type Line, LineError, readLine, stepOf, UNTIL_AT_MOST } from './read-line.ts';
import { Recording, stepText } from './recording.ts';
import { stepSentence } from './step-words.ts';
import {
  breachText,
  checkedText,
  known,
  momentsText,
  reasonOf,
  refusalText,
  screenText,
  seen,
  warningText,
} from './telling.ts';
import { historyRead, historyText, type LogLine, logLine, logRead, readText } from './views.ts';
import { VIEWS, type ViewName } from './vocabulary.ts';
import { type LeftStopped, Watcher } from './watcher.ts';

/** What a scenario calls its device, and the drug library of its programmer. */
export type FileNames = Partial<Pick<WrittenScenario, 'profile' | 'library'>>;

/** What the title of a recording ends with. */
const AT_CONSOLE = ' (a session at the console)';

export interface SessionOptions extends CourseOptions {
  /** Whether all that happened is told after a line, or what who is in the room can know. */
  readonly tells?: 'all' | 'seen';
}

/** What a session answers to a line. */
export interface Reply {
  readonly text: string;
  /** What was wrong with the line, and what was expected; undefined where it could be used. */
  readonly problem: string | undefined;
  /** What became of the act of the line; undefined where it had none. */
  readonly outcome: Outcome | undefined;
  /** Whether the session is to end. */
  readonly quit: boolean;
}

/**
 * A visit with the simulated pump, line by line: takes what is typed, returns what is to be read. Knows no
 * terminal and no clock; time passes when a line says so, or when it is told how much has passed.
 */
export class Session {
  readonly #opening: Opening;
  readonly #course: Course;
  readonly #recording = new Recording();
  readonly #watcher = new Watcher();
  /** What the line at hand has come to so far. */
  #lines: string[] = [];
  #outcome: Outcome | undefined;
  /** The screen as it was last shown. */
  #seen: Screen;
  /** How many steps of the story that was opened have been played or left out. */
  #played = 0;
  #told = 0;
  #missed = 0;
  /** The faults that wait, or waited, for one frame. */
  readonly #faults: OneFrame[] = [];
  readonly #seed: number;
  readonly #tells: 'all' | 'seen';
  /** What is to be read first. */
  readonly greeting: string;
  /** Whether the opening could not be done: nothing can be played then. */
  readonly stillborn: boolean;

  constructor(opening: Opening, options: SessionOptions) {
    this.#opening = opening;
    this.#tells = options.tells ?? 'all';
    this.#seed = options.seed ?? opening.scenario.seed ?? 0;
    this.#course = new Course(opening.scenario, {
      ...options,
      onRecord: (record, sim) => {
        options.onRecord?.(record, sim);
        this.#watcher.take(record, sim);
      },
    });
    const { sim } = this.#course;
    this.#seen = sim.screen();
    this.#faults.push(...(opening.scenario.faults ?? []).filter(isFrameFault));
    const notDone = this.#course.start();
    this.stillborn = notDone !== undefined;
    if (this.stillborn) this.#missed += 1;
    this.#seen = sim.screen();
    this.greeting = [
      opening.written.title,
      ...(notDone === undefined
        ? []
        : [`NOT AS EXPECTED: ${notDone.path.join('.')}: ${notDone.act} refused: ${notDone.refused}`]),
      ...momentsText(this.#watcher.told()),
      ...screenText(this.#seen),
      ...this.#upcoming(),
    ].join('\n');
  }

  /** Local date and time of the room, and whether a telemetry session is open. */
  get prompt(): string {
    return `${showDateTime(this.#course.sim.localTime)} ${this.isOpen ? 'in session' : 'no session'} > `;
  }

  /** Whether a telemetry session is open, so that time runs for whoever sits at the programmer. */
  get isOpen(): boolean {
    return this.#course.sim.report() !== undefined;
  }

  /** Expectations that were not met, and steps that went another way than the story says. */
  get missed(): number {
    return this.#missed;
  }

  get breaches(): readonly Breach[] {
    return this.#course.invariants.breaches;
  }

  /** Does what a line says, `elapsed` milliseconds after the line before: in an open session they have passed. */
  line(text: string, elapsed = 0): Reply {
    return this.#reply(() => readLine(text), elapsed);
  }

  /** Does a step of a story, given as the values that stand in a file, at once. */
  step(value: unknown): Reply {
    return this.#reply(() => ({ kind: 'step', ...stepOf(value) }), 0);
  }

  #reply(read: () => Line, elapsed: number): Reply {
    this.#lines = [];
    this.#outcome = undefined;
    const reply = (problem?: string, quit = false): Reply => {
      return { text: this.#lines.join('\n'), problem, outcome: this.#outcome, quit };
    };
    try {
      if (elapsed > 0 && this.isOpen) this.#letPass(() => this.isOpen, span(Math.floor(elapsed)));
      const line = read();
      if (line.kind === 'view' && line.view === 'quit') return reply(undefined, true);
      if (line.kind === 'view') this.#view(line.view, line.rest);
      if (line.kind === 'step') this.#perform(line.step, line.written, false);
      return reply();
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      return reply(error.message);
    }
  }

  /**
   * Lets time pass with nothing done while `goesOn`, which is asked after every instant at which something happens, at
   * most for a span. However it is cut, the life is the same. What happened, as it is read, and how long it was.
   */
  pass(goesOn: () => boolean, most: Duration): { readonly text: string; readonly passed: Duration } {
    this.#lines = [];
    const passed = this.#letPass(goesOn, most);
    return { text: this.#lines.join('\n'), passed };
  }

  /** The pump and all around it, to be looked at: what is done is done by lines, which are kept. */
  get sim(): Omit<Simulation, 'act' | 'advance' | 'advanceTo' | 'arriveAt' | 'until' | 'step' | 'habit' | 'powerOn'> {
    return this.#course.sim;
  }

  /** What an expectation is held against, as things stand. */
  get view(): View {
    return this.#course.view();
  }

  /** The dosing report of the open session, or of the last one; undefined where there was none. */
  get report(): string | undefined {
    return this.#watcher.report;
  }

  /** The refill card of the open session, or of the last one; undefined where there was none. */
  get card(): string | undefined {
    return this.#watcher.card;
  }

  /** The pump that was read last, where it was stopped then: whoever has left it is to know it. */
  get leftStopped(): LeftStopped | null {
    return this.#watcher.leftStopped;
  }

  /** The event log as far as the programmer has read it, a line each; none where it has not. */
  get log(): readonly LogLine[] {
    return logRead(this.sim.knows.log, this.#watcher).map(logLine);
  }

  /** The prescriptions that the programmer has read from the pump, a line each. */
  get prescriptions(): string {
    return historyText(historyRead(this.sim.knows.history, this.#watcher), this.sim.profile);
  }

  /** How far the story that was opened has been played, and the step that is next, as its file has it and in words. */
  get story(): StoryToCome {
    const { story } = this.#opening.written;
    const [step, next] = [this.#opening.scenario.story[this.#played], story[this.#played]];
    const told = { played: this.#played, of: story.length };
    if (step === undefined || next === undefined) return { ...told, next: undefined, says: undefined };
    return { ...told, next: stepText(next).trimEnd(), says: stepSentence(step, this.drugInPump) };
  }

  /** The drug that a dose is of where it names none. */
  get drugInPump(): DrugName | undefined {
    return this.sim.belief().prescription?.drugs[0]?.name;
  }

  /** Everything that has been told since power on. */
  get records(): readonly TraceRecord[] {
    return this.#watcher.records;
  }

  /** Ends the watch, once: what the always-true rules still have to say, and which fault never had its frame. */
  finish(): string {
    const { invariants, sim } = this.#course;
    invariants.finish(sim.now);
    const unstruck = this.#faults.filter((act) => isUnstruck(act, sim));
    this.#missed += unstruck.length;
    const never = unstruck.map((act) => `frameFault: expected ${frameFaultWords(act, 'to be')}: it never struck`);
    for (const line of never) this.#recording.remark(line);
    return [...this.#newBreaches(), ...never.map((line) => `NOT AS EXPECTED: ${line}`)].join('\n');
  }

  /**
   * The session as a scenario; `schema` is where its editor finds the JSON Schema, `names` what it calls the files it
   * names where it will lie elsewhere.
   */
  recorded(schema?: string, names: FileNames = {}): string {
    // What the opening forbids and tells is of its own story.
    const { thecal, title, profile, library, clock, ...others } = this.#opening.written;
    const { story: _, never: __, about: ___, source: ____, ...setting } = others;
    const named = { profile, ...(library === undefined ? {} : { library }), ...names };
    const own = {
      thecal,
      title: title.endsWith(AT_CONSOLE) ? title : `${title}${AT_CONSOLE}`,
      ...named,
      clock,
      seed: this.#seed,
    };
    const head = { ...own, ...setting, seed: this.#seed };
    return this.#recording.text(head, span(this.#course.sim.now), schema);
  }

  #letPass(goesOn: () => boolean, most: Duration): Duration {
    const passed = this.#course.waitWhile(goesOn, most);
    this.#recording.wait(passed);
    this.#after([]);
    return passed;
  }

  #perform(step: Step, written: WrittenStep, isStory: boolean): void {
    this.#mustBePlausible(step);
    const { sim } = this.#course;
    const began = sim.now;
    const performed = this.#course.perform(step);
    if (performed.how === 'done' && isFrameFault(step.world)) this.#faults.push(step.world);
    if (performed.how === 'tooLate')
      throw new LineError(
        `at: time cannot go back: it is ${formatDuration(span(began))} already, expected that or later`,
      );
    if (performed.how === 'inVain') this.#inVain(step, written);
    else if (performed.how === 'habit') {
      this.#recording.add(written);
      this.#after(['a habit from now on']);
    } else this.#done(performed, step, written, isStory, began);
  }

  #done({ outcome, refused, checked }: Done, step: Step, written: WrittenStep, isStory: boolean, began: number): void {
    const { sim } = this.#course;
    this.#outcome = outcome;
    const isMissed =
      refused !== undefined && step.expect?.refused === undefined && (isStory || step.expect !== undefined);
    const unmet = checked.filter(({ met }) => !met);
    this.#missed += unmet.length + (isMissed ? 1 : 0);
    for (const line of checkedText(unmet)) this.#recording.remark(line);
    const took = formatDuration(span(sim.now - began));
    // How long it took is the least that a replay has to wait; ten years a time would soon be too many.
    const tight = written.atMost === UNTIL_AT_MOST ? { ...written, atMost: took } : written;
    const went = asItWent(tight, checked, refused);
    if (went !== undefined) this.#recording.add(stepOf(went).written);
    const came = [
      ...(outcome === undefined ? [] : refusalText(outcome, sim.belief().now, sim.localTime)),
      ...(isMissed ? [`NOT AS EXPECTED: ${actOf(step)?.act.type} refused: ${refused}`] : []),
      ...(step.patient === undefined ? [] : [`handset: ${sim.display()}`]),
      ...(step.until === undefined ? [] : [`${nameOf(step.until)} after ${took}${limitOf(written)}`]),
      ...checkedText(checked),
    ];
    this.#after(came, step.clinician !== undefined, outcome);
    if (refused === undefined) this.#lines.push(...readText(step, sim, this.#watcher));
  }

  /** What was waited for did not come: kept as the time that passed, so that a replay goes on too. */
  #inVain({ until = {}, atMost = span(0) }: Step, written: WrittenStep): void {
    const what = `until ${nameOf(until)}: it did not come within ${formatDuration(atMost)}`;
    this.#missed += 1;
    this.#recording.remark(what);
    this.#recording.wait(atMost);
    this.#after([`NOT AS EXPECTED: ${what}${limitOf(written)}`]);
  }

  /** What is to be read once something has been done: warnings first, then what came of it. */
  #after(came: readonly string[], isClinician = false, outcome?: Outcome): void {
    const { sim } = this.#course;
    const [reason, told] = [reasonOf(outcome), this.#watcher.told()];
    const [before, now] = [this.#seen, sim.screen()];
    this.#seen = now;
    const isNew = `${before.warnings}` !== `${now.warnings}` || isClinician;
    // What was not done is said once.
    const warnings = warningText(now).filter((line) => reason === undefined || !line.startsWith('! Not done: '));
    const opened = before.fields.length === 0 ? undefined : before;
    const shown = isClinician || before.title !== now.title ? screenText(now, opened ?? { ...before, fields: [] }) : [];
    this.#lines.push(
      ...this.#newBreaches(),
      ...(isNew ? warnings : []),
      ...came,
      ...momentsText(this.#tells === 'seen' ? seen(told) : known(told, isUnanswered(outcome)), reason),
      ...shown,
    );
  }

  #newBreaches(): string[] {
    const fresh = this.breaches.slice(this.#told);
    this.#told = this.breaches.length;
    return breachText(fresh);
  }

  /** Refuses what no scenario may hold, so that the recording can always be read. */
  #mustBePlausible(step: Step): void {
    const { gist } = this.#recording;
    // What the pump refuses is kept as refused, and may then be anything.
    const whole = actOf(step) === undefined ? step : { ...step, expect: { ...step.expect, refused: 'busy' as const } };
    const problems = implausible({ ...this.#opening.scenario, story: [...gist, whole] });
    const own = problems.filter(({ path }) => path[0] === 'story' && path[1] === gist.length);
    if (own.length > 0)
      throw new LineError(own.map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`).join('; '));
  }

  #view(view: ViewName, rest: string): void {
    if (VIEWS[view].takes === '' && rest !== '')
      throw new LineError(`${view}: "${rest.slice(0, 60)}": expected nothing after it`);
    if (view === 'next') this.#next(countIn(view, rest, 1));
    else if (view === 'skip') {
      this.#storyStep();
      this.#played += 1;
      this.#lines.push(...this.#upcoming());
    } else if (view === 'note') {
      if (rest === '') throw new LineError('note: expected a remark');
      this.#recording.remark(rest);
    } else if (view === 'help') this.#lines.push(rest === '' ? helpAll() : helpOn(rest));
    else this.#lines.push(look(view, rest, this.#course.view(), this.#watcher));
  }

  /** The step of the story that is played next. Throws LineError where there is none. */
  #storyStep(): { readonly step: Step; readonly written: WrittenStep } {
    const [step, written] = [this.#opening.scenario.story[this.#played], this.#opening.written.story[this.#played]];
    if (step !== undefined && written !== undefined) return { step, written };
    throw new LineError(`no step is left: the story that was opened has ${this.#opening.scenario.story.length}`);
  }

  #next(count: number): void {
    for (let i = 0; i < count && (i === 0 || this.#played < this.#opening.scenario.story.length); i++) {
      const { step, written } = this.#storyStep();
      this.#lines.push(stepText(written).trimEnd());
      this.#perform(step, written, true);
      this.#played += 1;
    }
    this.#lines.push(...this.#upcoming());
  }

  /** The step that `next` would play. */
  #upcoming(): string[] {
    const { story } = this.#opening.written;
    const written = story[this.#played];
    if (written === undefined) return story.length === 0 ? [] : ['the story is over'];
    return [`next (${this.#played + 1} of ${story.length}):`, stepText(written).trimEnd()];
  }
}

/** How far a story has been played, and what comes next. */
interface StoryToCome {
  readonly played: number;
  readonly of: number;
  readonly next: string | undefined;
  readonly says: string | undefined;
}

type Done = Extract<Performed, { readonly how: 'done' }>;

/** Says how far was looked where the line did not. */
const limitOf = ({ atMost }: WrittenStep): string =>
  atMost === UNTIL_AT_MOST ? ` (looked ahead ${atMost}; atMost sets another limit)` : '';
