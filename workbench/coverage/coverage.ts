import { type ChartObserver, type ChartTransition, transitionName } from '../../firmware-sim/index.ts';
import { isFrameFate } from '../link/fates.ts';
import type { TraceRecord } from '../trace.ts';

type Fields = { readonly [key: string]: unknown };
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {});

/** Gathers what runs exercise, from what the chart decides and what the trace tells. One may follow many runs. */
export class Coverage implements ChartObserver {
  readonly #exercised = new Set<string>();
  /** What each station asked last, and with which sequence number: a refusal does not say what it refuses. */
  readonly #asked = new Map<string, { readonly name: string; readonly sequence: unknown }>();

  /** The items exercised so far. */
  get exercised(): ReadonlySet<string> {
    return this.#exercised;
  }

  answered(guard: string, outcome: boolean): void {
    this.#exercised.add(`guard ${guard} ${outcome}`);
  }

  taken(transition: ChartTransition): void {
    this.#exercised.add(`transition ${transitionName(transition)}`);
  }

  take({ layer, kind, data }: TraceRecord): void {
    const fields = fieldsOf(data);
    if (layer === 'firmware' && kind === 'log') this.#logged(fields);
    else if (layer === 'link' && kind === 'frame') this.#frame(fields);
    else if (layer === 'link' && kind === 'crash') this.#exercised.add(`fault crash ${fields['when']}`);
    else if (layer === 'link' && isFrameFate(kind))
      this.#exercised.add(`fault ${fields['answer'] === true ? 'answer' : 'request'} ${kind}`);
    else if (layer === 'act' && kind === 'world') this.#exercised.add(`fault ${fields['type']}`);
    else if (layer === 'act' && kind === 'refused') this.#refused(fields);
    else if (layer === 'programmer') this.#refused(fieldsOf(fields['outcome']));
  }

  #logged({ kind, data }: Fields): void {
    const { code } = fieldsOf(data);
    this.#exercised.add(`log ${kind}`);
    if (kind === 'alarmRaised') this.#exercised.add(`alarm ${code} raised`);
    if (kind === 'alarmCleared') this.#exercised.add(`alarm ${code} cleared`);
    if (kind === 'bolusDenied' || kind === 'commandRefused') this.#exercised.add(`refusal pump ${code}`);
  }

  #frame({ from, to, name, answer, sequence, payload }: Fields): void {
    if (answer !== true) {
      this.#asked.set(String(from), { name: String(name), sequence });
      this.#exercised.add(`message ${name} request`);
    } else if (name === 'refusal') {
      const asked = this.#asked.get(String(to));
      if (asked?.sequence === sequence) this.#exercised.add(`message ${asked?.name} refusal`);
      this.#exercised.add(`refusal pump ${fieldsOf(payload)['code']}`);
    } else this.#exercised.add(`message ${name} reply`);
  }

  #refused({ by, refused }: Fields): void {
    if (refused !== undefined) this.#exercised.add(`refusal ${by} ${refused}`);
  }
}
