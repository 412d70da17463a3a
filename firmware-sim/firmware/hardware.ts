import type { Clock, Port, Rate } from '../../shared/index.ts';

/** Memory that outlives a loss of power: small named cells, written whole. */
export interface Store {
  read(cell: string): Uint8Array | undefined;
  write(cell: string, bytes: Uint8Array): void;
}

/** All the firmware can touch or sense. There is no flow sensor here, and no fill level. */
export interface Hardware {
  /** The pump's own clock. */
  readonly clock: Clock;
  readonly store: Store;
  readonly antenna: Port;
  /** Takes what is to be called, once, when the battery gives out. */
  onBatteryLow(report: () => void): void;
  /** Sets the rate the motor is asked for. */
  drive(rate: Rate): void;
}
