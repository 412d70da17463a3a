import type { Field, LogShown, Shown, Status, Words, WrittenAct } from './worker/protocol.ts';

/** What came of an act: what is to be read, what was wrong with what was entered, why it was refused. */
export interface Reply {
  readonly text: string;
  readonly problem: string | undefined;
  readonly refused: string | undefined;
}

/** Acts as they are written: what a clinician does, and what hands do. */
export type ClinicianAct = NonNullable<WrittenAct['clinician']>;
export type HandsAct = NonNullable<WrittenAct['hands']>;

/** What the page is shown of a visit. */
type Seen =
  | 'screen'
  | 'isOpen'
  | 'endsAt'
  | 'report'
  | 'card'
  | 'leftStopped'
  | 'mayBeStopped'
  | 'handset'
  | 'handsetAt'
  | 'serials'
  | 'residual'
  | 'path'
  | 'bolusParts'
  | 'now';

/** All the programmer shows, and what it can be told to do. */
export interface Visit extends Pick<Shown, Seen>, Pick<Words, 'drugs' | 'alarms' | 'reasons'> {
  /** The pump as it was last read; null before. */
  readonly status: Status | null;
  /** Does an act, written as a step of a scenario has it. */
  readonly act: (act: WrittenAct) => Promise<Reply>;
  /** Listens to the pump for some milliseconds, which pass. */
  readonly listen: (time: number) => Promise<Reply>;
  /** When every act so far has been answered, and what came of it is on the screen. */
  readonly settled: () => Promise<void>;
  /** What is to be said of a volume in the syringe, such as "5.6 mL", before anything is filled. */
  readonly aspirated: (volume: string) => Promise<readonly Field[]>;
  /** The event log as it was read in this session. */
  readonly log: () => Promise<readonly LogShown[]>;
  /** The prescriptions the pump has had, a line each. */
  readonly prescriptions: () => Promise<string>;
  /** How the handset was used, by the log as it was read: counted, and one by one. */
  readonly usage: () => Promise<string>;
}

export const isRefused = ({ problem, refused }: Reply): boolean => problem !== undefined || refused !== undefined;

/** A visit as it stands. */
export const visitOf = (
  shown: Shown,
  words: Words,
  asks: Pick<Visit, 'act' | 'listen' | 'settled' | 'aspirated' | 'log' | 'prescriptions' | 'usage'>,
): Visit => ({
  ...shown,
  ...words,
  ...asks,
  status: shown.read,
});
