import { MS_PER_DAY, VOLUME_PER_ML } from '../../shared/index.ts';
import { fieldsIn } from '../fields.ts';
import type { TraceRecord } from '../trace.ts';

/** A point from which a volume falls at a rate, until the next. */
interface Point {
  readonly t: number;
  readonly volume: number;
  readonly rate: number;
}

/** The believed and the true reservoir over a run, in mL, at evenly spaced times. */
export interface ReservoirCurves {
  readonly believed: readonly number[];
  readonly true: readonly number[];
}

/** Follows a trace and draws what the reservoir was believed and was. For the eye: floating-point. */
export class CurveRecorder {
  readonly #believed: Point[] = [{ t: 0, volume: 0, rate: 0 }];
  readonly #true: Point[] = [{ t: 0, volume: 0, rate: 0 }];

  take({ layer, kind, t, data }: TraceRecord): void {
    const fields = fieldsIn(data);
    const belief = this.#believed.at(-1);
    const truth = this.#true.at(-1);
    if (belief === undefined || truth === undefined) return;
    if (layer === 'firmware' && kind === 'rate')
      this.#believed.push({ ...belief, t, volume: at(belief, t), rate: Number(fields['rate']) });
    if (layer === 'firmware' && kind === 'ledger')
      this.#believed.push({ ...belief, t, volume: Number(fields['volume']) });
    if (layer !== 'plant' || !('ledger' in fields)) return;
    const rate = kind === 'flow' ? Number(fields['flow']) : truth.rate;
    this.#true.push({ t, volume: Number(fieldsIn(fields['ledger'])['reservoir']), rate });
  }

  /** `count` samples from the beginning to `end`. */
  sample(count: number, end: number): ReservoirCurves {
    const times = Array.from({ length: count }, (_, i) => (end * i) / Math.max(1, count - 1));
    const sample = (points: readonly Point[]) =>
      times.map(
        (t) => at(points.findLast((point) => point.t <= t) ?? { t: 0, volume: 0, rate: 0 }, t) / Number(VOLUME_PER_ML),
      );
    return { believed: sample(this.#believed), true: sample(this.#true) };
  }
}

function at({ t, volume, rate }: Point, now: number): number {
  return Math.max(0, volume - (rate / MS_PER_DAY) * (now - t) * MS_PER_DAY);
}
