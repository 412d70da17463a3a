import {
  type Duration,
  formatDuration,
  instant,
  type Lesson,
  type LessonSession,
  type LifeCurves,
  LifeRecorder,
  lineSentence,
  listenFor,
  type Opening,
  type Reply,
  Session,
  type SessionOptions,
  type StandingFault,
  StandingFaults,
  span,
  type TraceRecord,
  type WrittenAct,
} from '../../workbench/index.ts';
import { byHands } from './found.ts';
import type { Deed, Stop } from './protocol.ts';

/** What is looked ahead, or passed at top speed, at most of simulated time: ten years, more than any pump lives at a stretch. */
export const FAR = 315_360_000_000;

/** Whether time stops at a record that stops at the next of some. */
export const isStop = (stop: Stop | undefined, { layer, kind, data }: TraceRecord): boolean =>
  stop === 'event' ||
  (stop === 'alarm' &&
    layer === 'firmware' &&
    kind === 'log' &&
    typeof data === 'object' &&
    data !== null &&
    'kind' in data &&
    data.kind === 'alarmRaised');

/** How many instants at which something happens are led through at a time: some ten milliseconds. */
const AT_A_TIME = 50;

const NO_STORY: Session['story'] = { played: 0, of: 0, next: undefined, says: undefined };

/** A line that plays a step of the story, or leaves it out. */
const PLAYS = /^(next|skip)\b/;

/** What is done, as it is given. */
type Doing = Pick<Deed, 'isAct' | 'isListening'> & { readonly line: string };

/** What a life is lived in: a session with a pump, or a lesson that has one. */
export interface Lived {
  /** What takes what is done. */
  readonly doer: Pick<Session, 'line' | 'step' | 'pass' | 'recorded' | 'greeting'>;
  /** Listens to the pump while time passes. */
  readonly listen: (most: Duration) => Reply;
  /** The visit as it stands, to be looked at. */
  readonly session: LessonSession;
  readonly title: string;
  readonly lesson: Lesson | undefined;
}
/** Begins a life, as it always begins. */
export type Begin = (watch: {
  readonly sampler: NonNullable<SessionOptions['sampler']>;
  readonly onRecord: NonNullable<SessionOptions['onRecord']>;
}) => Lived;

/** Both executors write the same trace; the table is the faster one. */
export const EXECUTOR = 'table';

/** A session with the pump of an opening. */
export const sessionOf =
  (opening: Opening, version: string): Begin =>
  (watch) => {
    const session = new Session(opening, { id: 'page', version, executor: EXECUTOR, ...watch });
    return {
      doer: session,
      listen: (most) => listenFor(session, most),
      session,
      title: opening.written.title,
      lesson: undefined,
    };
  };

/**
 * One pump's visit from its opening on. It keeps what was done, so that another can be led to any point of it: the same
 * things done at the same times are the same life, to the last record.
 */
export class Life {
  readonly #begin: Begin;
  readonly #lived: Lived;
  readonly #done: Deed[] = [];
  readonly #recorder = new LifeRecorder();
  readonly #faults = new StandingFaults();
  #inScanner = false;

  constructor(begin: Begin) {
    this.#begin = begin;
    const [recorder, faults] = [this.#recorder, this.#faults];
    this.#lived = begin({
      sampler: (truth, now) => recorder.look(truth(), now),
      onRecord: (record) => {
        recorder.take(record);
        faults.take(record);
        this.#see(record);
      },
    });
  }

  /** The pump and all around it, to be looked at. */
  get session(): LessonSession {
    return this.#lived.session;
  }

  get lesson(): Lesson | undefined {
    return this.#lived.lesson;
  }

  get greeting(): string {
    return this.#lived.doer.greeting;
  }

  /** How far the story that came with the pump has been played; that of a lesson is its beginning, which nobody is told. */
  get story(): Session['story'] {
    return this.lesson === undefined ? this.session.story : NO_STORY;
  }

  /** Whether what nobody at the bedside can see is to stay hidden. */
  get isHiding(): boolean {
    return this.lesson?.isHiding ?? false;
  }

  recorded(): string {
    return this.#lived.doer.recorded();
  }

  get now(): number {
    return this.session.sim.now;
  }

  /** All that has been done. */
  get done(): readonly Deed[] {
    return this.#done;
  }

  get title(): string {
    return this.#lived.title;
  }

  get records(): readonly TraceRecord[] {
    return this.session.records;
  }

  /** Whether the patient lies in the field of a scanner: whoever stands beside him sees that. */
  get inScanner(): boolean {
    return this.#inScanner;
  }

  #see({ layer, kind, data }: TraceRecord): void {
    if (layer !== 'plant' || kind !== 'scanner' || typeof data !== 'object' || data === null) return;
    this.#inScanner = 'field' in data && data.field !== 0;
  }

  /** What was believed and true, as curves. */
  get curves(): LifeCurves {
    return this.#recorder.curves(this.session.sim.now);
  }

  /** The faults that are there. */
  get faults(): readonly StandingFault[] {
    return this.#faults.list;
  }

  /** Does a line, as one would type it in the console. */
  line(line: string): Reply {
    return this.#deed({ line, isAct: false });
  }

  /** Does an act, written as a step has it: a line of the console too, that nobody has to read. */
  act(written: WrittenAct): Reply {
    return this.#deed({ line: JSON.stringify(written), isAct: true });
  }

  /** Listens to the pump, and lets that time pass: as much of it as there is in a case. */
  listen(most: number): Reply {
    const whole = span(Math.min(most, this.lesson?.left ?? most));
    const line = JSON.stringify({ hands: { listen: formatDuration(whole) } });
    return this.#kept({ line, isAct: true, isListening: true }, () => this.#lived.listen(whole));
  }

  #deed({ line, isAct }: Doing): Reply {
    return this.#kept({ line, isAct }, () =>
      isAct ? this.#lived.doer.step(JSON.parse(line)) : this.#lived.doer.line(line),
    );
  }

  /** Does something, and keeps that it was done. */
  #kept({ line, isAct, isListening = false }: Doing, work: () => Reply): Reply {
    const [from, room] = [this.now, this.session.sim.localTime];
    const [{ says: next }, { drugInPump }] = [this.story, this.session];
    const reply = work();
    if (reply.problem !== undefined) return reply;
    const isStory = PLAYS.test(line);
    const says = isStory ? next : (this.lesson?.wordSaid(line) ?? lineSentence(line, isAct, drugInPump));
    const hands = byHands(reply);
    this.#done.push({
      line,
      isAct,
      ...(isListening ? { isListening } : {}),
      ...(says === undefined ? {} : { says, isStory }),
      ...(hands.length === 0 ? {} : { found: hands }),
      from,
      to: this.now,
      room,
    });
    return reply;
  }

  /** Lets time pass while `goesOn`, which is asked after every instant, at most for some milliseconds; what happened, as a console tells it. */
  pass(goesOn: () => boolean, most: number): string {
    const [from, room] = [this.now, this.session.sim.localTime];
    const { text } = this.#lived.doer.pass(goesOn, span(most));
    if (this.now === from) return text;
    const last = this.#done.at(-1);
    // Time that passes in slices is one wait.
    if (last !== undefined && last.line === undefined) this.#done[this.#done.length - 1] = { ...last, to: this.now };
    else this.#done.push({ line: undefined, isAct: false, from, to: this.now, room });
    return text;
  }

  /** Whether what time stops at comes if nothing is done: looked for in a copy, an instant at a time. */
  *comes(stop: Stop): Generator<undefined, boolean> {
    const ahead = this.session.sim.fork();
    const end = instant(this.now + FAR);
    let isThere = false;
    ahead.onTrace((record) => {
      isThere ||= isStop(stop, record);
    });
    while (!isThere && ahead.step(end)) yield;
    return isThere;
  }

  /**
   * A life that is this one up to an instant or a count of things done, whichever is first, and has nothing after it. It
   * takes as long to lead there as it took to live, so it is done a little at a time.
   */
  *upTo(instant: number, done: number): Generator<undefined, Life> {
    const other = new Life(this.#begin);
    for (const { line, isAct, isListening, from, to } of this.#done.slice(0, done)) {
      if (from > instant) break;
      // What was still under way at that instant had not been done.
      if (isListening === true && to <= instant) other.listen(to - from);
      else if (line !== undefined && to <= instant) other.#deed({ line, isAct });
      else yield* other.#lead(Math.min(to, instant));
      yield;
    }
    return other;
  }

  *#lead(to: number): Generator<undefined, void> {
    while (this.now < to) {
      let left = AT_A_TIME;
      this.pass(() => left-- > 0, to - this.now);
      yield;
    }
  }
}
