import {
  ALARM_WORDS,
  DISCREPANCY_REASONS,
  DRUGS,
  FileError,
  type Lesson,
  loadScenario,
  newPump,
  type OpenFile,
  openingOf,
  plainChart,
  type Reply,
  unitOf,
  usageText,
} from '../../workbench/index.ts';
import { LOOKS, mustBeAllowed } from './allowed.ts';
import { aspiratedIn } from './aspirated.ts';
import type { Cases } from './cases.ts';
import { Ear } from './ear.ts';
import { withoutCodes } from './found.ts';
import { Life, sessionOf } from './life.ts';
import { logShown } from './log.ts';
import type { Asked, AskName, CaseTold, Files, Point, Question, Said, Shown, Told, Tone } from './protocol.ts';
import { type Room, Running, SLICE } from './running.ts';
import { shownOf } from './shown.ts';
import { problemOf, Unanswerable, wordsOf } from './unanswerable.ts';
import { Visits } from './visits.ts';
import { chainTo, lastRecords, xrayOf } from './xray.ts';

/** What a bench is given by whatever it runs in. */
export interface Surroundings extends Room {
  readonly version: string;
  /** Tells the page. */
  readonly tell: (told: Told) => void;
}

/** Who asks, and is told how things stand: the page, or an instructor's window beside it, from whom nothing is hidden. */
export interface Asker {
  readonly isInstructor: boolean;
  readonly tell: (told: Told) => void;
}

type Use<T> = (made: T) => void;
/** What takes so long that it is answered later. */
type Lengthy = 'runScenario' | 'rewind' | 'branch' | 'curves' | 'sheets' | 'cases' | 'addCase' | 'openCase' | 'debrief';
/** Answers whoever asked. */
type Answer = (answer: { readonly got: Asked[AskName]['gets'] } | { readonly problem: string }) => void;

/** Answers the page: holds the lives, does what is asked, and lets time run in slices. */
export class Bench {
  readonly #around: Surroundings;
  readonly #page: Asker;
  readonly #askers = new Set<Asker>();
  #cases: Promise<Cases> | undefined;
  readonly #visits = new Visits();
  readonly #running: Running;
  /** Whether a life is being led to a point of another: nothing is done in between, or it would be lost. */
  #isLeading = false;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#page = { isInstructor: false, tell: around.tell };
    this.#askers.add(this.#page);
    this.#running = new Running(around, {
      life: () => this.#life,
      sound: (tones) => this.#sound(tones),
      show: () => this.#shown(null),
    });
  }

  /** Whether an assessment is under way, in the visit at hand or another: then no window can begin to watch. */
  get isAssessing(): boolean {
    return this.#visits.lives.some(({ isHiding }) => isHiding);
  }

  /** Takes in somebody who is told how things stand from now on. */
  join(asker: Asker): void {
    this.#askers.add(asker);
    if (this.#visits.lives.length > 0) asker.tell({ shown: this.#drawn(asker) });
  }

  leave(asker: Asker): void {
    this.#askers.delete(asker);
  }

  take(question: Question, asker = this.#page): void {
    const { id, ask, give } = question;
    const answer: Answer = (told) => asker.tell({ id, ...told });
    this.#orProblem(answer, () => {
      if (this.#isLeading && !LOOKS.has(ask)) throw new Unanswerable('on the way to another point of this life: wait');
      mustBeAllowed(question, asker.isInstructor, this.#visits.lives[this.#visits.at]);
      if (ask === 'runScenario') this.#runWhole(answer, give);
      else if (ask === 'curves') this.#curves(answer, give);
      else if (ask === 'sheets') this.#fetched(answer, async () => (await import('./faults.ts')).faultSheets);
      else if (ask === 'cases') this.#fetched(answer, async () => (await this.#allCases()).list);
      else if (ask === 'addCase')
        this.#fetched(answer, async () => (await this.#allCases()).add(give.name, give.text, filesIn(give.files)));
      else if (ask === 'openCase') this.#fetched(answer, () => this.#openCase(give));
      else if (ask === 'debrief') this.#fetched(answer, () => this.#debrief());
      else if (ask === 'rewind') this.#lead(answer, give, (life) => this.#visits.replace(life));
      else if (ask === 'branch') this.#lead(answer, give, (life) => this.#visits.begin(life, true));
      else answer({ got: this.#answer(question) });
    });
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
        this.#running.start(give);
        return this.#shown(null);
      case 'pause':
        this.#running.stop();
        return this.#shown(null);
      case 'life':
        this.#visits.turnTo(give.life);
        this.#running.stop();
        return this.#shown(null);
      case 'close':
        return this.#close(give.life);
      case 'trace':
        return this.#life.records.slice(give.from);
      case 'timeline':
        return {
          done: this.#life.done,
          lives: this.#visits.lives.map(({ title, session }) => ({ title, localTime: session.sim.localTime })),
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

  get #life(): Life {
    return this.#visits.life;
  }

  #close(life: number): null {
    // Time goes on for whoever is not concerned.
    const isAtHand = life === this.#visits.at;
    this.#visits.close(life);
    if (isAtHand) this.#running.stop();
    return this.#shown(null);
  }

  #begin(life: Life, beside = false): Said {
    this.#visits.begin(life, beside);
    this.#running.stop();
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
    this.#running.stop();
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
    return shownOf(this.#visits, this.#running, this.#isLeading, isInstructor);
  }

  /** Runs a scenario to its end, and answers then. */
  #runWhole(answer: Answer, { id, scenario, files }: Asked['runScenario']['gives']): void {
    const loaded = loadScenario(scenario, filesIn(files));
    import('./whole.ts').then(
      // Out of the promise, in which a fault of the simulator would be lost.
      ({ wholeRun }) =>
        this.#around.later(
          () =>
            this.#orProblem(answer, () =>
              this.#bitByBit(answer, wholeRun(loaded, id, this.#around.version), (got) => answer({ got })),
            ),
          0,
        ),
      (error: unknown) => answer({ problem: wordsOf(error) }),
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

const filesIn =
  (files: Files = {}): OpenFile =>
  (path) => {
    const text = Object.hasOwn(files, path) ? files[path] : undefined;
    if (text !== undefined) return { file: path, text };
    throw new FileError([{ line: 1, column: 1, message: `${path}: no such file` }]);
  };
