import { type DeviceProfile, fromJson, type Json, type Volume, volume } from '../../shared/index.ts';

/** What a flow-activated valve lets through before it shuts: Flowonix, Prometra II pump manual, p. 14. */
const ESCAPES = volume.parse('10 mcL');

/**
 * The two valves of a valve-gated pump, and the third that shuts where too much flows. In a strong field the two open
 * together, and the pressure in the reservoir drives out what is there. Once shut, the third lets nothing through, field
 * or no field, until it is reset by hand. None of it can be sensed.
 */
export class Valves {
  readonly #safety: DeviceProfile['safetyValve'];
  #shut = false;

  constructor({ safetyValve }: Pick<DeviceProfile, 'safetyValve'>) {
    this.#safety = safetyValve;
  }

  get shut(): boolean {
    return this.#shut;
  }

  /** A field opens both; what then flows out of a reservoir that holds so much. An empty one shuts no valve. */
  open(there: Volume): Volume {
    if (this.#safety === 'notNeeded' || this.#shut) return volume.of(0);
    this.#shut = this.#safety === 'flowActivated' && there > 0;
    return this.#shut ? volume.of(Math.min(there, ESCAPES)) : there;
  }

  /** Whether there was something to reset. */
  reset(): boolean {
    const wasShut = this.#shut;
    this.#shut = false;
    return wasShut;
  }

  /** What of a flow, or of a volume, gets through. */
  through(driven: number): number {
    return this.#shut ? 0 : driven;
  }

  save(): Json {
    return { shut: this.#shut };
  }

  load(saved: Json): void {
    this.#shut = fromJson<{ shut: boolean }>(saved).shut;
  }
}
