import { type Instant, instant, type Rate, rate } from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import type { TraceRecord } from '../trace.ts';

/** A time in which a pump commanded one rate, above 0. */
export interface Stretch {
  readonly rate: Rate;
  readonly from: Instant;
  readonly to: Instant;
}

/** From an instant on, what is commanded, and whether it is by another pump. */
interface Change {
  readonly t: number;
  readonly rate: number;
  readonly another: boolean;
}

/** Follows a trace and knows when one rate was commanded, and which. */
export class CommandedRate {
  readonly #changes: Change[] = [];

  take({ layer, kind, t, data }: TraceRecord): void {
    const isRate = layer === 'firmware' && kind === 'rate';
    const isAnother = layer === 'plant' && kind === 'replaced';
    if (!isRate && !isAnother) return;
    const last = this.#changes.at(-1);
    const told = { t, rate: isRate ? Number(fieldsOf({ data })['rate']) : 0, another: isAnother };
    // Of all that is commanded at one instant the last lasts.
    if (last?.t === t) {
      this.#changes.pop();
      this.#changes.push({ ...told, another: told.another || last.another });
    } else this.#changes.push(told);
  }

  /** The stretches between two instants, in their order. */
  between(from: Instant, to: Instant): Stretch[] {
    const starts = this.#changes.filter((change, i) => change.another || change.rate !== this.#changes[i - 1]?.rate);
    return starts
      .map((start, i) => ({
        rate: rate.of(start.rate),
        from: instant(Math.max(start.t, from)),
        to: instant(Math.min(starts[i + 1]?.t ?? to, to)),
      }))
      .filter((stretch) => stretch.rate > 0 && stretch.from < stretch.to);
  }
}

/** The longest of some stretches; of two as long the first. */
export const longest = (stretches: readonly Stretch[]): Stretch | undefined =>
  stretches.reduce<Stretch | undefined>(
    (best, each) => (best === undefined || each.to - each.from > best.to - best.from ? each : best),
    undefined,
  );
