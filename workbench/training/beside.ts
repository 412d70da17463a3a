import { didYouMean, type WallClock } from '../../shared/index.ts';
import { LineError } from '../session/read-line.ts';
import type { TraceRecord } from '../trace.ts';
import type { CaseFile, Measure } from './schema.ts';

/** Something that was done beside the pump. */
export interface Beside {
  /** The number of the record before it. */
  readonly n: number;
  readonly t: number;
  readonly localTime: WallClock;
  readonly text: string;
}

/** What a case offers beside the pump, and what of it was done: it changes neither pump nor patient. */
export class BesidePump {
  readonly #measures: NonNullable<CaseFile['measures']>;
  readonly #done: Beside[] = [];

  constructor({ measures = {} }: Pick<CaseFile, 'measures'>) {
    this.#measures = measures;
  }

  get done(): readonly Beside[] {
    return this.#done;
  }

  /** What there is, a line each. */
  get list(): string {
    const lines = Object.entries(this.#measures).map(([name, { says }]) => `${name}: ${says}`);
    return lines.join('\n') || 'This case offers nothing beside the pump.';
  }

  /** What is offered by a name. Throws LineError where nothing is. */
  named(name: string): Measure {
    const measure = Object.hasOwn(this.#measures, name) ? this.#measures[name] : undefined;
    if (measure !== undefined) return measure;
    const names = Object.keys(this.#measures);
    throw new LineError(`measure: "${name}": expected one of ${names.join(', ') || 'none'}${didYouMean(names, name)}`);
  }

  /** Notes that it was done; what the learner is told. */
  note({ says, answer }: Measure, { n, t }: TraceRecord, localTime: WallClock): string {
    this.#done.push({ n, t, localTime, text: answer === undefined ? says : `${says}: ${answer.trim()}` });
    return [`Noted: ${says}`, ...(answer === undefined ? [] : [answer.trim()])].join('\n');
  }
}
