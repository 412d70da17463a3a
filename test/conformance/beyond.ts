import type { Json } from '../../shared/index.ts';
import { at, isFields, numberAt, textAt, type Wanted } from './json.ts';
import { isSo, type Rhythm, rhythmIn, turnsAfter } from './rhythm.ts';

const MILLION = 1_000_000n;

/** A leak: parts per million of what passes it, where it is, and when, if not always. */
interface Leak {
  readonly share: bigint;
  readonly place: string;
  readonly rhythm: Rhythm | null;
}

/** Where fluid is that left the reservoir or a syringe: in the patient, under the skin, or outside. It outlives its pump. */
export class Beyond {
  /** All of it. */
  #all = 0n;
  /** What of it is under the skin, and outside; in millionths. */
  #pocket = 0n;
  #outside = 0n;
  #leak: Leak | null = null;
  #tip = 'intrathecal';
  #clots = false;
  isConnected = true;
  /** Open, blocked, or a valve to what is drawn. */
  port = 'open';

  get pocket(): bigint {
    return this.#pocket / MILLION;
  }

  ledger(): { readonly [account: string]: Wanted } {
    const outside = this.#outside / MILLION;
    // The patient has the part of a unit that shares leave over.
    return { patient: `${this.#all - this.pocket - outside}`, pocket: `${this.pocket}`, outside: `${outside}` };
  }

  /** Takes a fault of the catheter; whether it was one. */
  fault(type: string, data: Json, now: number): boolean {
    if (type === 'tip') this.#tip = textAt(data, 'lies');
    else if (type === 'granuloma') this.#clots = numberAt(data, 'share') > 0;
    else if (type === 'leak') {
      const leak = at(data, 'leak');
      this.#leak = isFields(leak)
        ? {
            share: BigInt(numberAt(leak, 'share')),
            place: textAt(leak, 'at'),
            rhythm: rhythmIn(at(leak, 'rhythm'), now),
          }
        : null;
    } else return false;
    return true;
  }

  /** Another catheter, with nothing wrong with it. */
  renew(tip: string): void {
    [this.#tip, this.#leak, this.#clots, this.port] = [tip, null, false, 'open'];
  }

  /** When a leak comes or goes next. */
  due(now: number): number | undefined {
    return turnsAfter(this.#leak?.rhythm ?? null, now);
  }

  leaks(now: number): boolean {
    return this.#leak !== null && (this.#leak.rhythm === null || isSo(this.#leak.rhythm, now));
  }

  /** So much comes from the pump, or by hand from the port on it, as the catheter is at an instant. */
  comes(amount: bigint, now: number): void {
    this.#all += amount;
    if (!this.isConnected) this.#outside += amount * MILLION;
    else if (this.#tip === 'dislodged') this.#pocket += amount * MILLION;
    else if (this.leaks(now)) this.#pocket += amount * (this.#leak?.share ?? 0n);
  }

  /** CSF is drawn, through the catheter or elsewhere. */
  drawn(amount: bigint): void {
    this.#all -= amount;
  }

  /** A syringe is emptied under the skin, or filled there where the amount is less than nothing. */
  underSkin(amount: bigint): void {
    this.#all += amount;
    this.#pocket += amount * MILLION;
  }

  /** Whether fluid can be drawn at the port: not from a tip that is out, nor through a connector that is off. */
  returns(now: number): boolean {
    const isOff = this.leaks(now) && this.#leak?.place === 'connector' && this.#leak.share === MILLION;
    return this.#tip !== 'dislodged' && this.isConnected && !isOff;
  }

  /** Where contrast goes that is pushed in at the port. */
  shows(now: number): string {
    if (this.leaks(now)) return this.#leak?.place === 'catheter' ? 'contrastLeaks' : 'contrastAtPump';
    const at: Readonly<Record<string, string>> = {
      dislodged: 'contrastUnderSkin',
      epidural: 'contrastEpidural',
      subdural: 'contrastSubdural',
    };
    return at[this.#tip] ?? (this.#clots ? 'contrastHalts' : 'contrastSpreads');
  }
}
