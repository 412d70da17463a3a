import {
  after,
  type Duration,
  fromJson,
  type Instant,
  type Json,
  type LogData,
  type LogKind,
  MS_PER_DAY,
  span,
  type Witness,
} from '../../shared/index.ts';

/** How long what emergency sessions do again is only counted. */
const COUNTED_FOR: Duration = span(MS_PER_DAY);

/** What an emergency session can do that leaves a record, beside stopping the pump. */
const DEEDS = ['opened', 'closed', 'lost', 'refused'] as const;
type Deed = (typeof DEEDS)[number];

/** A day that began with a record. */
interface Day {
  /** Until when nothing is told twice. */
  readonly until: Instant;
  /** What has been told in it by a record of its own. */
  readonly told: readonly Deed[];
  /** How often each was done without one. */
  readonly more: Readonly<Record<Deed, number>>;
  /** The trace record of the last that was only counted. */
  readonly because: number;
}

const NONE: Day['more'] = { opened: 0, closed: 0, lost: 0, refused: 0 };

/**
 * What the log tells of sessions that need no key: the first of each deed at once, those that follow within a day of
 * the first record as one sum at its end, and so on while there are any. Whoever is near cannot wash the rest of the
 * log away: he writes four records and a sum, and then a sum a day. What he stops is told by records of its own.
 */
export class EmergencyRecords {
  readonly #witness: Witness;
  readonly #write: (at: Instant, kind: LogKind, data: LogData) => void;
  #day: Day | null = null;

  constructor(witness: Witness, write: (at: Instant, kind: LogKind, data: LogData) => void) {
    this.#witness = witness;
    this.#write = write;
  }

  /** Takes what an emergency session did, as the record it would be: writes it, or counts it. */
  take(at: Instant, kind: 'sessionOpened' | 'sessionClosed' | 'commandRefused', data: LogData): void {
    const deed = deedOf(kind, data);
    const day = this.#day;
    if (day === null || (at >= day.until && !isUntold(day))) {
      this.#day = { until: after(at, COUNTED_FOR), told: [deed], more: NONE, because: 0 };
      this.#write(at, kind, data);
    } else if (at < day.until && !day.told.includes(deed)) {
      this.#day = { ...day, told: [...day.told, deed] };
      this.#write(at, kind, data);
    } else {
      this.#day = { ...day, more: { ...day.more, [deed]: day.more[deed] + 1 }, because: this.#witness.cause };
    }
  }

  /** When the next sum is written. */
  due(): Instant | undefined {
    return this.#day !== null && isUntold(this.#day) ? this.#day.until : undefined;
  }

  /** Writes the sum that is due, and whether there was one. */
  wake(now: Instant): boolean {
    const day = this.#day;
    if (day === null || !isUntold(day) || day.until > now) return false;
    // Who goes on has been told of one by one: from here on only sums are.
    this.#day = { until: after(now, COUNTED_FOR), told: DEEDS, more: NONE, because: 0 };
    this.#witness.because(day.because, () => this.#write(now, 'emergencySessions', { ...day.more }));
    return true;
  }

  /** Begins anew, as a processor that starts anew does: what was not told is not known any more. */
  restart(): void {
    this.#day = null;
  }

  save(): Json {
    return this.#day === null ? null : { ...this.#day, told: [...this.#day.told], more: { ...this.#day.more } };
  }

  load(json: Json): void {
    this.#day = fromJson<Day | null>(json);
  }
}

function deedOf(kind: 'sessionOpened' | 'sessionClosed' | 'commandRefused', data: LogData): Deed {
  if (kind === 'sessionOpened') return 'opened';
  if (kind === 'commandRefused') return 'refused';
  return data['lost'] === true ? 'lost' : 'closed';
}

const isUntold = ({ more }: Day): boolean => DEEDS.some((deed) => more[deed] > 0);
