import { Ear } from './ear.ts';
import { lastTold } from './found.ts';
import { FAR, isStop, type Life } from './life.ts';
import type { Asked, Pace, Shown, Stop, Tone } from './protocol.ts';

/** Longest that is computed before messages are looked at, and between two slices at a pace, in milliseconds. */
export const SLICE = 40;
/** Fastest pace at which the pump is heard, in seconds a second. */
const HEARD = 60;

/** Looks whether something comes, by what a life of so many records leads to. */
interface Ahead {
  readonly of: number;
  readonly comes: Generator<undefined, boolean>;
}
const aheadOf = (life: Life, stop: Stop): Ahead => ({ of: life.records.length, comes: life.comes(stop) });

/** The time that runs by itself. */
interface Run {
  readonly pace: Pace;
  readonly to: number;
  readonly stop: Stop | undefined;
  /** Whether what it is to stop at comes at all; none once that is known. */
  ahead: Ahead | undefined;
  /** The pace at which it goes on from there while a session is open. */
  readonly inSession: Pace | undefined;
  /** How many records have been looked at. */
  looked: number;
  /** When the slice before began, by the clock of the room. */
  last: number;
  /** Simulated milliseconds that the room's time came to and that have not passed yet: less than one. */
  owed: number;
}

/** The room in which time runs. */
export interface Room {
  /** Milliseconds of the room, from any origin. */
  readonly clock: () => number;
  /** Calls back after some milliseconds of the room, once messages that wait have been taken. */
  readonly later: (call: () => void, ms: number) => void;
}

/** Whose time it is, and who is told what comes of it. */
interface Followed {
  readonly life: () => Life;
  readonly sound: (tones: readonly Tone[]) => void;
  readonly show: () => void;
}

/** What a jump came to, or that what it was to would not come. */
type Came = Pick<Shown, 'cameTo' | 'inVain'>;
export const NOWHERE: Came = { cameTo: null, inVain: null };

/** Lets the time of the life at hand run by itself, in slices. */
export class Running {
  readonly #room: Room;
  readonly #followed: Followed;
  #run: Run | undefined;
  /** What the last jump came to, or was to and would not, and in which life at which instant. */
  #came: (Came & { readonly life: Life; readonly at: number; readonly done: number }) | undefined;

  constructor(room: Room, followed: Followed) {
    [this.#room, this.#followed] = [room, followed];
  }

  get pace(): Pace {
    return this.#run?.pace ?? 'paused';
  }

  /** What the last jump came to where nothing has been done in that life since; nothing where something has, or there was none. */
  cameTo(life: Life): Came {
    const came = this.#came;
    if (came?.life !== life || came.at !== life.now || came.done !== life.done.length) return NOWHERE;
    return { cameTo: came.cameTo, inVain: came.inVain };
  }

  stop(): void {
    this.#run = undefined;
  }

  start({ pace, to = Number.POSITIVE_INFINITY, stop, inSession }: Asked['run']['gives']): void {
    const life = this.#followed.life();
    const { now, records } = life;
    if (pace === 'paused' || to <= now) {
      this.#run = undefined;
      return;
    }
    const ahead = stop === undefined ? undefined : aheadOf(life, stop);
    const run: Run = { pace, to, stop, ahead, inSession, looked: records.length, last: this.#room.clock(), owed: 0 };
    this.#run = run;
    this.#goOn(run);
  }

  /** A slice after what is already waiting; none where the run is no longer the one at hand. */
  #goOn(run: Run): void {
    this.#room.later(
      () => {
        if (this.#run === run && !this.#looksAhead(run)) this.#slice(run);
      },
      run.pace === 'top' ? 0 : SLICE,
    );
  }

  /** Looks ahead for a slice, as long as it is not known if what a run is to stop at comes; where it would not, the run is over. */
  #looksAhead(run: Run): boolean {
    const life = this.#followed.life();
    const { stop } = run;
    if (stop === undefined || run.ahead === undefined) return false;
    // What was done meanwhile may lead elsewhere.
    if (run.ahead.of !== life.records.length) run.ahead = aheadOf(life, stop);
    const { comes } = run.ahead;
    const began = this.#room.clock();
    let next = comes.next();
    while (next.done !== true && this.#room.clock() - began < SLICE) next = comes.next();
    run.last = this.#room.clock();
    if (next.done === true) run.ahead = undefined;
    if (next.done !== true || next.value) this.#goOn(run);
    else {
      this.#run = undefined;
      this.#came = { life, at: life.now, done: life.done.length, cameTo: null, inVain: stop };
      this.#followed.show();
    }
    return true;
  }

  #slice(run: Run): void {
    const life = this.#followed.life();
    const began = this.#room.clock();
    const ear = typeof run.pace === 'number' && run.pace <= HEARD ? new Ear(life.session.sim) : undefined;
    const second = Math.floor(life.now / 1000);
    const { length } = life.records;
    let isReached = false;
    const goesOn = () => {
      ear?.listen();
      isReached = reached(run, life);
      return !isReached && this.#room.clock() - began < SLICE;
    };
    const due = Math.min(FAR, this.#due(run, began));
    const told = life.pass(goesOn, Math.min(due, run.to - life.now));
    if (isReached) this.#came = { life, at: life.now, done: life.done.length, cameTo: lastTold(told), inVain: null };
    this.#followed.sound(ear?.heard() ?? []);
    const isOver = isReached || life.now >= run.to || life.lesson?.isOver === true;
    if (!isOver) this.#goOn(run);
    else if (run.inSession !== undefined && life.session.isOpen) this.start({ pace: run.inSession });
    else this.#run = undefined;
    // At the pace of the room little changes from one slice to the next.
    if (isOver || life.records.length > length || Math.floor(life.now / 1000) > second) this.#followed.show();
  }

  /** How much simulated time is to pass. What could not be computed in time is not made up for. */
  #due(run: Run, began: number): number {
    if (typeof run.pace !== 'number') return FAR;
    const due = run.owed + (began - run.last) * run.pace;
    const whole = Math.floor(due);
    [run.last, run.owed] = [began, due - whole];
    return whole;
  }
}

/** Whether what a run is to stop at has come since it was last asked. */
function reached(run: Run, { records }: Life): boolean {
  const fresh = run.stop === undefined ? [] : records.slice(run.looked);
  run.looked = records.length;
  return fresh.some((record) => isStop(run.stop, record));
}
