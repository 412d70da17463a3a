import type { WallClock } from '../../shared/index.ts';
import type { Drawn } from './draw.ts';
import type { DrugHarm } from './harm.ts';

/** Whether coaching and truth are at hand, or only what a clinic has. */
export const MODES = ['practice', 'assessment'] as const;
export type Mode = (typeof MODES)[number];

/** A record of the trace that shows something. */
export interface Evidence {
  /** Its number in the trace. */
  readonly n: number;
  /** The local time of the place. */
  readonly localTime: WallClock;
  readonly text: string;
}

/** A line of the rubric, and what became of it. */
export interface DebriefLine {
  readonly id: string;
  readonly says: string;
  readonly met: boolean;
  /** Whether the case is failed without it. */
  readonly must: boolean;
  readonly points: number;
  readonly why: string;
  readonly evidence: Evidence | null;
  /** What an expert does there, and why. */
  readonly expert: string;
}

/** Something that was done, or that happened: what the pump believed then, and what was true. */
export interface DebriefMoment {
  /** Milliseconds since the learner came in. */
  readonly t: number;
  readonly localTime: WallClock;
  /** Whether the learner decided it, rather than it happened. */
  readonly decision: boolean;
  readonly happened: readonly string[];
  readonly believed: string;
  readonly true: string;
}

/** All there is to say once a case is over. JSON. */
export interface Debrief {
  readonly debrief: 'thecal.debrief/1';
  readonly thecal: string;
  readonly case: { readonly id: string; readonly title: string };
  readonly seed: number;
  readonly mode: Mode;
  readonly learner: string | null;
  readonly passed: boolean;
  readonly points: number;
  readonly of: number;
  readonly began: WallClock;
  /** How long the learner had, and how long until he or she said that it was done, in milliseconds. */
  readonly lasted: number;
  readonly saidDone: number | null;
  readonly hints: readonly string[];
  readonly values: Drawn;
  readonly hidden: string;
  readonly rubric: readonly DebriefLine[];
  readonly timeline: readonly DebriefMoment[];
  readonly harm: readonly DrugHarm[];
}

/** The lines of a rubric that have to be met and are not. */
export const missedIn = ({ rubric }: Pick<Debrief, 'rubric'>): readonly string[] =>
  rubric.filter(({ met, must }) => must && !met).map(({ id }) => id);
