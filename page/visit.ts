import type { LogShown, Screen, Shown, Status, Words, WrittenAct } from './worker/protocol.ts';

/** What came of an act: what is to be read, what was wrong with what was entered, why it was refused. */
export interface Reply {
  readonly text: string;
  readonly problem: string | undefined;
  readonly refused: string | undefined;
}

/** Acts as they are written: what a clinician does, and what hands do. */
export type ClinicianAct = NonNullable<WrittenAct['clinician']>;
export type HandsAct = NonNullable<WrittenAct['hands']>;

/** All the programmer shows, and what it can be told to do. */
export interface Visit {
  readonly screen: Screen;
  /** The pump as it was last read; null before. */
  readonly status: Status | null;
  readonly isOpen: boolean;
  /** Milliseconds since the pump was powered on. */
  readonly now: number;
  readonly report: string | undefined;
  /** Whether an update was never confirmed: nobody knows what the pump does. */
  readonly mayBeStopped: boolean;
  readonly handset: string;
  readonly serials: Shown['serials'];
  readonly bolusParts: number;
  readonly drugs: Words['drugs'];
  /** What each alarm says. */
  readonly alarms: Words['alarms'];
  /** Why another volume may have come back than was expected. */
  readonly reasons: Words['reasons'];
  /** Does an act, written as a step of a scenario has it. */
  readonly act: (act: WrittenAct) => Promise<Reply>;
  /** When every act so far has been answered, and what came of it is on the screen. */
  readonly settled: () => Promise<void>;
  /** The event log as it was read in this session. */
  readonly log: () => Promise<readonly LogShown[]>;
  /** The prescriptions the pump has had, a line each. */
  readonly prescriptions: () => Promise<string>;
}

export const isRefused = ({ problem, refused }: Reply): boolean => problem !== undefined || refused !== undefined;

/** A visit as it stands. */
export const visitOf = (
  { screen, read, isOpen, now, report, mayBeStopped, handset, serials, bolusParts }: Shown,
  { drugs, alarms, reasons }: Words,
  asks: Pick<Visit, 'act' | 'settled' | 'log' | 'prescriptions'>,
): Visit => ({
  screen,
  status: read,
  isOpen,
  now,
  report,
  mayBeStopped,
  handset,
  serials,
  bolusParts,
  drugs,
  alarms,
  reasons,
  ...asks,
});
