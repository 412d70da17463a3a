import type { Clock, ConditionCode, Instant, Port, Rate, Volume } from '../../shared/index.ts';

/** How a memory was found: as it was left, with one bank made anew from the other, or with nothing to be trusted. */
export type MemoryFound = 'sound' | 'healedA' | 'healedB' | 'failed';

/** Memory that outlives a loss of power: small named cells, written whole, and kept together or not at all. */
export interface Store {
  read(cell: string): Uint8Array | undefined;
  /** Takes the bytes at once, or, where nothing can be lost in between, when they are read. */
  write(cell: string, bytes: () => Uint8Array): void;
  /** Everything gone: another pump. */
  clear(): void;
  /** From here on all lasts that was written or cleared since the last commit; a loss of power before leaves none of it. */
  commit(): void;
  /** What a processor that starts does before anything else: what was not committed is gone. */
  open(): MemoryFound;
}

/** A start of the processor that it did not ask for. */
export interface Reset {
  readonly timeLost: boolean;
  readonly battery: { readonly safeState: boolean } | null;
}

/** What a sensor begins to see, or no longer sees. */
export interface Seen {
  readonly condition: ConditionCode;
  readonly holds: boolean;
}

/** An alarm of the reservoir that may come by mistake. */
export type FalseAlarm = 'lowReservoir' | 'emptyReservoir';

/** The pump's own clock. Where it has lost the time, it counts on from one the firmware knows. */
interface PumpClock extends Clock {
  countOnFrom(time: Instant): void;
  /** When on the timeline of the simulation the clock will show a time. */
  whenShows(time: Instant): Instant;
}

/** All the firmware can touch or sense: nothing without its sensor. */
export interface Hardware {
  readonly clock: PumpClock;
  readonly store: Store;
  readonly antenna: Port;
  /** From a source of noise: a text it gives once in its life. */
  random(): string;
  /** Takes what is to be called when the battery gives out, and when it is empty: once each. */
  onBattery(report: (is: 'low' | 'empty') => void): void;
  /** Takes what is to be called when an error locks the memory, or a laboratory has mended that. */
  onMemoryLocked(report: (locked: boolean) => void): void;
  /** Takes what is to be called when a sensor of the profile begins to see a condition, or no longer does. */
  onSeen(report: (seen: Seen) => void): void;
  /** A station has opened a session: the telemetry circuits wake, and what sensors see anew is read. */
  interrogated(): readonly Seen[];
  /** A clinician's session has ended: the alarm that comes with that by mistake. */
  falseAlarm(): FalseAlarm | null;
  /** What the fill sensor shows. Throws where the device has none. */
  fillLevel(): Volume;
  /** Sets the rate the motor is asked for. */
  drive(rate: Rate): void;
  /** Lets the motor complete a stroke of which so much is left, and stand still. */
  completeStroke(rest: Volume): void;
  /** The processor starts anew: with or without the time, and where the battery faltered, in the safe state or not. */
  onReset(take: (reset: Reset) => void): void;
}
