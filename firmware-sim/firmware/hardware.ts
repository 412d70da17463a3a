import type { Clock, Instant, Port, Rate } from '../../shared/index.ts';

/** Memory that outlives a loss of power: small named cells, written whole. */
export interface Store {
  read(cell: string): Uint8Array | undefined;
  /** Takes the bytes at once, or, where nothing can be lost in between, when they are read. */
  write(cell: string, bytes: () => Uint8Array): void;
  /** Everything gone: another pump. */
  clear(): void;
}

/** The pump's own clock. Where it has lost the time, it counts on from one the firmware knows. */
export interface PumpClock extends Clock {
  countOnFrom(time: Instant): void;
  /** When on the timeline of the simulation the clock will show a time. */
  whenShows(time: Instant): Instant;
}

/** All the firmware can touch or sense. There is no flow sensor here, and no fill level. */
export interface Hardware {
  readonly clock: PumpClock;
  readonly store: Store;
  readonly antenna: Port;
  /** Takes what is to be called, once, when the battery gives out. */
  onBatteryLow(report: () => void): void;
  /** Sets the rate the motor is asked for. */
  drive(rate: Rate): void;
  /** The processor starts anew, with or without the time. */
  onReset(take: (timeLost: boolean) => void): void;
}
