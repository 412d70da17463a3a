import { isDeepStrictEqual } from 'node:util';
import { brokenLink, type HistoryEntry, type LogRecord, type Status } from '../../shared/index.ts';
import { type Done, marksOf, mismatch, type Who } from './marks.ts';

/** All that a pump is asked for at one instant, and what is physically so at that instant. */
export interface Readout {
  readonly status: Status;
  readonly history: readonly HistoryEntry[];
  readonly log: readonly LogRecord[];
  /** Ever delivered, in units of volume. */
  readonly delivered: bigint;
  /** What lies in the reservoir. */
  readonly reservoir: number;
}

/** Everything a pump has ever said yes or no to, held against what it says after it was killed. */
export class Acknowledged {
  readonly #acts: Record<Who, Done[]> = { clinician: [], patient: [] };
  /** The last mark each has left before the acts above; whether it was told then is not kept. */
  readonly #newest: Record<Who, string | undefined> = { clinician: undefined, patient: undefined };
  readonly #records = new Map<number, LogRecord>();
  readonly #entries = new Map<number, HistoryEntry>();
  /** Prescriptions as the programmer showed them after programming, by their number. */
  readonly #shown = new Map<number, Status['prescription']>();
  #granted = 0;
  #denied = 0;
  #lastGrant: { readonly at: number; readonly lockout: number } | undefined;
  #last: Readout | undefined;
  #standing = 'basal';
  #now = 0;
  #told = 0;
  /** The newest record of the last readout. */
  #judged = 0;

  /** How many acts were told to be done or refused. */
  get count(): number {
    return this.#told;
  }

  get lastRecord(): number {
    return Math.max(0, ...this.#records.keys());
  }

  /** How many records of a kind there ever were. */
  logged(kind: LogRecord['kind']): number {
    return [...this.#records.values()].filter((record) => record.kind === kind).length;
  }

  note(who: Who, done: Done, status: Status | null): void {
    this.#acts[who].push(done);
    const { outcome } = done;
    if (outcome !== undefined && ('done' in outcome || outcome.by === 'pump')) this.#told += 1;
    if (outcome === undefined || !('done' in outcome) || status === null || who === 'patient') return;
    this.#now = Math.max(this.#now, status.now);
    if (done.record !== undefined) this.#shown.set(done.record, status.prescription);
  }

  /** Records that a programmer was shown. */
  seen(log: readonly LogRecord[]): string[] {
    const problems: string[] = [];
    const [first] = log;
    let next = first?.number ?? 0;
    if (next > this.lastRecord + 1)
      problems.push(`the log begins with ${next}; the last one seen was ${this.lastRecord}`);
    let at = 0;
    for (const record of log) {
      const known = this.#records.get(record.number);
      if (known !== undefined && !isDeepStrictEqual(known, record))
        problems.push(`record ${record.number} was ${JSON.stringify(known)} and is ${JSON.stringify(record)}`);
      if (record.number !== next) problems.push(`record ${record.number} stands where ${next} should`);
      if (record.at < at) problems.push(`record ${record.number} at ${record.at} is before the one before it, ${at}`);
      [next, at] = [record.number + 1, record.at];
      this.#records.set(record.number, record);
    }
    if (next - 1 < this.lastRecord)
      problems.push(`record ${this.lastRecord} was seen, and the log ends with ${next - 1}`);
    this.#now = Math.max(this.#now, at);
    return problems;
  }

  /** What a readout after a restart has lost, doubled or made up. */
  judge(readout: Readout): string[] {
    const { status, history } = readout;
    const before = this.lastRecord;
    const last = this.#records.get(before);
    const problems = this.seen(readout.log);
    const said = (name: string, holds: boolean, what: unknown) => {
      if (!holds) problems.push(`${name}: ${JSON.stringify(what)}`);
    };
    if (status.now < this.#now) problems.push(`it is ${status.now}, and was ${this.#now} already`);
    this.#now = status.now;
    this.#judgeHistory(history, status, problems);

    const young = readout.log.filter(({ number }) => number > this.#judged);
    const beforeYoung = this.#records.get(this.#judged) ?? last;
    const marks = {
      clinician: marksOf('clinician', young, beforeYoung),
      patient: marksOf('patient', young, beforeYoung),
    };
    for (const who of ['clinician', 'patient'] as const) {
      const wrong = mismatch(this.#acts[who], marks[who], { mark: this.#newest[who], told: false });
      if (wrong !== undefined) problems.push(`${who}'s acts and the log: ${wrong}`);
      this.#newest[who] = marks[who].at(-1) ?? this.#newest[who];
      this.#acts[who] = [];
    }
    this.#judged = this.lastRecord;

    this.#judgeStanding(young, status, said);
    this.#judgeBoluses(young, status, said);
    this.#judgeVolume(young, readout, said);
    this.#last = readout;
    return problems;
  }

  #judgeHistory(history: readonly HistoryEntry[], status: Status, problems: string[]): void {
    for (const entry of history) {
      const known = this.#entries.get(entry.number);
      if (known !== undefined && !isDeepStrictEqual(known, entry))
        problems.push(`history entry ${entry.number} is another`);
      const shown = this.#shown.get(entry.number);
      if (shown !== undefined && !isDeepStrictEqual(shown, entry.prescription))
        problems.push(`history entry ${entry.number} is not what was shown when it was programmed`);
      this.#entries.set(entry.number, entry);
    }
    const [first] = history;
    if (first === undefined) {
      if (this.#entries.size > 0 || status.record !== 0)
        problems.push(`of ${status.record} prescriptions none is in the history`);
      return;
    }
    const anchor = this.#entries.get(first.number - 1);
    const from = { number: first.number - 1, digest: anchor?.digest ?? '0'.repeat(32) };
    const broken = brokenLink(from, history);
    if (broken !== undefined) problems.push(`history entry ${broken.number} does not follow the one before`);
    const newest = history.at(-1);
    const known = Math.max(...this.#entries.keys());
    if (newest?.number !== known) problems.push(`history entry ${known} was there and is not`);
    if (newest?.number !== status.record || !isDeepStrictEqual(newest.prescription, status.prescription))
      problems.push(`the prescription in force is not the last of the history, ${status.record}`);
  }

  /** How it delivers is what the last act that was carried out has left. */
  #judgeStanding(young: readonly LogRecord[], status: Status, said: Said): void {
    for (const { kind, data } of young) {
      if (kind === 'deliveryStarted') this.#standing = 'basal';
      if (kind === 'minimumRateStarted') this.#standing = 'minimumRate';
      if (kind === 'deliveryStopped') this.#standing = `stopped ${data['why']}`;
      // Within an update, or after one that was cut short.
      if (kind === 'updateStarted') this.#standing = 'updating';
    }
    const { infusion, stopped } = status;
    const is = infusion === 'stopped' ? `stopped ${stopped?.why}` : infusion === 'patientBolus' ? 'basal' : infusion;
    const cutShort =
      this.#standing === 'updating' && (is === 'stopped updateInterrupted' || is === 'stopped clinician');
    said(`it should be ${this.#standing}, and is`, is === this.#standing || cutShort, is);
    this.#standing = is;
  }

  #judgeBoluses(young: readonly LogRecord[], status: Status, said: Said): void {
    for (const { kind, at } of young) {
      if (kind === 'bolusDenied') this.#denied += 1;
      if (kind !== 'bolusGranted') continue;
      this.#granted += 1;
      const { at: last, lockout } = this.#lastGrant ?? { at: -1, lockout: 0 };
      said('a bolus inside the lockout, at', at >= last + lockout, { at, last });
      this.#lastGrant = { at, lockout: status.prescription?.patientBolus?.lockout ?? 0 };
    }
    said(`boluses granted should be ${this.#granted}`, status.granted === this.#granted, status.granted);
    said(`boluses denied should be ${this.#denied}`, status.denied === this.#denied, status.denied);
    const { at, lockout } = this.#lastGrant ?? { at: 0, lockout: 0 };
    said(
      `the next bolus, not before ${at + lockout}`,
      (status.nextBolus ?? Infinity) >= at + lockout,
      status.nextBolus,
    );
  }

  /** What was commanded, from what the log says was there at each entry, is what was delivered: to the last unit. */
  #judgeVolume(young: readonly LogRecord[], { status, delivered, reservoir }: Readout, said: Said): void {
    const before = this.#last;
    if (before === undefined) return;
    let [there, commanded] = [BigInt(before.status.volume), 0n];
    for (const { kind, data } of young) {
      if (kind !== 'reservoirEntered') continue;
      commanded += there - BigInt(Number(data['expected']));
      there = BigInt(Number(data['volume']));
    }
    commanded += there - BigInt(status.volume);
    const flowed = delivered - before.delivered;
    said('the calculated volume', BigInt(status.volume) <= there, { volume: status.volume, entered: `${there}` });
    said('commanded and delivered', commanded === flowed, { commanded: `${commanded}`, flowed: `${flowed}` });
    said('the reservoir', BigInt(before.reservoir - reservoir) === flowed, { before: before.reservoir, reservoir });
  }
}

type Said = (name: string, holds: boolean, what: unknown) => void;
