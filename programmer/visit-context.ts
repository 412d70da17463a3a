import {
  type Answer,
  type DayRules,
  type DrugName,
  type Duration,
  digestOf,
  type HistoryEntry,
  type Instant,
  type LogRecord,
  type MessageName,
  type Prescription,
  type Proportion,
  prescriptionDigest,
  type Reply,
  type Role,
  type Status,
  span,
  type Volume,
  type WallClock,
} from '../shared/index.ts';
import type { BolusOrderEntry, ClinicianAct, PrescriptionEntry } from './acts.ts';
import type { ApplicationCard } from './application-card.ts';
import { CLOCK_UNKNOWN, type ClockKnown } from './clock.ts';
import type { HeldUp } from './conditions.ts';
import type { Review } from './finish.ts';
import type { Emptying } from './forecast.ts';
import type { Bounds } from './foreseen.ts';
import type { Beside, Mix, SaidCatheter } from './last-change.ts';
import type { DrugLibrary } from './library/library.ts';
import type { Exceeded } from './library/limits.ts';
import type { OldFluid } from './old-fluid.ts';
import type { DeadSpace } from './opening.ts';
import type { OtherFilled } from './other-filled.ts';
import { DONE, type Outcome } from './outcome.ts';
import type { Recalled } from './recall.ts';
import type { Noted, Refill } from './refill.ts';
import type { BolusOrder, BolusReview } from './single-bolus.ts';
import type { Unanswered } from './telemetry.ts';

/** What the programmer was told of the kind of pump it is made for. */
export interface Settings {
  /** The low-reservoir threshold offered for a first prescription. */
  readonly lowReservoirDefault: Volume;
  readonly deadSpace: DeadSpace;
  /** The drugs of which a patient may be given boluses; without it, all. */
  readonly handsetDrugs?: readonly DrugName[] | undefined;
  /** Without it nothing the pump would refuse is foreseen. */
  readonly bounds?: Bounds | undefined;
  /** Without it no time to empty is told. */
  readonly emptying?: Emptying | undefined;
  /** The difference of clocks it corrects without asking. */
  readonly clockTolerance: Duration;
  /** What it lets fall into 24 h. */
  readonly dayRules: DayRules;
  /** The most it delivers in any 60 min; without it none is spoken of. */
  readonly hourlyMaximum?: Volume | undefined;
  /** The labelled accuracy of the flow. */
  readonly flowAccuracy: Proportion;
  /** What the software of the programmer has wrong. */
  readonly card: ApplicationCard;
  /** What the programmer is allowed to do. */
  readonly role: Role;
  /** What prescriptions are judged by before the pump sees them; null judges none. */
  readonly library: DrugLibrary | null;
}

/** A prescription on its way into the pump, or held ready for a review. */
export interface Intended extends Beside {
  readonly prescription: Prescription;
  readonly digest: string;
  readonly run: boolean;
  readonly override: boolean;
  /** The limits of the drug library it exceeds. */
  readonly exceeded: readonly Exceeded[];
  /** Whether what comes before the program in the pump, and is under way, may end for it. */
  readonly endOpening: boolean;
}

/** What the programmer knows: all of it came over the link or was typed. */
export interface VisitContext {
  readonly settings: Settings;
  /** The serial number on the patient's record; null until the first pump was read. */
  readonly serial: string | null;
  readonly status: Status | null;
  /** The programmer's local time when it read the status. */
  readonly readAt: WallClock;
  readonly act: ClinicianAct | null;
  readonly outcome: Outcome | 'pending';
  /** The serial number of the pump that has answered, before it has proved to be the one. */
  readonly answering: string | null;
  /** Whether an update was never confirmed, and no pump has been read since: it may be stopped. */
  readonly mayBeStopped: boolean;
  /** By how much that update changed the program that was in the pump: entered again, it may be the same change. */
  readonly unconfirmedChange: Proportion | null;
  /** What became of a command of an earlier session that was never answered; told with the act that opened this one. */
  readonly recalled: Recalled | null;
  /** The last command as the pump answered it, until the pump has been read after it. */
  readonly unread: Recalled | null;
  readonly clock: ClockKnown;
  /** What has been entered and not programmed. */
  readonly pending: PrescriptionEntry | null;
  /** What had been edited before a prescription that waits for its answer: another one goes on from there. */
  readonly beforeAnswer: { readonly pending: PrescriptionEntry | null } | null;
  /** Whether it was discarded because the session lay idle; said until the act after the next. */
  readonly pendingDropped: boolean;
  /** What is being programmed or held ready. */
  readonly intended: Intended | null;
  /** What deserved a second look in what was programmed without a review. */
  readonly unreviewed: readonly string[];
  /** What the Finish screen shows. */
  readonly reviewed: Review | null;
  /** A single bolus that has been entered and not ordered, and its review. */
  readonly order: BolusOrderEntry | null;
  readonly orderReviewed: BolusReview | null;
  /** The one that is being ordered. */
  readonly ordering: BolusOrder | null;
  readonly refill: Refill | null;
  /** The pump that was filled with another fluid than it is programmed for; until it was told of another. */
  readonly otherFilled: OtherFilled | null;
  /** What was noted at refills, as far as this programmer was told. */
  readonly noted: readonly Noted[];
  /** What of the fluid before is still in tubing and catheter. */
  readonly oldFluid: OldFluid | null;
  /** What it makes of what is in the reservoir. */
  readonly mix: Mix | null;
  readonly catheter: SaidCatheter | null;
  /** The condition for which the pump delivered nothing when it was read, until a session after it was over. */
  readonly heldUp: HeldUp | null;
  readonly history: readonly HistoryEntry[];
  /** The numbers of two prescriptions of it, side by side. */
  readonly comparing: { readonly from: number; readonly to: number } | null;
  readonly log: readonly LogRecord[];
}

export const atFirst = (settings: Settings, serial: string | null): VisitContext => ({
  settings,
  serial,
  status: null,
  readAt: span(0),
  act: null,
  outcome: DONE,
  answering: null,
  mayBeStopped: false,
  unconfirmedChange: null,
  recalled: null,
  unread: null,
  clock: CLOCK_UNKNOWN,
  pending: null,
  beforeAnswer: null,
  pendingDropped: false,
  intended: null,
  unreviewed: [],
  reviewed: null,
  order: null,
  orderReviewed: null,
  ordering: null,
  refill: null,
  otherFilled: null,
  noted: [],
  oldFluid: null,
  mix: null,
  catheter: null,
  heldUp: null,
  history: [],
  comparing: null,
  log: [],
});

export type VisitEvent =
  | { readonly type: 'ACT'; readonly act: ClinicianAct }
  | { readonly type: 'REPLY'; readonly reply: Reply; readonly wall: WallClock }
  | { readonly type: 'REFUSED'; readonly answer: Extract<Answer, { refused: unknown }> }
  | { readonly type: 'NO_ANSWER'; readonly name: MessageName; readonly why: Unanswered }
  | { readonly type: 'RECALLED'; readonly recalled: Recalled }
  | { readonly type: 'IDLE' };

export interface Args {
  readonly context: VisitContext;
  readonly event: VisitEvent;
}

/** The act in hand, the one that is just beginning before any other. */
export const actOf = ({ context, event }: Args): ClinicianAct | null =>
  event.type === 'ACT' ? event.act : context.act;

/** The status just read, or the one read last. */
export const statusOf = ({ context, event }: Args): Status | null =>
  event.type === 'REPLY' && event.reply.name === 'interrogate' ? event.reply.payload : context.status;

/** The local time of an instant the pump told, by the programmer's clock. */
export const localTimeOf = ({ readAt, status }: Pick<VisitContext, 'readAt' | 'status'>, at: Instant): WallClock =>
  span(Math.max(0, readAt + at - (status?.now ?? at)));

/** What a review was made against: the prescription in the pump, and whether and why it is stopped. */
export const basisOf = ({ record, prescription, stopped }: Status): string =>
  digestOf({
    record,
    prescription: prescription === null ? null : prescriptionDigest(prescription),
    stopped: stopped?.why ?? null,
  });
