import type { PatientAct } from '../programmer/index.ts';
import {
  after,
  type Duration,
  fromJson,
  type Instant,
  instant,
  type Json,
  type Party,
  RANK,
  sooner,
  span,
} from '../shared/index.ts';
import { Random } from './random.ts';

/** Something a patient does again and again. */
export interface Habit {
  readonly act: PatientAct;
  readonly every: Duration;
  /** Most that one occurrence may lie before or after its even time. */
  readonly jitter: Duration;
  /** No occurrence at or after this instant. */
  readonly until: Instant;
}

interface Kept extends Habit {
  /** Number of the next occurrence, counted from 1, the instant it counts from, and when it really falls. */
  readonly number: number;
  readonly start: Instant;
  readonly next: Instant;
}

/** The patient's habits: each occurrence at its even time, moved by a jitter drawn from the seed. */
export class Habits implements Party {
  readonly name = 'habits';
  readonly rank = RANK.habits;
  readonly #random: Random;
  readonly #perform: (act: PatientAct) => void;
  #kept: readonly Kept[] = [];

  constructor(seed: number, perform: (act: PatientAct) => void) {
    this.#random = new Random(seed);
    this.#perform = perform;
  }

  start(habit: Habit, now: Instant): void {
    const first = this.#following({ ...habit, number: 0, start: now, next: now });
    if (first.next < habit.until) this.#kept = [...this.#kept, first];
  }

  due(): Instant | undefined {
    let first: Instant | undefined;
    for (const { next } of this.#kept) first = sooner(first, next);
    return first;
  }

  wake(now: Instant): void {
    const index = this.#kept.findIndex(({ next }) => next <= now);
    const habit = this.#kept[index];
    if (habit === undefined) return;
    const following = this.#following(habit);
    const others = this.#kept.filter((_, i) => i !== index);
    this.#kept = following.next < habit.until ? [...others, following] : others;
    this.#perform(habit.act);
  }

  #following(habit: Kept): Kept {
    const { act, every, jitter, until, start } = habit;
    const number = habit.number + 1;
    const even = after(start, span(every * number));
    const shift = jitter === 0 ? 0 : this.#random.between(-jitter, jitter);
    return { act, every, jitter, until, number, start, next: instant(Math.max(habit.next, even + shift)) };
  }

  save(): Json {
    return { random: this.#random.save(), kept: this.#kept.map((habit) => ({ ...habit })) };
  }

  load(json: Json): void {
    const saved = fromJson<{ random: Json; kept: Kept[] }>(json);
    this.#random.load(saved.random);
    this.#kept = saved.kept;
  }
}
