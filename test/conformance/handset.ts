import type { DeviceProfile } from '../../shared/index.ts';
import type { Wanted } from './json.ts';
import type { Pump } from './pump.ts';

/** The alarms a handset raises of its own, from what it was told of the reservoir when it last read the pump. */
export class Handset {
  readonly #device: DeviceProfile;
  readonly #say: (kind: string, data: Wanted) => void;
  readonly #raised = new Set<string>();

  constructor(device: DeviceProfile, say: (kind: string, data: Wanted) => void) {
    [this.#device, this.#say] = [device, say];
  }

  /** What the handset does once it is told of the pump as it is now. */
  reading({ prescription, volume, service }: Pump): () => void {
    const watches = this.#device.lowReservoirBy === 'handset' && prescription !== null && service !== 'shelf';
    const empty = watches && volume <= BigInt(this.#device.emptyAt);
    const low = empty || (watches && volume <= BigInt(prescription.lowReservoir));
    const now = [
      ['lowReservoir', low],
      ['emptyReservoir', empty],
    ] as const;
    return () => {
      this.#edges('alarmRaised', now, true);
      this.#edges('alarmCleared', now, false);
    };
  }

  #edges(kind: string, now: readonly (readonly [code: string, so: boolean])[], raised: boolean): void {
    for (const [code, so] of now) {
      if (so !== raised || so === this.#raised.has(code)) continue;
      if (so) this.#raised.add(code);
      else this.#raised.delete(code);
      this.#say(kind, { by: 'handset', code });
    }
  }
}
