import { check, checkedWords } from '../scenario/expect.ts';
import type { View } from '../scenario/readings.ts';
import type { Condition } from '../scenario/schema.ts';
import { holds, nameOf, namesOf } from '../scenario/story.ts';
import type { TraceRecord } from '../trace.ts';
import { type Done, isDeed } from './deeds.ts';
import { BAND_NAMES, BANDS, type DrugHarm } from './harm.ts';
import { type Deed, DOERS, type RubricLine } from './schema.ts';

/** What became of a line of the rubric. */
export interface Judged {
  readonly met: boolean;
  /** Where in the trace it shows; absent where it is something that never came. */
  readonly record?: TraceRecord;
  /** Why it is not met, or what shows that it is. */
  readonly why: string;
}

/** Holds what is done, and what comes to be, against a rubric: as it happens. */
export class Judge {
  /** Those of the case; and after one that may be met in several ways, a line for each. */
  readonly #lines: readonly Line[];
  readonly #began: number;
  /** The first that met a line, or, of what shall never be, broke it. */
  readonly #found = new Map<string, TraceRecord>();

  /** From the instant at which the learner comes in, of which `arrival` tells; what is so then has been so. */
  constructor(lines: readonly RubricLine[], arrival: TraceRecord, view: View) {
    this.#lines = lines.flatMap((line) => [line, ...waysOf(line)]);
    this.#began = arrival.t;
    this.#look(arrival, view, []);
  }

  /** Takes something the learner did, and how things stand after it: what hands found stands nowhere else. */
  did(done: Done, view: View): void {
    for (const line of this.#lines) {
      if (line.reached !== undefined) this.#reach(line, line.reached, done.told, view);
      const wanted = line.did ?? deedsIn(line.never);
      if (wanted === undefined || !asList(wanted).some((deed) => isDeed(done, deed))) continue;
      if (line.never !== undefined || this.#isInTime(line, done.record)) this.#keep(line, done.record);
    }
  }

  /** Takes how things stand after a record of the trace. */
  take(record: TraceRecord, view: View): void {
    // Frames change nothing by themselves.
    if (record.layer !== 'link') this.#look(record, view, namesOf(record));
  }

  #look(record: TraceRecord, view: View, names: readonly string[]): void {
    const happened = new Set(names);
    for (const line of this.#lines) {
      if (this.#found.has(line.id)) continue;
      const condition = conditionIn(line.never);
      if (condition !== undefined && holds(condition, view.sim, happened)) this.#keep(line, record);
      if (line.reached !== undefined) this.#reach(line, line.reached, record, view);
    }
  }

  #reach(line: Line, wanted: NonNullable<RubricLine['reached']>, record: TraceRecord, view: View): void {
    if (this.#found.has(line.id) || !this.#isInTime(line, record)) return;
    if (check(wanted, view).every(({ met }) => met)) this.#keep(line, record);
  }

  /** Whether a line is met already, by something that was done or came to be. */
  isMet(id: string): boolean {
    const line = this.#lines.find((each) => each.id === id);
    return line !== undefined && line.never === undefined && this.#found.has(id);
  }

  /** What has become of a line so far; what only the end can tell is open until then. */
  soFar(id: string): 'open' | 'met' | 'broken' {
    if (!this.#found.has(id)) return 'open';
    return this.isMet(id) ? 'met' : 'broken';
  }

  /** What came of every line, once the case is over. */
  judged(view: View, harm: readonly DrugHarm[]): ReadonlyMap<string, Judged> {
    return new Map(this.#lines.map((line) => [line.id, this.#one(line, view, harm)]));
  }

  #one(line: Line, view: View, harm: readonly DrugHarm[]): Judged {
    const record = this.#found.get(line.id);
    const where = record === undefined ? {} : { record };
    if (line.never !== undefined)
      return {
        met: record === undefined,
        why: record === undefined ? 'it never came' : neverText(line.never),
        ...where,
      };
    if (line.finally !== undefined) {
      const unmet = check(line.finally, view).filter(({ met }) => !met);
      return { met: unmet.length === 0, why: unmet.map(checkedWords).join('; ') || 'so it was at the end' };
    }
    if (line.harm !== undefined) return harmIn(line.harm, harm);
    if (line.anyOf !== undefined) return anyOf(waysOf(line).map((way) => this.#one(way, view, harm)));
    return { met: record !== undefined, why: record === undefined ? this.#missing(line) : 'done', ...where };
  }

  #missing({ within, before, after }: Line): string {
    const what = (id: string) => `"${this.#lines.find((line) => line.id === id)?.says ?? id}"`;
    const limits = [
      ...(within === undefined ? [] : ['in time']),
      ...(before === undefined ? [] : [`before ${what(before)}`]),
      ...(after === undefined ? [] : [`after ${what(after)}`]),
    ];
    return limits.length === 0 ? 'it was not done' : `it was not done ${limits.join(' and ')}`;
  }

  #keep({ id, of, never }: Line, record: TraceRecord): void {
    if (!this.#found.has(id)) this.#found.set(id, record);
    // One way that is open no more leaves the others.
    if (of !== undefined && never === undefined && !this.#found.has(of)) this.#found.set(of, record);
  }

  #isInTime({ within, before, after }: Line, { t }: TraceRecord): boolean {
    if (within !== undefined && t - this.#began > within) return false;
    if (before !== undefined && this.#found.has(before)) return false;
    return after === undefined || this.#found.has(after);
  }
}

/** A line of the rubric, or one way to meet one. */
type Line = RubricLine & { readonly of?: string };

/** A line for each way in which one may be met; none where there is but one. */
const waysOf = ({ anyOf = [], ...line }: Line): readonly Line[] =>
  anyOf.map((way, i) => ({ ...line, ...way, id: `${line.id}.${i}`, of: line.id }));

/** What came of several ways, of which any will do. */
const anyOf = (ways: readonly Judged[]): Judged =>
  ways.find(({ met }) => met) ?? { met: false, why: [...new Set(ways.map(({ why }) => why))].join('; ') };

const asList = <T>(given: T | readonly T[]): readonly T[] => (Array.isArray(given) ? given : [given as T]);

/** What never shall be is an act, or a condition: acts say who does them. */
const isCondition = (never: NonNullable<RubricLine['never']>): never is Condition =>
  !Array.isArray(never) && !DOERS.some((doer) => doer in never);
const deedsIn = (never: RubricLine['never']): Deed | readonly Deed[] | undefined =>
  never === undefined || isCondition(never) ? undefined : never;
const conditionIn = (never: RubricLine['never']): Condition | undefined =>
  never !== undefined && isCondition(never) ? never : undefined;

const neverText = (never: NonNullable<RubricLine['never']>): string =>
  isCondition(never) ? `it came: ${nameOf(never)}` : 'it was done';

function harmIn(limits: NonNullable<RubricLine['harm']>, harm: readonly DrugHarm[]): Judged {
  const hours = (ms: number) => `${(ms / 3_600_000).toFixed(1)} h`;
  const held = harm.flatMap(({ drug, lasted }) =>
    BAND_NAMES.flatMap((band) => {
      const most = limits[band];
      if (most === undefined) return [];
      const says = `${BANDS[band].says} ${drug} for ${hours(lasted[band])}, at most ${hours(most)} was expected`;
      return [{ met: lasted[band] <= most, says }];
    }),
  );
  const unmet = held.filter(({ met }) => !met);
  const told = unmet.length === 0 ? held : unmet;
  return { met: unmet.length === 0, why: told.map(({ says }) => says).join('; ') };
}
