import type { Json } from '../../shared/index.ts';
import { off } from './fluids.ts';
import { at, flagAt, isFields, numberAt } from './json.ts';
import { firstOf, isSo, type Rhythm, rhythmIn, turnsAfter } from './rhythm.ts';

/** How a rotor stands at an instant: the error of what it moves, and whether it stands still. */
export interface Stance {
  readonly bias: number;
  readonly stuck: boolean;
}

/** What drives the fluid, and what lets it through. Times are simulated time. */
export class Motor {
  /** The error of the flow, less what it has grown by. */
  #bias = 0;
  #drift: { readonly by: number; readonly every: number; readonly from: number } | null = null;
  #fallOff: { readonly below: bigint; readonly by: number } = { below: -1n, by: 0 };
  /** Whether the valve against free flow has shut. */
  shut = false;
  readonly #conditions = new Set<string>();
  #stalls: Rhythm | null = null;
  /** How long the rotor takes to turn again after a field, and until when. */
  #slowness = 0;
  #recovers = 0;
  #inField = false;
  /** A field in which an alarm sounds may leave the pump in telemetry mode, and what it notes of the rotor stale. */
  #mayLatch = false;
  #latched = false;
  #mayBlur = false;
  /** Sessions until it is noticed that the rotor turns again. */
  #blurred = 0;

  /** Takes a fault of the motor; whether it was one. */
  fault(type: string, data: Json, now: number): boolean {
    if (type === 'flowBias') this.#bias = numberAt(data, 'by') - this.#grown(now);
    else if (type === 'flowDrift') {
      this.#bias += this.#grown(now);
      const drift = at(data, 'drift');
      const grows = isFields(drift);
      this.#drift = grows ? { by: numberAt(drift, 'by'), every: numberAt(drift, 'every'), from: now } : null;
    } else if (type === 'nearlyEmpty')
      this.#fallOff = { below: BigInt(numberAt(data, 'below')), by: numberAt(data, 'by') };
    else if (type === 'intermittentStall') this.#stalls = rhythmIn(at(data, 'rhythm'), now);
    else if (type === 'telemetryLatch') this.#mayLatch = flagAt(data, 'latches');
    else if (type === 'staleRecord') this.#mayBlur = flagAt(data, 'stale');
    else if (type === 'slowRecovery') this.#slowness = numberAt(data, 'by');
    else return false;
    return true;
  }

  /** Something gets in the way of the fluid, or is gone. */
  conditionIs(code: string, so: boolean): void {
    if (so) this.#conditions.add(code);
    else this.#conditions.delete(code);
  }

  has(code: string): boolean {
    return this.#conditions.has(code);
  }

  /** A field begins to hold the rotor, or lets go of it, which may take its time to turn. */
  field(begins: boolean, now: number, alarms: boolean): void {
    this.#inField = begins;
    if (begins) return;
    if (this.#slowness > 0) this.#recovers = now + this.#slowness;
    this.#latched = this.#mayLatch && alarms;
    if (this.#mayBlur) this.#blurred = 2;
  }

  /** A station opens a session; whether that may change anything. */
  interrogated(): boolean {
    const changes = this.#latched || this.#blurred > 0;
    this.#latched = false;
    this.#blurred = Math.max(0, this.#blurred - 1);
    return changes;
  }

  /** Whether it is not noticed that the rotor turns again. */
  isBlurred(now: number): boolean {
    return this.#blurred > 0 && !this.stance(now).stuck;
  }

  /** How much its error has grown. */
  #grown(now: number): number {
    return this.#drift === null ? 0 : this.#drift.by * Math.floor((now - this.#drift.from) / this.#drift.every);
  }

  #isStuck(stallsAt: number, recoversAt: number): boolean {
    return (
      this.has('stall') || this.#inField || this.#latched || isSo(this.#stalls, stallsAt) || recoversAt < this.#recovers
    );
  }

  stance(now: number): Stance {
    return { bias: this.#bias + this.#grown(now), stuck: this.#isStuck(now, now) };
  }

  /**
   * How it stood one after the other as one instant came, where more than one thing happened at it: what falls off for
   * want of fluid first, then stalls, the recovery from a field, and an error that grows.
   */
  stances(before: number, now: number, fellOff: boolean): Stance[] {
    const [was, is] = [this.stance(before), this.stance(now)];
    const turned = isSo(this.#stalls, before) !== isSo(this.#stalls, now);
    const recovered = before < this.#recovers && this.#recovers <= now;
    return [
      ...(fellOff ? [was] : []),
      ...(turned ? [{ bias: was.bias, stuck: this.#isStuck(now, before) }] : []),
      ...(recovered ? [{ bias: was.bias, stuck: is.stuck }] : []),
    ];
  }

  /** What it moves of a rate, or of a volume, with so much in the reservoir. */
  moves(asked: bigint, reservoir: bigint, { bias, stuck }: Stance): bigint {
    if (stuck) return 0n;
    const moved = off(asked, bias);
    return this.fellOff(reservoir) ? off(moved, this.#fallOff.by) : moved;
  }

  /** Whether so little is left that it moves less, or more. */
  fellOff(reservoir: bigint): boolean {
    return reservoir <= this.#fallOff.below;
  }

  /** What of what it moves comes through. */
  through(moved: bigint): bigint {
    if (this.shut || this.has('occlusion')) return 0n;
    const more = this.has('overFlow') ? 2n * moved : moved;
    return this.has('underFlow') ? more / 2n : more;
  }

  /** When it next moves otherwise, while so much flows out of a reservoir. */
  due(now: number, reservoir: bigint, flow: bigint): number | undefined {
    const rest = reservoir - this.#fallOff.below;
    const falls = this.#fallOff.below >= 0n && rest > 0n && flow > 0n;
    return firstOf([
      turnsAfter(this.#stalls, now),
      now < this.#recovers ? this.#recovers : undefined,
      this.#drift === null ? undefined : now + this.#drift.every - ((now - this.#drift.from) % this.#drift.every),
      falls ? now + Number((rest + flow - 1n) / flow) : undefined,
    ]);
  }
}
