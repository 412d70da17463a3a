import type {
  Debrief,
  DeviceProfile,
  FaultSheet,
  Field,
  LineSoFar,
  Mode,
  Outcome,
  PlainChart,
  RunResult,
  Screen,
  Setting,
  StandingFault,
  Status,
  TraceRecord,
  WrittenAct,
} from '../../workbench/index.ts';

export type {
  Debrief,
  FaultSheet,
  Field,
  LineSoFar,
  Mode,
  Outcome,
  PlainChart,
  Screen,
  Setting,
  StandingFault,
  Status,
  TraceRecord,
  WrittenAct,
};

/** Texts of files that a scenario names, by their paths as it writes them. */
export type Files = Readonly<Record<string, string>>;

/** What time does while nobody does anything. */
export type Pace =
  | 'paused'
  /** As fast as can be computed. */
  | 'top'
  /** So many seconds of the pump a second of the room. */
  | number;

/** Where time stops by itself: at the next record of the trace, at the next alarm that is raised. */
export type Stop = 'event' | 'alarm';

/** A sound of the pump, and for how many seconds it lasts. */
export interface Tone {
  readonly sound: 'single' | 'two-tone' | 'four-tones' | 'four-double-tones';
  readonly lasts: number;
}

/** Something that was done: a line as it was given, or a wait. `room` is the local time when it began. */
export interface Deed {
  readonly line: string | undefined;
  /** Whether the line is an act as the page gave it, in JSON. */
  readonly isAct: boolean;
  /** Whether the act took its time, from beginning to end: listening. */
  readonly isListening?: boolean;
  /** What it was, as a person would say it; absent of a line that only looks. */
  readonly says?: string;
  /** Whether it played a step of the story, or left it out. */
  readonly isStory?: boolean;
  /** What hands did in it and found, in words. */
  readonly found?: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly room: number;
}

/** One life among those that are open. */
export interface LifeShown {
  readonly title: string;
  readonly localTime: number;
}

/** A record of the event log that was read, in words. */
export interface LogShown {
  readonly number: number;
  readonly date: string;
  readonly text: string;
  /** What it tells beside, each by its name. */
  readonly details: readonly (readonly [name: string, text: string])[];
  /** Whether it is out of the ordinary: a stall, an alarm, a reset, a refusal. */
  readonly isUnusual: boolean;
}

/** A line of the X-ray: what the pump believes of something, what is true of it, and whether they part. */
export interface XrayRow {
  readonly what: XrayName;
  /** Of which drug, where there may be several. */
  readonly drug: string | undefined;
  readonly believed: string | undefined;
  readonly actual: string | undefined;
  readonly parts: boolean;
}
export type XrayName =
  | 'clock'
  | 'reservoir'
  | 'rate'
  | 'motor'
  | 'strength'
  | 'line'
  | 'csf'
  | 'usual'
  | 'pocket'
  | 'blood'
  | 'conditions'
  | 'alarms'
  | 'signs';

/** A record of the trace, on one line; a frame with its bytes. */
export interface RecordLine {
  readonly n: number;
  readonly text: string;
  readonly frame:
    | {
        readonly from: string;
        readonly to: string;
        readonly name: string;
        readonly answer: boolean;
        readonly payload: string;
        readonly bytes: string;
      }
    | undefined;
}

/** Curves of a life in one chart: as SVG, and their figures as tables in HTML where they were asked for. */
export interface CurvesDrawn {
  readonly title: string;
  readonly unit: string;
  readonly about: string;
  readonly names: readonly string[];
  readonly svg: string;
  readonly figures: string | undefined;
}

/** A training case that can be taken. */
export interface CaseListed {
  readonly name: string;
  readonly title: string;
}

/** What the learner of a case may read at any time. */
export interface CaseTold {
  readonly title: string;
  readonly briefing: string;
  readonly complaint: string;
  /** What can be done beside the pump: by name, in words. */
  readonly measures: Readonly<Record<string, string>>;
}

/** What nobody but the instructor is told before the end of a case: what is hidden, and how far the rubric is met. */
export interface CaseBehind {
  readonly hidden: string;
  readonly lines: readonly LineSoFar[];
}

/** A case that is over: what is to be said of it, its curves of harm, and what the always-true rules had to say. */
export interface CaseOver {
  readonly debrief: Debrief;
  readonly curves: readonly CurvesDrawn[];
  readonly last: string;
}

/** A point of a life: an instant, or when so many things had been done; the earlier where both are said. */
export interface Point {
  readonly at?: number;
  readonly done?: number;
}

/** Everything that is to be drawn, as it stands at one instant. */
export interface Shown {
  /** Milliseconds since the pump was powered on, and what the clocks of the place show. */
  readonly now: number;
  readonly localTime: number;
  readonly pace: Pace;
  /** What a jump to the next event or alarm came to, until time goes on or something is done; empty where nobody has a word for it. */
  readonly cameTo: string | null;
  /** What a jump was to come to and would not in ten years, so that no time has passed; until time goes on. */
  readonly inVain: Stop | null;
  /** Whether another point of this life is being led to: until then nothing can be done in it. */
  readonly isLeading: boolean;
  readonly screen: Screen;
  /** Whether a telemetry session is open, the pump as the programmer last read it, report and refill card of the last session. */
  readonly isOpen: boolean;
  /** When the programmer ends the session by itself unless an act is begun before; undefined where none lies idle. */
  readonly endsAt: number | undefined;
  readonly read: Status | null;
  /** The serial number on the patient's record, and that of the pump that answered last; null before any did. */
  readonly serials: { readonly record: string | null; readonly answering: string | null };
  readonly report: string | undefined;
  readonly card: string | undefined;
  /** The pump that was read last, where it was stopped then, and the local time of that reading. */
  readonly leftStopped: { readonly serial: string; readonly readAt: number } | null;
  /** What cannot be aspirated from the reservoir of a pump of this model. */
  readonly residual: string;
  /** What the pump tubing holds, and a catheter by its length, in mL and mL/cm, as the programmer has it. */
  readonly path: { readonly tubing: number; readonly perCm: number };
  /** Of how many parts of the day a pump of this model keeps a patient bolus, the rest of the day included. */
  readonly bolusParts: number;
  /** Whether an update was never confirmed, and no pump has been read since. */
  readonly mayBeStopped: boolean;
  /** What the patient's handset shows, and the local time when it was answered that; null where it is no answer. */
  readonly handset: string;
  readonly handsetAt: number | null;
  /** Whether the patient lies in the field of a scanner. */
  readonly inScanner: boolean;
  /** For the instructor: in which states the pump's chart is. None where that is hidden. */
  readonly states: Readonly<Record<string, string>>;
  /** How many records the trace has: 0 where that is hidden. How many things have been done: acts, other lines, and waits between them. */
  readonly records: number;
  readonly done: number;
  /** A number that no other life has, however they are counted: what stands in a form for one is nothing for another. */
  readonly visit: number;
  /** Which life this is, of how many. */
  readonly life: number;
  readonly lives: number;
  /** How far the story that came with the pump has been played, and the step that is next, as its file has it and in words. */
  readonly story: {
    readonly played: number;
    readonly of: number;
    readonly next: string | undefined;
    readonly says: string | undefined;
  };
  /** The training case that is being taken; null where none is. Until an assessment is over, what nobody at the bedside can see is hidden. */
  readonly lesson: {
    readonly mode: Mode;
    readonly isOver: boolean;
    /** How long the learner has left, in milliseconds. */
    readonly left: number;
    readonly isHiding: boolean;
  } | null;
}

/** What can be chosen from: drugs with the unit of their doses, reasons; and what alarms say. */
export interface Words {
  readonly drugs: readonly { readonly name: string; readonly unit: string }[];
  readonly alarms: Readonly<Record<string, string>>;
  /** Reasons of a difference at a refill, and what came back where each is why. */
  readonly reasons: Readonly<Record<string, { readonly text: string; readonly came: 'less' | 'more' | 'either' }>>;
}

/** What came of a line. */
export interface Said {
  /** As a console would say it. */
  readonly text: string;
  /** What was wrong with it, where it could not be used. */
  readonly problem?: string;
  readonly outcome?: Outcome;
}

/** What a scenario that was run from beginning to end came to. */
export interface Ran extends Omit<RunResult, 'curves'> {
  /** SHA-256 of its trace, as `thecal run --trace` writes it. */
  readonly digest: string;
}

/** What the page may ask of the worker: what it gives, and what it gets back. */
export interface Asked {
  /** Opens the pump of a scenario, ready for a visit: a life of its own, beside those there are or in place of them. */
  open: { gives: { readonly scenario: string; readonly files?: Files; readonly beside?: boolean }; gets: Said };
  /** Opens a pump in a setting, with no story. */
  setting: { gives: Setting; gets: Said };
  /** Opens a new pump on the shelf. */
  newPump: { gives: { readonly profile: string; readonly clock: string }; gets: Said };
  /** Does an act, written as a step of a scenario has it. */
  act: { gives: WrittenAct; gets: Said };
  /** Hands listen to the pump for so many milliseconds, which pass meanwhile. */
  listen: { gives: { readonly for: number }; gets: Said };
  /** A line, as one would type it in the console. */
  line: { gives: string; gets: Said };
  /**
   * Lets time run: at a pace, up to an instant or whatever else it is to stop at. It pauses there; while a telemetry
   * session is open it goes on at the pace `inSession`.
   */
  run: {
    gives: { readonly pace: Pace; readonly to?: number; readonly stop?: Stop; readonly inSession?: Pace };
    gets: null;
  };
  pause: { gives: null; gets: null };
  /** Goes back: what was done after that point is as if it had not been. */
  rewind: { gives: Point; gets: null };
  /** Lives on from a point in another life, beside the one there is. */
  branch: { gives: Point; gets: null };
  /** Goes over to another life. */
  life: { gives: { readonly life: number }; gets: null };
  /** Closes a life for good; where it is the one at hand, the one before it is then. The last one stays. */
  close: { gives: { readonly life: number }; gets: null };
  /** The records of the trace from one on, counted from 0. */
  trace: { gives: { readonly from: number }; gets: readonly TraceRecord[] };
  /** What was done in this life, and all lives that are open. */
  timeline: { gives: null; gets: { readonly done: readonly Deed[]; readonly lives: readonly LifeShown[] } };
  /** Belief beside truth. */
  xray: { gives: null; gets: readonly XrayRow[] };
  /** The faults that are there now. */
  faults: { gives: null; gets: readonly StandingFault[] };
  /** What was believed and true in all of this life, as curves; with the figures of charts, by their titles. */
  curves: { gives: { readonly figuresOf: readonly string[] }; gets: readonly CurvesDrawn[] };
  /** The last records of the trace, of all kinds or frames alone, newest last. */
  records: { gives: { readonly only: 'all' | 'frames'; readonly most: number }; gets: readonly RecordLine[] };
  /** What led to a record, first cause first; where it says the same many times, a line stands for those between. */
  chain: { gives: { readonly n: number }; gets: readonly RecordLine[] };
  /** What the programmer says of a volume in the syringe before anything is filled; nothing of what is no volume. */
  aspirated: { gives: { readonly volume: string }; gets: readonly Field[] };
  /** The event log of the pump as the programmer has read it in this session. */
  log: { gives: null; gets: readonly LogShown[] };
  /** The visit so far, as the text of a scenario. */
  recorded: { gives: null; gets: string };
  /** The prescriptions of the pump as the programmer has read them, a line each. */
  prescriptions: { gives: null; gets: string };
  /** How the handset was used, by the log that was read. */
  usage: { gives: null; gets: string };
  /** The training cases there are. */
  cases: { gives: null; gets: readonly CaseListed[] };
  /** Adds a training case of one's own; it is called by the name of its file. */
  addCase: { gives: { readonly name: string; readonly text: string; readonly files?: Files }; gets: CaseListed };
  /** Begins a case as a seed makes it, one by chance unless given, beside the lives there are. What is done in it are acts and lines: `hint`, `measure NAME`, `done`. */
  openCase: {
    gives: { readonly name: string; readonly seed?: number; readonly mode: Mode; readonly learner?: string };
    gets: Said;
  };
  /** What the learner was told, of the case at hand. */
  caseTold: { gives: null; gets: CaseTold };
  /** What is behind it: for the instructor. */
  caseBehind: { gives: null; gets: CaseBehind };
  /** What became of it, once it is over. */
  debrief: { gives: null; gets: CaseOver };
  chart: { gives: null; gets: PlainChart };
  words: { gives: null; gets: Words };
  /** Every fault, with what to expect of it. */
  sheets: { gives: null; gets: Readonly<Record<string, FaultSheet>> };
  /** The device, as its data sheet has it. */
  profile: { gives: null; gets: DeviceProfile };
  /** Runs a scenario from beginning to end, beside the life that is shown. */
  runScenario: { gives: { readonly id: string; readonly scenario: string; readonly files?: Files }; gets: Ran };
}
export type AskName = keyof Asked;

/** What the page posts. */
export type Question = {
  [A in AskName]: { readonly id: number; readonly ask: A; readonly give: Asked[A]['gives'] };
}[AskName];

/** The same, where nobody looks which gives what. */
export interface Posted {
  readonly id: number;
  readonly ask: AskName;
  readonly give: Asked[AskName]['gives'];
}

/** What the worker posts: an answer to a question, or, unasked, how things stand. */
export type Told =
  | { readonly id: number; readonly got: Asked[AskName]['gets'] }
  | { readonly id: number; readonly problem: string }
  | { readonly shown: Shown }
  /** What the pump sounded while time ran at a pace at which people hear. */
  | { readonly tones: readonly Tone[] };

/*
 * Windows of one browser that look at one pump: the learner's page, whose worker has the pump, and an instructor's beside
 * it. They speak over a channel of the browser, called by a name that the page draws when it is loaded.
 */

/** What an instructor's window says: that it is there, that it is gone, or a question. */
export type FromWindow = { readonly from: string } & (
  | { readonly is: 'here' | 'gone' }
  | { readonly question: Question }
);
/** What is said to one instructor's window: what a page is told, or that it is not let in; and to all, that the page is gone. */
export type ToWindow = { readonly to: string } & ({ readonly told: Told } | { readonly is: 'shut' | 'gone' });
