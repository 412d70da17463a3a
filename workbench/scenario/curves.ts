import { MS_PER_DAY, VOLUME_PER_ML } from '../../shared/index.ts';
import { fieldsIn } from '../fields.ts';
import type { TraceRecord } from '../trace.ts';

/** A point from which a volume falls at a rate, until the next. */
export interface Point {
  readonly t: number;
  readonly volume: number;
  readonly rate: number;
}

/** The believed and the true reservoir over a run, in mL, at evenly spaced times. */
export interface ReservoirCurves {
  readonly believed: readonly number[];
  readonly true: readonly number[];
}

const START: Point = { t: 0, volume: 0, rate: 0 };

/** The points of one curve: of those at one instant only the last stays, for no other is ever looked at. */
class Curve {
  readonly #points: Point[] = [START];

  get points(): readonly Point[] {
    return this.#points;
  }

  get last(): Point {
    return this.#points.at(-1) ?? START;
  }

  put(point: Point): void {
    if (this.last.t === point.t) this.#points.pop();
    this.#points.push(point);
  }

  /** The volume at times that only go on. */
  sample(times: readonly number[]): number[] {
    let i = 0;
    return times.map((t) => {
      while ((this.#points[i + 1]?.t ?? Number.POSITIVE_INFINITY) <= t) i += 1;
      return volumeAt(this.#points[i] ?? START, t) / Number(VOLUME_PER_ML);
    });
  }
}

/** Follows a trace and draws what the reservoir was believed and was. For the eye: floating-point. */
export class CurveRecorder {
  readonly #believed = new Curve();
  readonly #true = new Curve();

  take({ layer, kind, t, data }: TraceRecord): void {
    if (layer !== 'firmware' && layer !== 'plant') return;
    const fields = fieldsIn(data);
    const belief = this.#believed.last;
    if (layer === 'firmware' && kind === 'rate')
      this.#believed.put({ t, volume: volumeAt(belief, t), rate: Number(fields['rate']) });
    if (layer === 'firmware' && kind === 'ledger')
      this.#believed.put({ t, volume: Number(fields['volume']), rate: belief.rate });
    if (layer !== 'plant' || !('ledger' in fields)) return;
    const rate = kind === 'flow' ? Number(fields['flow']) : kind === 'ranDry' ? 0 : this.#true.last.rate;
    this.#true.put({ t, volume: Number(fieldsIn(fields['ledger'])['reservoir']), rate });
  }

  /** Every point there was. */
  get points(): { readonly believed: readonly Point[]; readonly true: readonly Point[] } {
    return { believed: this.#believed.points, true: this.#true.points };
  }

  /** `count` samples from the beginning to `end`. */
  sample(count: number, end: number): ReservoirCurves {
    const times = Array.from({ length: count }, (_, i) => (end * i) / Math.max(1, count - 1));
    return { believed: this.#believed.sample(times), true: this.#true.sample(times) };
  }
}

/** What is left of the volume of a point at a time after it. */
export function volumeAt({ t, volume, rate }: Point, now: number): number {
  return Math.max(0, volume - (rate / MS_PER_DAY) * (now - t) * MS_PER_DAY);
}
