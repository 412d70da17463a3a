import { fieldsIn, fieldsOf } from '../fields.ts';
import type { TraceRecord } from '../trace.ts';

/** From a millisecond on: what the pump has delivered by then, what it holds, and how much flows in each. In units of volume. */
interface Piece {
  readonly t: number;
  readonly delivered: bigint;
  readonly holds: bigint;
  readonly flow: bigint;
}

/**
 * Instants at equal steps, `steps + 1` of them. They are counted in parts of a millisecond, `perMs` of them in one, so
 * that a step need be no whole millisecond.
 */
interface Grid {
  readonly perMs: bigint;
  readonly first: bigint;
  readonly step: bigint;
  readonly steps: number;
}

/** Follows a trace and knows what truly left the pump by any instant: what the ledger of the plant says, exactly. */
export class TrueFlow {
  readonly #pieces: Piece[] = [];

  take(record: TraceRecord): void {
    if (record.layer !== 'plant') return;
    const { flow, ledger } = fieldsOf(record);
    const { delivered, reservoir } = fieldsIn(ledger);
    // What flowed before the trace first tells of a flow is not known.
    if (delivered === undefined || (record.kind !== 'flow' && this.#pieces.length === 0)) return;
    this.#pieces.push({
      t: record.t,
      delivered: BigInt(String(delivered)),
      holds: BigInt(Number(reservoir)),
      flow: record.kind === 'flow' ? BigInt(Number(flow)) : (this.#pieces.at(-1)?.flow ?? 0n),
    });
  }

  /**
   * What has been delivered by each instant of a grid, in parts of a unit of volume, as many as there are of a
   * millisecond. What happens at `until` itself, such as a stroke that a stop completes, comes after it.
   */
  deliveredAt({ perMs, first, step, steps }: Grid, until: number): bigint[] {
    const pieces = this.#pieces.filter(({ t }) => t < until);
    const found: bigint[] = [];
    let i = 0;
    for (let k = 0; k <= steps; k++) {
      const at = first + step * BigInt(k);
      for (let next = pieces[i + 1]; next !== undefined && BigInt(next.t) * perMs <= at; next = pieces[i + 1]) i += 1;
      const piece = pieces[i];
      found.push(piece === undefined ? 0n : deliveredBy(piece, at, perMs));
    }
    return found;
  }
}

/** A reservoir that is empty delivers no more. */
function deliveredBy({ t, delivered, holds, flow }: Piece, at: bigint, perMs: bigint): bigint {
  const flowed = flow * (at - BigInt(t) * perMs);
  const most = holds * perMs;
  return delivered * perMs + (flowed < most ? flowed : most);
}
