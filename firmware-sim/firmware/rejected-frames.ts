import {
  after,
  type Duration,
  earliest,
  FRAME_ERRORS,
  type FrameError,
  fromJson,
  type Instant,
  type Json,
  MS_PER_DAY,
  span,
  type Witness,
} from '../../shared/index.ts';

/**
 * How long frames of one code are only counted after a record of it. A flood of all codes then writes nine records a
 * day, and takes eight weeks to wash 512 others out of the log.
 */
const COUNTED_FOR: Duration = span(MS_PER_DAY);

/** The frames of one code since the radio started. */
interface Tally {
  readonly error: FrameError;
  readonly count: number;
  /** How many of them the log tells of. */
  readonly told: number;
  /** Until when they are only counted. */
  readonly until: Instant;
  /** The trace record of the last one. */
  readonly because: number;
}

/**
 * What the log tells of rejected frames: the first of a code at once, those of the day after it as one sum at its end,
 * and so on while there are any. Whoever sends garbage cannot wash the rest of the log away with it.
 */
export class RejectedFrames {
  readonly #witness: Witness;
  /** Writes a record: of one frame, or of so many more since the record before. */
  readonly #tell: (error: FrameError, more: number | null) => void;
  #tallies: readonly Tally[] = [];

  constructor(witness: Witness, tell: (error: FrameError, more: number | null) => void) {
    this.#witness = witness;
    this.#tell = tell;
  }

  /** How many frames of each code were rejected since the radio started. */
  get counts(): Readonly<Partial<Record<FrameError, number>>> {
    return Object.fromEntries(this.#tallies.map(({ error, count }) => [error, count]));
  }

  add(error: FrameError, now: Instant): void {
    const old = this.#tallies.find((each) => each.error === error);
    const because = this.#witness.cause;
    if (old !== undefined && (now < old.until || isUntold(old))) {
      this.#put({ ...old, count: old.count + 1, because });
      return;
    }
    const count = (old?.count ?? 0) + 1;
    this.#put({ error, count, told: count, until: after(now, COUNTED_FOR), because });
    this.#tell(error, null);
  }

  /** When the next sum is written. */
  due(): Instant | undefined {
    if (this.#tallies.length === 0) return undefined;
    return earliest(this.#tallies.filter(isUntold).map(({ until }) => until));
  }

  wake(now: Instant): void {
    for (const tally of this.#tallies.filter((each) => isUntold(each) && each.until <= now)) {
      this.#put({ ...tally, told: tally.count, until: after(now, COUNTED_FOR) });
      this.#witness.because(tally.because, () => this.#tell(tally.error, tally.count - tally.told));
    }
  }

  #put(tally: Tally): void {
    this.#tallies = FRAME_ERRORS.flatMap((error) =>
      error === tally.error ? [tally] : this.#tallies.filter((each) => each.error === error),
    );
  }

  /** Counts anew, as a processor that starts anew does: what was not told is not known any more. */
  restart(): void {
    this.#tallies = [];
  }

  save(): Json {
    return this.#tallies.map((tally) => ({ ...tally }));
  }

  load(json: Json): void {
    this.#tallies = fromJson<Tally[]>(json);
  }
}

const isUntold = ({ count, told }: Tally): boolean => count > told;
