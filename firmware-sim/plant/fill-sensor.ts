import {
  type DeviceProfile,
  fromJson,
  type Json,
  type Proportion,
  proportion,
  type Volume,
  volume,
} from '../../shared/index.ts';
import { withError } from './syringe.ts';

/** What a fill sensor shows beside what is there: so many parts per million of it, and so much besides. */
interface Misreading {
  readonly gain: Proportion;
  readonly offset: Volume;
}

const NONE: Misreading = { gain: proportion.of(0), offset: volume.of(0) };

/** What senses the volume in the reservoir, where the device has it. */
export class FillSensor {
  readonly #profile: Pick<DeviceProfile, 'name' | 'reservoirGauge' | 'reservoirCapacity'>;
  #error = NONE;

  constructor(profile: Pick<DeviceProfile, 'name' | 'reservoirGauge' | 'reservoirCapacity'>) {
    this.#profile = profile;
  }

  misreadBy({ gain, offset }: Misreading): void {
    this.#error = { gain, offset };
  }

  /** What it shows of what is there: nothing below empty, nor above full. Throws where the device has none. */
  level(there: Volume): Volume {
    const { name, reservoirGauge, reservoirCapacity } = this.#profile;
    if (reservoirGauge !== 'sensed') throw new Error(`${name} has no fill sensor`);
    const shown = withError(there, this.#error.gain) + this.#error.offset;
    return volume.of(Math.max(0, Math.min(shown, reservoirCapacity)));
  }

  /** Another pump's in its place. */
  replace(): void {
    this.#error = NONE;
  }

  save(): Json {
    return { ...this.#error };
  }

  load(saved: Json): void {
    this.#error = fromJson<Misreading>(saved);
  }
}
