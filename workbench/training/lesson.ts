import type { ExecutorName } from '../../firmware-sim/index.ts';
import { type Duration, formatDuration, span } from '../../shared/index.ts';
import type { CourseOptions } from '../scenario/course.ts';
import type { WrittenStep } from '../scenario/schema.ts';
import { listenFor } from '../session/listening.ts';
import { type Line, LineError, readLine, stepOf } from '../session/read-line.ts';
import { type Reply, Session } from '../session/session.ts';
import { enteredIn } from './arguments.ts';
import { beginningProblems } from './beginning.ts';
import { BesidePump } from './beside.ts';
import type { Debrief, Mode } from './debrief.ts';
import { debriefOf } from './debriefing.ts';
import { CaseError, type LoadedCase } from './document.ts';
import { Hints } from './hints.ts';
import { OVER, refusal, told } from './replies.ts';
import type { ScriptStep } from './schema.ts';
import { type LineSoFar, Watch } from './watch.ts';
import { completeFor, helpFor, notForLearner, stepNotForLearner, WORDS_SAID } from './words.ts';

export interface LessonOptions {
  /** What the trace calls the case. */
  readonly id: string;
  readonly version: string;
  readonly mode: Mode;
  /** Who takes it, as he or she wants to be called. */
  readonly learner?: string;
  readonly executor?: ExecutorName;
  readonly onHeader?: CourseOptions['onHeader'];
  readonly onRecord?: CourseOptions['onRecord'];
  readonly sampler?: CourseOptions['sampler'];
}

/** As much of the session in a lesson as may be looked at: what is done goes by the lesson. */
export type LessonSession = Pick<
  Session,
  'sim' | 'isOpen' | 'report' | 'card' | 'leftStopped' | 'log' | 'prescriptions' | 'records' | 'story' | 'drugInPump'
>;

/** How often it is looked what the patient has of each drug. */
const LOOKS = span(15 * 60_000);
/** How often whoever draws curves looks before the learner comes in: each look works out the whole body. */
const LOOKS_BEFORE = span(4 * 3_600_000);

/**
 * A learner's visit to a pump that has something to be found out: a session that watches what is done, keeps what must
 * stay hidden, and judges it by the rubric of the case.
 */
export class Lesson {
  readonly #case: LoadedCase;
  readonly #options: LessonOptions;
  readonly #session: Session;
  readonly #watch: Watch;
  readonly #hints: Hints;
  readonly #beside: BesidePump;
  #saidDone: Duration | null = null;
  #last: string | undefined;

  constructor(loaded: LoadedCase, options: LessonOptions) {
    const { id, version, mode, executor, onHeader, onRecord, sampler } = options;
    [this.#case, this.#options] = [loaded, options];
    [this.#hints, this.#beside] = [new Hints(loaded.lesson), new BesidePump(loaded.lesson)];
    let watch: Watch | undefined;
    this.#session = new Session(loaded.opening, {
      id,
      version,
      seed: loaded.seed,
      tells: mode === 'assessment' ? 'seen' : 'all',
      ...(executor === undefined ? {} : { executor }),
      ...(onHeader === undefined ? {} : { onHeader }),
      onRecord: (record, sim) => {
        onRecord?.(record, sim);
        watch?.take(record, sim);
      },
      // What was so before the learner came in is nobody's harm, and costs as much to work out.
      sampler: (truth, now) => {
        if (watch !== undefined || now % LOOKS_BEFORE === 0) sampler?.(truth, now);
        watch?.look(truth, now);
      },
      sampleEvery: LOOKS,
    });
    const { of } = this.#session.story;
    const { problem } = this.#session.line(`next ${of}`);
    if (this.#session.stillborn || this.#session.missed > 0 || (problem !== undefined && of > 0))
      throw new CaseError(beginningProblems(loaded, { id, version }));
    watch = new Watch(loaded.lesson, this.#session);
    this.#watch = watch;
  }

  /** What the learner reads first. */
  get greeting(): string {
    const { title, briefing, complaint, ends } = this.#case.lesson;
    return [title, '', briefing.trim(), '', complaint.trim(), '', `You have ${formatDuration(ends)}.`].join('\n');
  }

  get prompt(): string {
    return this.#session.prompt;
  }

  /** The visit as it stands, to be looked at. */
  get session(): LessonSession {
    return this.#session;
  }

  get lesson(): LoadedCase['lesson'] {
    return this.#case.lesson;
  }

  get mode(): Mode {
    return this.#options.mode;
  }

  /** Whether what nobody at the bedside can see is to stay hidden. */
  get isHiding(): boolean {
    return this.#isAssessed && !this.isOver;
  }

  /** How long the learner has left. */
  get left(): Duration {
    return span(Math.max(0, this.#watch.ends - this.#session.sim.now));
  }

  /** The rubric as far as it can be said before the end: for the instructor. */
  get soFar(): readonly LineSoFar[] {
    return this.#watch.soFar;
  }

  /** Whether the case is over: then there is a debrief, and nothing more can be done. */
  get isOver(): boolean {
    return this.#session.sim.now >= this.#watch.ends;
  }

  /** What a line with a word of a lesson says, to be read later; undefined of any other line. */
  wordSaid(line: string): string | undefined {
    const [word = '', name = ''] = line.trim().split(/\s+/);
    if (!Object.hasOwn(WORDS_SAID, word)) return undefined;
    return this.#case.lesson.measures?.[name]?.says ?? WORDS_SAID[word] ?? word;
  }

  /** Does a step of a script. */
  play(step: ScriptStep): Reply {
    return 'measure' in step ? this.line(`measure ${step.measure}`) : this.step(step);
  }

  /** Does what a line says, as a session does, but what would tell more than the mode allows. */
  line(text: string, elapsed = 0): Reply {
    if (this.isOver) return OVER;
    // What has passed while somebody sat there has passed, whatever the line says; the case may be over by then.
    const sat = elapsed > 0 ? this.#session.line('', Math.min(elapsed, this.left)).text : '';
    const reply = this.isOver ? told('') : this.#say(text);
    return { ...reply, text: [sat, reply.text].filter((each) => each !== '').join('\n') };
  }

  #say(text: string): Reply {
    const [, word = '', rest = ''] = /^\s*(\S*)\s*(.*?)\s*$/su.exec(text) ?? [];
    if (word === 'briefing') return told(this.greeting);
    if (word === 'hint') return this.#hint();
    if (word === 'done') return this.#done();
    if (word === 'measure') return this.#measure(rest);
    if (word === 'help') return this.#help(rest);
    return this.#do(
      notForLearner(this.mode, text),
      () => readLine(text),
      (cut) => (cut === undefined ? this.#session.line(text) : this.#session.step(cut)),
    );
  }

  /** Does a step of a story, given as the values that stand in a file; what a lesson allows. */
  step(value: unknown): Reply {
    if (this.isOver) return OVER;
    return this.#do(
      stepNotForLearner(this.mode, value),
      () => ({ kind: 'step', ...stepOf(value) }),
      (cut) => this.#session.step(cut ?? value),
    );
  }

  /** What a line could go on with, of what a learner may say, and the piece of it that would be replaced. */
  complete(line: string): [hits: string[], piece: string] {
    return completeFor(this.mode, line);
  }

  #do(wrong: string | undefined, read: () => Line, work: (cut: WrittenStep | undefined) => Reply): Reply {
    if (wrong !== undefined) return refusal(wrong);
    const line = readable(read);
    const before = this.#session.records.length;
    const reply = work(line?.kind === 'step' ? this.#cut(line) : undefined);
    this.#watch.did(this.#session.records.slice(before), reply, line?.kind === 'step' ? enteredIn(line.written) : {});
    return reply;
  }

  /** What is left of a step that would wait past the end of the case; undefined where it does not. */
  #cut({ step, written }: Extract<Line, { readonly kind: 'step' }>): WrittenStep | undefined {
    const { left } = this;
    const waits = step.after ?? (step.at === undefined ? 0 : step.at - this.#session.sim.now);
    // What would be done then is never done.
    if (waits > left) return { after: formatDuration(left) };
    return (step.atMost ?? 0) > left ? { ...written, atMost: formatDuration(left) } : undefined;
  }

  /** Lets time pass with nothing done, at most until the case is over. */
  pass(goesOn: () => boolean, most: Duration): { readonly text: string; readonly passed: Duration } {
    return this.#session.pass(goesOn, span(Math.min(most, this.left)));
  }

  /** Listens to the pump while time passes, at most until the case is over. */
  listen(most: Duration): Reply {
    if (this.isOver) return OVER;
    const whole = span(Math.min(most, this.left));
    let before = this.#session.records.length;
    return listenFor(this.#session, whole, (reply) => {
      this.#watch.did(this.#session.records.slice(before), reply, { for: formatDuration(whole) });
      before = this.#session.records.length;
    });
  }

  /** Ends the watch of the always-true rules: what they had to say, however often it is asked for. */
  finish(): string {
    this.#last ??= this.#session.finish();
    return this.#last;
  }

  get breaches(): Session['breaches'] {
    return this.#session.breaches;
  }

  /** The lesson so far as the text of a scenario. */
  recorded(): string {
    return this.#session.recorded();
  }

  /** What became of it; once the case is over. */
  debrief(): Debrief {
    const { id, version, mode, learner = null } = this.#options;
    return debriefOf({
      id,
      version,
      mode,
      learner,
      taken: this.#case,
      sim: this.#session.sim,
      saidDone: this.#saidDone,
      hints: this.#hints.given,
      ...this.#watch.seen,
      measured: this.#beside.done,
    });
  }

  get #isAssessed(): boolean {
    return this.#options.mode === 'assessment';
  }

  #help(name: string): Reply {
    return orRefusal(() => helpFor(this.mode, name));
  }

  #hint(): Reply {
    if (this.#isAssessed) return refusal('hint: none in an assessment');
    const since = this.#session.sim.now - this.#watch.began;
    return told(this.#hints.next(since, (id) => this.#watch.isMet(id)) ?? 'No hint now.');
  }

  /** Does something beside the pump. */
  #measure(name: string): Reply {
    if (name === '') return told(this.#beside.list);
    return orRefusal(() => {
      const measure = this.#beside.named(name);
      return this.#beside.note(measure, this.#watch.measured(name), this.#session.sim.localTime);
    });
  }

  #done(): Reply {
    this.#saidDone = span(this.#session.sim.now - this.#watch.began);
    return told(this.pass(() => true, this.#case.lesson.ends).text);
  }
}

/** A line as it is read; undefined where it is none, which a session tells. */
function readable(read: () => Line): Line | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof LineError) return undefined;
    throw error;
  }
}

/** What is told; where it cannot be had, why. */
function orRefusal(work: () => string): Reply {
  try {
    return told(work());
  } catch (error) {
    if (error instanceof LineError) return refusal(error.message);
    throw error;
  }
}
