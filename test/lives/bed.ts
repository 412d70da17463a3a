import type fc from 'fast-check';
import { concentration, type DrugName, doseRate, mass, rate, volume } from '../../shared/index.ts';
import type { Device } from './device.ts';

/** What stands in a scenario; a key that is undefined is left out. */
export type Written = string | number | boolean | readonly Written[] | { readonly [key: string]: Written | undefined };

/** A fluid as it is written, and the strength of the drug that doses are of. */
export interface Fluid {
  readonly written: { readonly [D in DrugName | 'saline']?: Written };
  readonly primary: DrugName | undefined;
  /** ng/mL; 0 of a diluent. */
  readonly strength: number;
}

/** Something to be drawn, written for the device and the fluid of the life it stands in. */
export type Draw<T extends Written | undefined = Written> = fc.Arbitrary<(bed: Bed) => T>;

const NL = 1e6;
const MS_PER_DAY = 86_400_000;
/** 100 mL, near the most that one number holds of a volume. */
const MOST_WRITTEN = 100 * NL;
/** Of all three significant digits are enough. */
const plain = (value: number): number => Number(value.toPrecision(3));

/** Device and fluid of a life, and what is written for them: amounts that this device can deliver. */
export class Bed {
  readonly device: Device;
  readonly fluid: Fluid;
  /** A basal rate that this device may have, in nL/day, on which it runs for weeks where it can. */
  readonly #basal: number;

  constructor(device: Device, fluid: Fluid) {
    [this.device, this.fluid] = [device, fluid];
    const { reservoirCapacity, lowReservoirDefault, basalMinimum, basalMaximum } = device.profile;
    const inWeeks = (reservoirCapacity - lowReservoirDefault) / 45 / MS_PER_DAY;
    this.#basal = plain(Math.min(Math.max(inWeeks, 2 * basalMinimum), basalMaximum / 4));
  }

  /** A rate, so many times the usual one; as a dose where asked for, and where the fluid has one. */
  rate(times: number, asDose = false): string {
    const nanolitres = Math.round(plain(this.#basal * times));
    const dose = Math.round((nanolitres * this.fluid.strength) / NL);
    return asDose && dose > 0 ? doseRate.format(doseRate.of(dose), 6) : rate.format(rate.of(nanolitres), 6);
  }

  /** What flows in so many days at the usual rate, hardly more than a reservoir, as `rate` has it. */
  amount(days: number, asDose = false): string {
    const most = Math.min((1.1 * this.device.profile.reservoirCapacity) / MS_PER_DAY, MOST_WRITTEN);
    const nanolitres = Math.round(Math.min(plain(this.#basal * days), most));
    return asDose && this.fluid.strength > 0 ? this.dose(days) : volume.format(volume.of(nanolitres * MS_PER_DAY), 6);
  }

  /** The mass of the primary drug in that; of a diluent in one as strong as most. */
  dose(days: number): string {
    const strength = this.fluid.strength || concentration.parse('500 mcg/mL');
    return mass.format(mass.of(Math.max(1, Math.round((plain(this.#basal * days) * strength) / NL))), 6);
  }

  /** So much of what the reservoir holds. */
  volume(share: number): string {
    return volume.format(volume.of(Math.round(this.device.profile.reservoirCapacity * share)), 3);
  }
}
