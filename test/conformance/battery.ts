import type { DeviceProfile } from '../../shared/index.ts';

const ML = 86_400_000_000_000n;

/** What a battery has given: time, what the motor has turned, and sessions. Times are simulated time. */
export class Battery {
  readonly #device: DeviceProfile;
  readonly #from: number;
  #sessions = 0n;
  /** Whether it has given out, by itself or because the world says so. */
  isOut = false;

  constructor(device: DeviceProfile, from: number) {
    [this.#device, this.#from] = [device, from];
  }

  session(): void {
    this.#sessions += 1n;
  }

  /** When it gives out, with so much turned by now and so much in each ms from now on. */
  due(now: number, turned: bigint, turning: bigint): number | undefined {
    if (this.isOut) return undefined;
    const { batteryLife, batteryPerMillilitre, batteryPerSession } = this.#device;
    const perMl = BigInt(batteryPerMillilitre);
    const time = BigInt(now - this.#from) + this.#sessions * BigInt(batteryPerSession);
    const left = (BigInt(batteryLife) - time) * ML - turned * perMl;
    const perMs = ML + turning * perMl;
    return left <= 0n ? now : now + Number((left + perMs - 1n) / perMs);
  }
}
