import {
  ALARM_WORDS,
  DISCREPANCY_REASONS,
  DRUGS,
  FileError,
  LineError,
  loadScenario,
  newPump,
  type OpenFile,
  openingOf,
  plainChart,
  problemLines,
  type Reply,
  unitOf,
  WrittenError,
} from '../../workbench/index.ts';
import { Ear } from './ear.ts';
import { Life } from './life.ts';
import { logShown } from './log.ts';
import type { Asked, AskName, Files, Pace, Point, Question, Said, Shown, Stop, Told, Tone } from './protocol.ts';
import { chainTo, lastRecords, xrayOf } from './xray.ts';

/** What a bench is given by whatever it runs in. */
export interface Surroundings {
  readonly version: string;
  /** Milliseconds of the room, from any origin. */
  readonly clock: () => number;
  /** Calls back after some milliseconds of the room, once messages that wait have been taken. */
  readonly later: (call: () => void, ms: number) => void;
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
type Lengthy = 'runScenario' | 'rewind' | 'branch' | 'curves' | 'sheets';
/** What changes nothing. */
const LOOKS: ReadonlySet<AskName> = new Set<AskName>([
  'trace',
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
]);

/** What somebody asked for that cannot be had. */
class Unanswerable extends Error {}

/** Answers the page: holds the lives, does what is asked, and lets time run in slices. */
export class Bench {
  readonly #around: Surroundings;
  #visits: Visit[] = [];
  #at = 0;
  #last = 0;
  #run: Run | undefined;
  /** Whether a life is being led to a point of another: nothing is done in between, or it would be lost. */
  #isLeading = false;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  take(question: Question): void {
    const { id, ask, give } = question;
    this.#orProblem(id, () => {
      if (this.#isLeading && !LOOKS.has(ask)) throw new Unanswerable('on the way to another point of this life: wait');
      if (ask === 'runScenario') this.#runWhole(id, give);
      else if (ask === 'curves')
        this.#fetched(id, async () => (await import('./curves.ts')).curvesDrawn(this.#life.curves, give.figuresOf));
      else if (ask === 'sheets') this.#fetched(id, async () => (await import('./faults.ts')).faultSheets);
      else if (ask === 'rewind')
        this.#lead(id, give, (life) => void this.#visits.splice(this.#at, 1, { ...this.#visit, life }));
      else if (ask === 'branch')
        this.#lead(id, give, (life) => {
          this.#at = this.#visits.push(this.#numbered(life)) - 1;
        });
      else this.#around.tell({ id, got: this.#answer(question) });
    });
  }

  /** What is loaded when it is first wanted: a first visit to the page does without. */
  #fetched(id: number, work: () => Promise<Asked[AskName]['gets']>): void {
    work().then(
      (got) => this.#around.tell({ id, got }),
      (error: unknown) => this.#around.tell({ id, problem: error instanceof Error ? error.message : `${error}` }),
    );
  }

  #orProblem(id: number, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#around.tell({ id, problem: problemOf(error) });
    }
  }

  #answer({ ask, give }: Exclude<Question, { readonly ask: Lengthy }>): Asked[AskName]['gets'] {
    switch (ask) {
      case 'open':
        return this.#begin(
          new Life(loadScenario(give.scenario, filesIn(give.files)), this.#around.version),
          give.beside,
        );
      case 'setting':
        return this.#begin(new Life(openingOf(give), this.#around.version));
      case 'newPump':
        return this.#begin(new Life(newPump(give.profile, give.clock), this.#around.version));
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
      case 'faults':
        return this.#life.faults;
      case 'records':
        return lastRecords(this.#life.records, give.only, give.most);
      case 'chain':
        return chainTo(this.#life.records, give.n);
      case 'log':
        return logShown(this.#life.session.log);
      case 'recorded':
        return this.#life.session.recorded();
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
    return this.#shown({ text: life.session.greeting });
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
    question: number,
    { at = Number.POSITIVE_INFINITY, done = Number.POSITIVE_INFINITY }: Point,
    then: Use<Life>,
  ): void {
    this.#run = undefined;
    const leading = this.#life.upTo(at, done);
    this.#isLeading = true;
    this.#shown(null);
    this.#bitByBit(question, leading, (life) => {
      this.#isLeading = false;
      then(life);
      this.#around.tell({ id: question, got: this.#shown(null) });
    });
  }

  /** Does something lengthy, so much at a time as a slice takes, and something with what it comes to. */
  #bitByBit<T>(question: number, work: Generator<unknown, T>, then: Use<T>): void {
    const goOn = () => {
      const began = this.#around.clock();
      let next = work.next();
      while (next.done !== true && this.#around.clock() - began < SLICE) next = work.next();
      if (next.done === true) then(next.value);
      else this.#around.later(() => this.#orProblem(question, goOn), 0);
    };
    goOn();
  }

  /** Shows how things stand, and answers. */
  #shown<T>(answer: T): T {
    this.#around.tell({ shown: this.#drawn() });
    return answer;
  }

  #drawn(): Shown {
    const { number, life } = this.#visit;
    const { session, now, records, done, inScanner } = life;
    const { sim } = session;
    return {
      now,
      localTime: sim.localTime,
      pace: this.#run?.pace ?? 'paused',
      isLeading: this.#isLeading,
      screen: sim.screen(),
      isOpen: session.isOpen,
      endsAt: sim.endsAt,
      read: sim.knows.status,
      serials: { record: sim.knows.serial, answering: sim.knows.answering },
      report: session.report,
      card: session.card,
      leftStopped: session.leftStopped,
      bolusParts: sim.profile.bolusParts,
      mayBeStopped: sim.knows.mayBeStopped,
      handset: sim.display(),
      inScanner,
      belief: sim.belief(),
      truth: sim.truth(),
      states: sim.states ?? {},
      records: records.length,
      done: done.length,
      visit: number,
      life: this.#at,
      lives: this.#visits.length,
      story: session.story,
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
    life.pass(goesOn, Math.min(due, run.to - life.now));
    this.#sound(ear?.heard() ?? []);
    const isOver = isReached || life.now >= run.to;
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
  #runWhole(question: number, { id, scenario, files }: Asked['runScenario']['gives']): void {
    const loaded = loadScenario(scenario, filesIn(files));
    void import('./whole.ts').then(({ wholeRun }) =>
      this.#orProblem(question, () =>
        this.#bitByBit(question, wholeRun(loaded, id, this.#around.version), (got) =>
          this.#around.tell({ id: question, got }),
        ),
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

/** What is wrong with what was asked, to be read; a fault of the simulator is thrown on. */
function problemOf(error: unknown): string {
  if (error instanceof FileError) return problemLines(error.problems);
  if (error instanceof LineError || error instanceof WrittenError || error instanceof Unanswerable)
    return error.message;
  throw error;
}
