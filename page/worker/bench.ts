import {
  ALARM_WORDS,
  DISCREPANCY_REASONS,
  DRUGS,
  FileError,
  forPeople,
  type Lesson,
  LineError,
  loadScenario,
  newPump,
  type OpenFile,
  openingOf,
  plainChart,
  problemLines,
  type Reply,
  unitOf,
  usageText,
  WrittenError,
} from '../../workbench/index.ts';
import { aspiratedIn, pathOf, residualOf } from './aspirated.ts';
import type { Cases } from './cases.ts';
import { Ear } from './ear.ts';
import { lastTold, withoutCodes } from './found.ts';
import { Life, sessionOf } from './life.ts';
import { logShown } from './log.ts';
import type {
  Asked,
  AskName,
  CaseTold,
  Files,
  Pace,
  Point,
  Question,
  Said,
  Shown,
  Stop,
  Told,
  Tone,
} from './protocol.ts';
import { chainTo, lastRecords, xrayOf } from './xray.ts';

/** What a bench is given by whatever it runs in. */
export interface Surroundings {
  readonly version: string;
  /** Milliseconds of the room, from any origin. */
  readonly clock: () => number;
  /** Calls back after some milliseconds of the room, once messages that wait have been taken. */
  readonly later: (call: () => void, ms: number) => void;
  /** Tells the page. */
  readonly tell: (told: Told) => void;
}

/** Who asks, and is told how things stand: the page, or an instructor's window beside it, from whom nothing is hidden. */
export interface Asker {
  readonly isInstructor: boolean;
  readonly tell: (told: Told) => void;
}

/** Longest that is computed before messages are looked at, and between two slices at a pace, in milliseconds. */
const SLICE = 40;
/** What a slice at top speed passes at most of simulated time: ten years, more than any pump lives at a stretch. */
const FAR = 315_360_000_000;
/** Fastest pace at which the pump is heard, in seconds a second. */
const HEARD = 60;

/** The time that runs by itself. */
interface Run {
  readonly pace: Pace;
  readonly to: number;
  readonly stop: Stop | undefined;
  /** The pace at which it goes on from there while a session is open. */
  readonly inSession: Pace | undefined;
  /** How many records have been looked at. */
  looked: number;
  /** When the slice before began, by the clock of the room. */
  last: number;
  /** Simulated milliseconds that the room's time came to and that have not passed yet: less than one. */
  owed: number;
}

/** A life that is open, and the number it is told apart by. */
interface Visit {
  readonly number: number;
  readonly life: Life;
}

type Use<T> = (made: T) => void;
/** What takes so long that it is answered later. */
type Lengthy = 'runScenario' | 'rewind' | 'branch' | 'curves' | 'sheets' | 'cases' | 'addCase' | 'openCase' | 'debrief';
/** Answers whoever asked. */
type Answer = (answer: { readonly got: Asked[AskName]['gets'] } | { readonly problem: string }) => void;
/** What changes nothing. */
const LOOKS: ReadonlySet<AskName> = new Set<AskName>([
  'trace',
  'aspirated',
  'log',
  'recorded',
  'timeline',
  'xray',
  'curves',
  'faults',
  'records',
  'chain',
  'chart',
  'profile',
  'runScenario',
  'cases',
  'addCase',
  'caseTold',
  'caseBehind',
  'prescriptions',
  'usage',
]);
/** What shows what nobody at the bedside can see. */
const REVEALS: ReadonlySet<AskName> = new Set<AskName>([
  'trace',
  'recorded',
  'xray',
  'curves',
  'faults',
  'records',
  'chain',
]);
const GOES_BACK: ReadonlySet<AskName> = new Set<AskName>(['rewind', 'branch']);

/** What somebody asked for that cannot be had. */
class Unanswerable extends Error {}

/** Answers the page: holds the lives, does what is asked, and lets time run in slices. */
export class Bench {
  readonly #around: Surroundings;
  readonly #page: Asker;
  readonly #askers = new Set<Asker>();
  #cases: Promise<Cases> | undefined;
  #visits: Visit[] = [];
  #at = 0;
  #last = 0;
  #run: Run | undefined;
  /** What the last jump came to, and in which life at which instant. */
  #came: { readonly life: Life; readonly at: number; readonly text: string } | undefined;
  /** Whether a life is being led to a point of another: nothing is done in between, or it would be lost. */
  #isLeading = false;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#page = { isInstructor: false, tell: around.tell };
    this.#askers.add(this.#page);
  }

  /** Whether an assessment is under way, in the visit at hand or another: then no window can begin to watch. */
  get isAssessing(): boolean {
    return this.#visits.some(({ life }) => life.isHiding);
  }

  /** Takes in somebody who is told how things stand from now on. */
  join(asker: Asker): void {
    this.#askers.add(asker);
    if (this.#visits.length > 0) asker.tell({ shown: this.#drawn(asker) });
  }

  leave(asker: Asker): void {
    this.#askers.delete(asker);
  }

  take(question: Question, asker = this.#page): void {
    const { id, ask, give } = question;
    const answer: Answer = (told) => asker.tell({ id, ...told });
    this.#orProblem(answer, () => {
      if (this.#isLeading && !LOOKS.has(ask)) throw new Unanswerable('on the way to another point of this life: wait');
      this.#mustBeAllowed(question, asker);
      if (ask === 'runScenario') this.#runWhole(answer, give);
      else if (ask === 'curves') this.#curves(answer, give);
      else if (ask === 'sheets') this.#fetched(answer, async () => (await import('./faults.ts')).faultSheets);
      else if (ask === 'cases') this.#fetched(answer, async () => (await this.#allCases()).list);
      else if (ask === 'addCase')
        this.#fetched(answer, async () => (await this.#allCases()).add(give.name, give.text, filesIn(give.files)));
      else if (ask === 'openCase') this.#fetched(answer, () => this.#openCase(give));
      else if (ask === 'debrief') this.#fetched(answer, () => this.#debrief());
      else if (ask === 'rewind')
        this.#lead(answer, give, (life) => void this.#visits.splice(this.#at, 1, { ...this.#visit, life }));
      else if (ask === 'branch')
        this.#lead(answer, give, (life) => {
          this.#at = this.#visits.push(this.#numbered(life)) - 1;
        });
      else answer({ got: this.#answer(question) });
    });
  }

  /** Until an assessment is over, the page is not told what is hidden, and nobody goes back. */
  #mustBeAllowed({ ask, give }: Question, { isInstructor }: Asker): void {
    if (ask === 'caseBehind' && !isInstructor) throw new Unanswerable('it is for the instructor');
    // Not after the debrief either: it has told what there was to be found.
    if (GOES_BACK.has(ask) && this.#life.lesson?.mode === 'assessment')
      throw new Unanswerable('nobody goes back in an assessment');
    if (this.#visits[this.#at]?.life.isHiding !== true) return;
    const isRevealed = REVEALS.has(ask) || (ask === 'run' && give.stop !== undefined);
    if (isRevealed && !isInstructor) throw new Unanswerable('not before the debrief');
  }

  /** What is loaded when it is first wanted: a first visit to the page does without. */
  #fetched(answer: Answer, work: () => Promise<Asked[AskName]['gets']>): void {
    work().then(
      (got) => answer({ got }),
      (error: unknown) => answer({ problem: error instanceof FileError ? problemOf(error) : wordsOf(error) }),
    );
  }

  #orProblem(answer: Answer, work: () => void): void {
    try {
      work();
    } catch (error) {
      answer({ problem: problemOf(error) });
    }
  }

  /** Those of the life for which it was asked, whichever is at hand once they can be drawn. */
  #curves(answer: Answer, { figuresOf }: Asked['curves']['gives']): void {
    const { curves } = this.#life;
    this.#fetched(answer, async () => (await import('./curves.ts')).curvesDrawn(curves, figuresOf));
  }

  #allCases(): Promise<Cases> {
    this.#cases ??= import('./cases.ts').then(
      ({ Cases }) => new Cases(),
      (error: unknown) => {
        // It may be there the next time.
        this.#cases = undefined;
        throw error;
      },
    );
    return this.#cases;
  }

  async #openCase({ name, seed, mode, learner }: Asked['openCase']['gives']): Promise<Said> {
    const cases = await this.#allCases();
    const { version } = this.#around;
    const begin = cases.begin(name, seed, { version, mode, ...(learner === undefined ? {} : { learner }) });
    if (begin === undefined) throw new Unanswerable(`there is no case "${name}"`);
    return this.#begin(new Life(begin), true);
  }

  get #lesson(): Lesson {
    const { lesson } = this.#life;
    if (lesson === undefined) throw new Unanswerable('this visit is no training case');
    return lesson;
  }

  #caseTold(): CaseTold {
    const { title, briefing, complaint, measures = {} } = this.#lesson.lesson;
    // What a measure answers is told to who has done it.
    const offered = Object.entries(measures).map(([name, { says }]) => [name, says]);
    return { title, briefing, complaint, measures: Object.fromEntries(offered) };
  }

  async #debrief(): Promise<Asked['debrief']['gets']> {
    const lesson = this.#lesson;
    if (!lesson.isOver) throw new Unanswerable('there is no debrief before the case is over');
    const { harmDrawn } = await import('./cases.ts');
    const [last, debrief] = [lesson.finish(), lesson.debrief()];
    return { debrief, curves: harmDrawn(debrief), last };
  }

  #answer({ ask, give }: Exclude<Question, { readonly ask: Lengthy }>): Asked[AskName]['gets'] {
    switch (ask) {
      case 'open':
        return this.#begin(
          new Life(sessionOf(loadScenario(give.scenario, filesIn(give.files)), this.#around.version)),
          give.beside,
        );
      case 'setting':
        return this.#begin(new Life(sessionOf(openingOf(give), this.#around.version)));
      case 'newPump':
        return this.#begin(new Life(sessionOf(newPump(give.profile, give.clock), this.#around.version)));
      case 'act':
        return this.#do((life) => life.act(give));
      case 'listen':
        return this.#do((life) => life.listen(give.for));
      case 'line':
        return this.#do((life) => life.line(give));
      case 'run':
        return this.#shown(this.#start(give));
      case 'pause':
        this.#run = undefined;
        return this.#shown(null);
      case 'life':
        this.#mustBeThere(give.life);
        this.#run = undefined;
        this.#at = give.life;
        return this.#shown(null);
      case 'close':
        return this.#close(give.life);
      case 'trace':
        return this.#life.records.slice(give.from);
      case 'timeline':
        return {
          done: this.#life.done,
          lives: this.#visits.map(({ life: { title, session } }) => ({ title, localTime: session.sim.localTime })),
        };
      case 'xray':
        return xrayOf(this.#life.session.sim);
      case 'caseTold':
        return this.#caseTold();
      case 'caseBehind':
        return { hidden: this.#lesson.lesson.hidden, lines: this.#lesson.soFar };
      case 'prescriptions':
        return withoutCodes(this.#life.session.prescriptions);
      case 'usage':
        return usageText(this.#life.session.sim.knows);
      case 'faults':
        return this.#life.faults;
      case 'records':
        return lastRecords(this.#life.records, give.only, give.most);
      case 'chain':
        return chainTo(this.#life.records, give.n);
      case 'aspirated':
        return aspiratedIn(this.#life.session.sim, give.volume);
      case 'log':
        return logShown(this.#life.session.log);
      case 'recorded':
        return this.#life.recorded();
      case 'chart':
        return plainChart;
      case 'words':
        return {
          drugs: DRUGS.map((name) => ({ name, unit: unitOf(name) })),
          alarms: ALARM_WORDS,
          reasons: DISCREPANCY_REASONS,
        };
      case 'profile':
        return this.#life.session.sim.profile;
    }
  }

  get #visit(): Visit {
    const visit = this.#visits[this.#at];
    if (visit === undefined) throw new Unanswerable('no pump has been opened');
    return visit;
  }

  get #life(): Life {
    return this.#visit.life;
  }

  #numbered(life: Life): Visit {
    this.#last += 1;
    return { number: this.#last, life };
  }

  #mustBeThere(life: number): void {
    if (this.#visits[life] === undefined) throw new Unanswerable(`there are ${this.#visits.length} lives`);
  }

  #close(life: number): null {
    this.#mustBeThere(life);
    if (this.#visits.length === 1) throw new Unanswerable('the last life stays open');
    this.#visits.splice(life, 1);
    // Time goes on for whoever is not concerned.
    if (life === this.#at) this.#run = undefined;
    if (life <= this.#at) this.#at = Math.max(0, this.#at - 1);
    return this.#shown(null);
  }

  #begin(life: Life, beside = false): Said {
    const before = beside ? this.#visits : [];
    [this.#visits, this.#at, this.#run] = [[...before, this.#numbered(life)], before.length, undefined];
    return this.#shown({ text: life.greeting });
  }

  #do(deed: (life: Life) => Reply): Said {
    const { records } = this.#life;
    const before = records.length;
    const reply = said(deed(this.#life));
    this.#sound(this.#ear.tested(records.slice(before)));
    this.#sound(this.#ear.listened(foundIn(reply)));
    return this.#shown(reply);
  }

  get #ear(): Ear {
    return new Ear(this.#life.session.sim);
  }

  #sound(tones: readonly Tone[]): void {
    if (tones.length > 0) this.#around.tell({ tones });
  }

  /** Leads a life to a point of the one at hand, and does something with it then. */
  #lead(
    answer: Answer,
    { at = Number.POSITIVE_INFINITY, done = Number.POSITIVE_INFINITY }: Point,
    then: Use<Life>,
  ): void {
    this.#run = undefined;
    const leading = this.#life.upTo(at, done);
    this.#isLeading = true;
    this.#shown(null);
    this.#bitByBit(answer, leading, (life) => {
      this.#isLeading = false;
      then(life);
      answer({ got: this.#shown(null) });
    });
  }

  /** Does something lengthy, so much at a time as a slice takes, and something with what it comes to. */
  #bitByBit<T>(answer: Answer, work: Generator<unknown, T>, then: Use<T>): void {
    const goOn = () => {
      const began = this.#around.clock();
      let next = work.next();
      while (next.done !== true && this.#around.clock() - began < SLICE) next = work.next();
      if (next.done === true) then(next.value);
      else this.#around.later(() => this.#orProblem(answer, goOn), 0);
    };
    goOn();
  }

  /** Shows how things stand, and answers. */
  #shown<T>(answer: T): T {
    for (const asker of this.#askers) asker.tell({ shown: this.#drawn(asker) });
    return answer;
  }

  #drawn({ isInstructor }: Asker): Shown {
    const { number, life } = this.#visit;
    const { session, now, records, done, inScanner, story, lesson } = life;
    const { sim } = session;
    const came = this.#came;
    const roomOf = (at: number | null) => (at === null ? null : sim.localTime - now + at);
    const isHidden = life.isHiding && !isInstructor;
    return {
      now,
      localTime: sim.localTime,
      pace: this.#run?.pace ?? 'paused',
      isLeading: this.#isLeading,
      screen: forPeople(sim.screen()),
      isOpen: session.isOpen,
      endsAt: sim.endsAt,
      read: sim.knows.status,
      serials: { record: sim.knows.serial, answering: sim.knows.answering },
      report: session.report,
      card: session.card,
      leftStopped: session.leftStopped,
      residual: residualOf(sim),
      path: pathOf(sim),
      bolusParts: sim.profile.bolusParts,
      mayBeStopped: sim.knows.mayBeStopped,
      cameTo: !isHidden && came?.life === life && came.at === now ? came.text : null,
      handset: sim.display(),
      handsetAt: roomOf(sim.handsetAnsweredAt()),
      inScanner,
      states: isHidden ? {} : (sim.states ?? {}),
      records: isHidden ? 0 : records.length,
      done: done.length,
      visit: number,
      life: this.#at,
      lives: this.#visits.length,
      story,
      lesson:
        lesson === undefined
          ? null
          : { mode: lesson.mode, isOver: lesson.isOver, left: lesson.left, isHiding: isHidden },
    };
  }

  #start({ pace, to = Number.POSITIVE_INFINITY, stop, inSession }: Asked['run']['gives']): null {
    const { now, records } = this.#life;
    if (pace === 'paused' || to <= now) {
      this.#run = undefined;
      return null;
    }
    const run: Run = { pace, to, stop, inSession, looked: records.length, last: this.#around.clock(), owed: 0 };
    this.#run = run;
    this.#goOn(run);
    return null;
  }

  /** A slice after what is already waiting; none where the run is no longer the one at hand. */
  #goOn(run: Run): void {
    this.#around.later(
      () => {
        if (this.#run === run) this.#slice(run);
      },
      run.pace === 'top' ? 0 : SLICE,
    );
  }

  #slice(run: Run): void {
    const life = this.#life;
    const began = this.#around.clock();
    const ear = typeof run.pace === 'number' && run.pace <= HEARD ? this.#ear : undefined;
    const second = Math.floor(life.now / 1000);
    const { length } = life.records;
    let isReached = false;
    const goesOn = () => {
      ear?.listen();
      isReached = reached(run, life);
      return !isReached && this.#around.clock() - began < SLICE;
    };
    const due = Math.min(FAR, this.#due(run, began));
    const told = life.pass(goesOn, Math.min(due, run.to - life.now));
    if (isReached) this.#came = { life, at: life.now, text: lastTold(told) };
    this.#sound(ear?.heard() ?? []);
    const isOver = isReached || life.now >= run.to || life.lesson?.isOver === true;
    if (!isOver) this.#goOn(run);
    else if (run.inSession !== undefined && life.session.isOpen) this.#start({ pace: run.inSession });
    else this.#run = undefined;
    // At the pace of the room little changes from one slice to the next.
    if (isOver || life.records.length > length || Math.floor(life.now / 1000) > second) this.#shown(null);
  }

  /** How much simulated time is to pass. What could not be computed in time is not made up for. */
  #due(run: Run, began: number): number {
    if (typeof run.pace !== 'number') return FAR;
    const due = run.owed + (began - run.last) * run.pace;
    const whole = Math.floor(due);
    [run.last, run.owed] = [began, due - whole];
    return whole;
  }

  /** Runs a scenario to its end, and answers then. */
  #runWhole(answer: Answer, { id, scenario, files }: Asked['runScenario']['gives']): void {
    const loaded = loadScenario(scenario, filesIn(files));
    void import('./whole.ts').then(({ wholeRun }) =>
      this.#orProblem(answer, () =>
        this.#bitByBit(answer, wholeRun(loaded, id, this.#around.version), (got) => answer({ got })),
      ),
    );
  }
}

const foundIn = ({ outcome }: Said): readonly string[] =>
  outcome !== undefined && 'found' in outcome ? (outcome.found ?? []) : [];

const said = ({ text, problem, outcome }: Reply): Said => ({
  text,
  ...(problem === undefined ? {} : { problem }),
  ...(outcome === undefined ? {} : { outcome }),
});

/** Whether what a run is to stop at has come since it was last asked. */
function reached(run: Run, { records }: Life): boolean {
  const fresh = run.stop === undefined ? [] : records.slice(run.looked);
  run.looked = records.length;
  if (run.stop === 'event') return fresh.length > 0;
  return fresh.some(
    ({ layer, kind, data }) =>
      layer === 'firmware' &&
      kind === 'log' &&
      typeof data === 'object' &&
      data !== null &&
      'kind' in data &&
      data.kind === 'alarmRaised',
  );
}

const filesIn =
  (files: Files = {}): OpenFile =>
  (path) => {
    const text = Object.hasOwn(files, path) ? files[path] : undefined;
    if (text !== undefined) return { file: path, text };
    throw new FileError([{ line: 1, column: 1, message: `${path}: no such file` }]);
  };

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);

/** What is wrong with what was asked, to be read; a fault of the simulator is thrown on. */
function problemOf(error: unknown): string {
  if (error instanceof FileError) return problemLines(error.problems);
  if (error instanceof LineError || error instanceof WrittenError || error instanceof Unanswerable)
    return error.message;
  throw error;
}
