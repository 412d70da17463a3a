import type { Truth } from '../../firmware-sim/index.ts';
import { after, type Instant } from '../../shared/index.ts';
import type { Fields } from '../fields.ts';
import type { Reply, Session } from '../session/session.ts';
import type { Simulation } from '../simulation.ts';
import { Teller } from '../tell.ts';
import type { TraceRecord } from '../trace.ts';
import type { Taken } from './debriefing.ts';
import type { Done } from './deeds.ts';
import { HarmWatch } from './harm.ts';
import { Judge } from './judge.ts';
import type { CaseFile } from './schema.ts';

/** What has become of a line of the rubric so far. */
export interface LineSoFar {
  readonly says: string;
  readonly state: 'open' | 'met' | 'broken';
}

const WHO: readonly string[] = ['clinician', 'patient', 'hands'];

/** Watches what a learner does and what comes of it, from when he or she comes in until the case ends: past that is nobody's. */
export class Watch {
  readonly began: Instant;
  readonly ends: Instant;
  readonly #rubric: CaseFile['rubric'];
  readonly #session: Pick<Session, 'sim' | 'view' | 'records'>;
  readonly #judge: Judge;
  readonly #harm = new HarmWatch();
  readonly #teller = new Teller();
  readonly #decisions = new Set<number>();

  constructor({ rubric, ends }: Pick<CaseFile, 'rubric' | 'ends'>, session: Pick<Session, 'sim' | 'view' | 'records'>) {
    const { sim } = session;
    [this.#rubric, this.#session] = [rubric, session];
    [this.began, this.ends] = [sim.now, after(sim.now, ends)];
    this.#judge = new Judge(rubric, this.#noted('began', {}), session.view);
    this.#harm.begin(sim.truth(), sim.now);
  }

  /** Takes a record of the trace. */
  take(record: TraceRecord, sim: Simulation): void {
    if (record.t > this.ends) return;
    this.#teller.take(record, sim);
    this.#judge.take(record, this.#session.view);
  }

  /** Looks at what the patient has of each drug. */
  look(truth: () => Truth, now: Instant): void {
    if (now <= this.ends) this.#harm.look(truth(), now);
  }

  /** Takes what came of something that the learner did, with its records and what was entered. */
  did(records: readonly TraceRecord[], { outcome }: Reply, entered: Fields): void {
    if (outcome === undefined) return;
    const acts = records.filter(({ layer }) => layer === 'act');
    const record = acts.findLast(({ kind }) => WHO.includes(kind));
    if (record === undefined) return;
    this.#decisions.add(record.t);
    const refused = 'refused' in outcome ? outcome.refused : undefined;
    const done: Done = { record, entered, refused, told: acts.at(-1) ?? record };
    this.#judge.did(done, { ...this.#session.view, outcome });
  }

  /** Takes a measure beside the pump, by its name; the record that would be one, were it of the pump. */
  measured(name: string): TraceRecord {
    const record = this.#noted('measure', { type: name });
    this.#judge.did({ record, entered: {}, refused: undefined, told: record }, this.#session.view);
    return record;
  }

  /** The rubric as far as it can be said before the end. */
  get soFar(): readonly LineSoFar[] {
    return this.#rubric.map(({ id, says }) => ({ says, state: this.#judge.soFar(id) }));
  }

  /** Whether a line of the rubric is met already. */
  isMet(id: string): boolean {
    return this.#judge.isMet(id);
  }

  /** What was seen, once the case is over. */
  get seen(): Pick<Taken, 'began' | 'judged' | 'harm' | 'moments' | 'decisions'> {
    const { harm } = this.#harm;
    return {
      began: this.began,
      judged: this.#judge.judged(this.#session.view, harm),
      harm,
      moments: this.#teller.moments,
      decisions: this.#decisions,
    };
  }

  /** What no trace has, with the number of the record before it. */
  #noted(kind: string, data: TraceRecord['data']): TraceRecord {
    const n = this.#session.records.at(-1)?.n ?? 0;
    return { n, t: this.#session.sim.now, layer: 'act', kind, data };
  }
}
