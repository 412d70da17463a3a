import { fromJson, type Instant, type Json, type LogKind, type LogRecord } from '../../shared/index.ts';
import type { TraceRecord } from '../../workbench/index.ts';

/** What a pump took or refused that a link could have lost, doubled or put in another order. */
const TOLD = ['prescriptionCommitted', 'bolusGranted', 'bolusDenied', 'commandRefused'] as const satisfies LogKind[];
export type Told = (typeof TOLD)[number];

export interface Decision {
  /** By the pump's own time. */
  readonly at: Instant | null;
  readonly kind: Told;
  readonly data: LogRecord['data'];
  /** When, as simulated time. */
  readonly t: number;
}

/** What somebody did at the bedside, and what the pump decided for it. */
export interface Done {
  readonly t: number;
  readonly what: string;
  readonly decided: Decision[];
  /** When a station told what came of it, and what that was. */
  ended: number;
  refused: string | undefined;
  warned: readonly string[];
  /** What an injection fills the reservoir to, in units of volume. */
  readonly filledTo: number | undefined;
}

/** A rate that was commanded, or that flowed, from a time on, and the act it comes from. */
export interface Turn {
  readonly t: number;
  readonly rate: number;
  readonly mode: string;
  readonly act: Done | undefined;
}

/** What became of the frames of a run. */
export interface Frames {
  sent: number;
  /** Requests sent again. */
  again: number;
  lost: number;
  duplicated: number;
  corrupted: number;
  heldBack: number;
}

const FATES = ['lost', 'duplicated', 'corrupted', 'heldBack'] as const;
const fields = (json: unknown): { readonly [key: string]: unknown } => Object(json);

/** One run as its trace tells it: what was done and decided, what was delivered, and what the link did to frames. */
export class Life {
  readonly acts: Done[] = [];
  readonly decisions: Decision[] = [];
  readonly rates: Turn[] = [];
  readonly flows: Turn[] = [];
  /** When something ended, began or was reached by itself, and when a refused request would have been granted. */
  readonly boundaries: number[] = [];
  readonly frames: Frames = { sent: 0, again: 0, lost: 0, duplicated: 0, corrupted: 0, heldBack: 0 };
  /** Everything ever commanded, and ever delivered, by all pumps, up to the last time it was told. */
  commanded = { t: 0, volume: 0n };
  delivered = { t: 0, volume: 0n };
  /** What pumps had commanded and delivered that have been replaced. */
  #before = { commanded: 0n, delivered: 0n };
  #reservoir = { t: 0, volume: 0, flow: 0 };
  #isDry = false;
  /** What of either came at no rate: it completed strokes, or a field drove it out. */
  strokes = { commanded: 0n, delivered: 0n };
  /** What a pump that lost the time no longer knows to have commanded, in all. */
  forgotten = 0n;
  #lostTimeAt = -1;
  /** The act each record follows from, by the record's number, and the time of the record. */
  readonly #from: (Done | undefined)[] = [];
  readonly #times: number[] = [];
  /** The prescription recorded last, but for how long it opens: a bridge given anew takes what is left of it. */
  #prescribed = '';
  readonly #asked = new Set<string>();
  readonly #told = new Set<Done>();

  take({ n, t, layer, kind, because, data }: TraceRecord): void {
    const act = because === undefined ? undefined : this.#from[because];
    this.#from[n] = act;
    this.#times[n] = t;
    if (layer === 'act') this.#act({ n, t, kind, data }, act);
    else if (layer === 'link') this.#frame(kind, data);
    else if (layer === 'programmer') this.#answered(t, act, data);
    else if (layer === 'plant') this.#plant({ t, kind, data }, act);
    else if (layer === 'firmware') this.#firmware({ t, kind, data }, act, because);
  }

  #act({ n, t, kind, data }: Pick<TraceRecord, 'n' | 't' | 'kind' | 'data'>, refused: Done | undefined): void {
    const { type, volume } = fields(data);
    if (kind === 'refused' && refused !== undefined) refused.refused = `${fields(data)['refused']}`;
    if (kind === 'refused' || kind === 'world') return;
    const filledTo = type === 'inject' ? this.#reservoirAt(t) + Number(volume) : undefined;
    const done: Done = { t, what: `${type}`, decided: [], ended: t, refused: undefined, warned: [], filledTo };
    if (type === 'replace') this.#before = { commanded: this.commandedAt(t), delivered: this.deliveredAt(t) };
    this.acts.push(done);
    this.#from[n] = done;
  }

  #answered(t: number, act: Done | undefined, data: Json): void {
    const { outcome, warnings } = fields(data);
    // What is told once more is that the session was left idle: it ends by itself, long after the act.
    if (act === undefined || this.#told.has(act)) return;
    this.#told.add(act);
    const { refused } = fields(outcome);
    [act.ended, act.refused] = [t, refused === undefined ? undefined : `${refused}`];
    if (Array.isArray(warnings)) act.warned = warnings.map(String);
  }

  #frame(kind: string, data: Json): void {
    const fate = FATES.find((each) => each === kind);
    if (fate !== undefined) this.frames[fate] += 1;
    if (kind !== 'frame') return;
    this.frames.sent += 1;
    const { from, session, sequence, answer } = fields(data);
    if (answer === true) return;
    const asked = `${from} ${session} ${sequence}`;
    if (this.#asked.has(asked)) this.frames.again += 1;
    this.#asked.add(asked);
  }

  #plant({ t, kind, data }: Pick<TraceRecord, 't' | 'kind' | 'data'>, act: Done | undefined): void {
    const { flow, ledger } = fields(data);
    if (ledger === undefined) return;
    const { reservoir, delivered } = fields(ledger);
    const flowing = kind === 'flow' ? Number(flow) : this.#reservoir.flow;
    this.#reservoir = { t, volume: Number(reservoir), flow: flowing };
    if (kind === 'stroke' || kind === 'discharged') this.strokes.delivered += BigInt(Number(fields(data)['volume']));
    const emptied = kind === 'aspirated' || kind === 'discharged' || kind === 'flow';
    const isDry = kind === 'ranDry' || (emptied && Number(reservoir) === 0 && flowing > 0);
    // Out of a reservoir that ran dry, was drained or driven out, nothing flows until something is injected.
    if (kind !== 'flow' && !isDry && !(this.#isDry && kind === 'injected')) return;
    this.#isDry = isDry;
    this.delivered = { t, volume: this.#before.delivered + BigInt(String(delivered)) };
    put(this.flows, { t, rate: isDry ? 0 : flowing, mode: '', act });
  }

  #reservoirAt(t: number): number {
    const { t: told, volume, flow } = this.#reservoir;
    return volume - flow * (t - told);
  }

  commandedAt(t: number): bigint {
    return goneOn(this.commanded, this.rates, t);
  }

  deliveredAt(t: number): bigint {
    return goneOn(this.delivered, this.flows, t);
  }

  #firmware({ t, kind, data }: Pick<TraceRecord, 't' | 'kind' | 'data'>, act: Done | undefined, because = 0): void {
    if (kind === 'rate') {
      const { rate, infusion } = fields(data);
      this.commanded = { t, volume: this.commandedAt(t) };
      put(this.rates, { t, rate: Number(rate), mode: `${infusion}`, act });
    } else if (kind === 'stroke') {
      this.strokes.commanded += BigInt(Number(fields(data)['volume']));
    } else if (kind === 'ledger') {
      const volume = this.#before.commanded + BigInt(String(fields(data)['commanded']));
      if (t === this.#lostTimeAt) this.forgotten += this.commandedAt(t) - volume;
      this.commanded = { t, volume };
    } else if (kind === 'event') {
      // What comes later than what it follows from falls due by itself.
      if (t > (this.#times[because] ?? t)) this.boundaries.push(t);
    } else if (kind === 'history') {
      const { opening, ...rest } = fields(fields(data)['prescription']);
      this.#prescribed = JSON.stringify([rest, opening === null ? null : { ...fields(opening), duration: 'some' }]);
    } else if (kind === 'log') this.#log(t, act, data);
  }

  #log(t: number, act: Done | undefined, data: Json): void {
    const record = fromJson<LogRecord>(data);
    if (record.kind === 'reset' && record.data['timeLost'] === true) this.#lostTimeAt = t;
    const kind = TOLD.find((each) => each === record.kind);
    if (kind === undefined) return;
    const what = kind === 'prescriptionCommitted' ? { digest: this.#prescribed } : {};
    const decision = { at: record.at, kind, data: { ...record.data, ...what }, t };
    this.decisions.push(decision);
    act?.decided.push(decision);
    const { until } = fields(record.data);
    // Told by the pump's own time.
    if (typeof until === 'number' && record.at !== null) this.boundaries.push(until - record.at + t);
  }
}

/** What an account has come to since it was told. */
const goneOn = (told: Life['commanded'], turns: readonly Turn[], t: number): bigint =>
  told.volume + BigInt(turns.at(-1)?.rate ?? 0) * BigInt(t - told.t);

/** The same again is no turn. */
function put(turns: Turn[], turn: Turn): void {
  const last = turns.at(-1);
  if (last?.rate !== turn.rate || last.mode !== turn.mode) turns.push(turn);
}
