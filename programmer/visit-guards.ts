import {
  brokenLink,
  type ChainLink,
  chainAfter,
  DRUGS,
  type LimitAnswer,
  mayAsk,
  prescriptionDigest,
  type Request,
  rate,
  type Status,
  span,
  type WallClock,
} from '../shared/index.ts';
import type { CatheterEntry, ClinicianAct, PrescriptionEntry } from './acts.ts';
import { changeoverOf, isSameFluid } from './changeover.ts';
import { isCorrectable } from './clock.ts';
import { compile } from './compile.ts';
import { besideOf } from './last-change.ts';
import { type Exceeded, exceeded } from './library/limits.ts';
import { heldOf, type OldFluid, oldFluidNow, withCatheter } from './old-fluid.ts';
import { openingFor } from './opening.ts';
import type { ProgrammerRefusal } from './outcome.ts';
import { heldBefore } from './path.ts';
import { editedIn, withEdit } from './pending.ts';
import { isCommitted, isSame, RECENT, type Recalled } from './recall.ts';
import { type BolusOrder, compileOrder, isSameOrder } from './single-bolus.ts';
import {
  type Args,
  actOf,
  basisOf,
  type Intended,
  type Settings,
  statusOf,
  type VisitContext,
} from './visit-context.ts';
import { reasonIn, refillProblem } from './visit-refill.ts';

/*
 * What the chart of a visit asks: pure functions of what is known and what has just come.
 */

const isNotByHandset = ({ drugs, patientBolus }: Intended['prescription'], { handsetDrugs = DRUGS }: Settings) =>
  patientBolus !== null && drugs.some(({ name }) => !handsetDrugs.includes(name));

/**
 * What an act holds ready for the pump just read, or why it cannot; undefined for acts that prescribe nothing.
 * What is confirmed is what was reviewed, to the last bit, or nothing.
 */
export function intention(args: Args): Intended | ProgrammerRefusal | undefined {
  const act = actOf(args);
  const status = statusOf(args);
  const { pending, order, reviewed, settings } = args.context;
  if (act?.type === 'confirm') {
    if (reviewed === null || status === null || basisOf(status) !== reviewed.basis) return 'notReviewed';
    const { prescription, run, override, endOpening, exceeded } = reviewed;
    const refused = answerRefused(act, exceeded);
    if (refused !== undefined) return refused;
    const digest = prescriptionDigest(prescription);
    return { prescription, digest, run, override, endOpening, exceeded, ...besideOf(reviewed) };
  }
  if (act?.type === 'review' && pending === null) return 'nothingPending';
  // One thing at a time is entered: neither takes the other's place unsaid.
  if (act?.type === 'prescribe' && order !== null) return 'bolusEntered';
  const entry = entryIn(args);
  if (entry === null) return undefined;
  const minimum = status?.minimumRate ?? rate.of(0);
  const now = status?.prescription ?? null;
  const oldFluid = oldFluidFor(entry, args.context.oldFluid, status, settings);
  const isKept = entry.drugs === null || isSameFluid(entry.drugs, now?.drugs ?? []);
  const opening = openingFor(entry, status, settings.deadSpace, settings.dayRules, isKept ? heldOf(oldFluid) : null);
  if (typeof opening === 'string') return opening;
  const prescription = compile(entry, now, settings, minimum, opening);
  if (typeof prescription === 'string') return prescription;
  if (isNotByHandset(prescription, settings)) return 'drugNotByHandset';
  const { run, override, underway } = entry;
  const endOpening = underway !== null;
  const { library, dayRules } = settings;
  // The rest of an opening under way was judged when it began.
  const judged = { ...prescription, opening: entry.opening === null ? null : opening };
  const catheter = catheterIn(entry);
  const changeover = status === null ? undefined : changeoverOf(status, prescription, settings, catheter);
  const held = underway === 'recompute' ? [] : heldBefore(heldOf(oldFluid), changeover, judged.opening);
  const limits = library === null ? [] : exceeded(judged, now, library, dayRules, held);
  return {
    prescription,
    digest: prescriptionDigest(prescription),
    run,
    override,
    endOpening,
    exceeded: limits,
    ...(changeover === undefined ? {} : { changeover }),
    ...(catheter === null ? {} : { catheter }),
  };
}

/** What an act has to be made a whole prescription of; null where it prescribes nothing, or what was reviewed. */
function entryIn(args: Args): PrescriptionEntry | null {
  const act = actOf(args);
  if (act?.type === 'prescribe') return withEdit(editedIn(args.context), act);
  return act?.type === 'review' ? args.context.pending : null;
}

/** What of the fluid before is in the path of the pump, by what the act says of its catheter. */
export function oldFluidIn(args: Args): OldFluid | null {
  const entry = entryIn(args);
  const { oldFluid, settings } = args.context;
  return entry === null ? oldFluid : oldFluidFor(entry, oldFluid, statusOf(args), settings);
}

/** What of the fluid before is in the path of a pump just read, by what is entered of its catheter. */
const oldFluidFor = (
  entry: PrescriptionEntry,
  before: OldFluid | null,
  status: Status | null,
  { deadSpace }: Settings,
): OldFluid | null => withCatheter(oldFluidNow(before, status), catheterIn(entry), deadSpace);

/** What was said of the catheter. */
const catheterIn = ({ opening, catheter }: PrescriptionEntry): CatheterEntry | null =>
  (opening !== null && 'catheter' in opening ? opening.catheter : catheter) ?? null;

/** The single bolus an act is about, for the pump just read, or why there is none; undefined for other acts. */
export function orderOf(args: Args): BolusOrder | ProgrammerRefusal | undefined {
  const act = actOf(args);
  const status = statusOf(args);
  const { pending, order, orderReviewed, settings } = args.context;
  const prescription = status?.prescription ?? null;
  const oldFluid = heldOf(oldFluidNow(args.context.oldFluid, status));
  if (act?.type === 'bolus') {
    if (pending !== null) return 'pendingEdits';
    if (order !== null && !isSameOrder(act, order)) return 'bolusEntered';
    return compileOrder(act, prescription, settings.library, oldFluid);
  }
  if (act?.type === 'review' && order !== null) return compileOrder(order, prescription, settings.library, oldFluid);
  if (act?.type !== 'confirm' || orderReviewed === null) return undefined;
  if (status === null || basisOf(status) !== orderReviewed.basis) return 'notReviewed';
  return answerRefused(act, orderReviewed.exceeded) ?? orderReviewed;
}

/** Why the answer of a confirmation is none: none was given where one was asked for, or the other way round. */
function answerRefused(
  { limits }: Extract<ClinicianAct, { type: 'confirm' }>,
  exceeded: readonly Exceeded[],
): ProgrammerRefusal | undefined {
  const isAsked = exceeded.length > 0;
  if (isAsked && limits === undefined) return 'needsConfirmation';
  return !isAsked && limits !== undefined ? 'nothingAsked' : undefined;
}

type Command = Exclude<Request, { name: 'openSession' | 'recall' }>;

/** The single request of an act that is no more than one. */
export function commandOf(
  act: ClinicianAct | null,
  serial: string,
  wall: WallClock,
  ordering: BolusOrder | null = null,
): Command | undefined {
  if (ordering !== null) {
    const { rate, duration, then } = ordering;
    return { name: 'clinicianBolus', payload: { serial, rate, duration, then } };
  }
  switch (act?.type) {
    case 'implant':
      return { name: 'implant', payload: { serial, wall } };
    case 'refill':
      return { name: 'enterReservoir', payload: { serial, volume: act.volume, aspirated: act.aspirated } };
    case 'stop':
      return { name: 'stop', payload: {} };
    case 'resume':
      return { name: 'resume', payload: {} };
    case 'minimumRate':
      return { name: 'minimumRate', payload: {} };
    case 'silence':
      return { name: 'silenceAlarm', payload: { alarm: act.alarm } };
    case 'clearAlarm':
      return { name: 'clearAlarm', payload: { serial, alarm: act.alarm } };
    case 'setAlarmInterval':
      return { name: 'setAlarmInterval', payload: { serial, interval: act.interval } };
    case 'testAlarm':
      return { name: 'testAlarm', payload: {} };
    case 'setClock':
      return (act.choice ?? 'now') === 'now' ? { name: 'setClock', payload: { wall } } : undefined;
    default:
      return undefined;
  }
}

/** What puts a prescription that the pump holds ready in force. */
export const commitOf = (intended: Intended | null, { library }: Settings) =>
  ({
    name: 'commitUpdate',
    payload: { digest: intended?.digest ?? '', library: library?.stamp ?? null },
  }) as const satisfies Command;

const isAboveHard = (args: Args): boolean => {
  const intended = intention(args);
  return typeof intended === 'object' && intended.exceeded.some(({ level }) => level === 'hard');
};

const isDeclined = (args: Args): boolean => {
  const act = actOf(args);
  return act?.type === 'confirm' && act.limits === 'decline' && typeof intention(args) === 'object';
};

/** Whether somebody has said that limits may be exceeded: beforehand, or asked about a review. */
const isAccepted = ({ context: { act } }: Args): boolean =>
  ((act?.type === 'prescribe' || act?.type === 'bolus') && act.aboveLimits === 'accept') ||
  (act?.type === 'confirm' && act.limits === 'accept');

/** What limits are asked about: the prescription in hand, or the single bolus. */
export const aboutLimits = ({ intended, ordering }: VisitContext): Pick<Intended, 'exceeded'> | null =>
  intended ?? ordering;

/** What became of the question whether limits may be exceeded, as the pump is to write it down. */
export const noteOf = (answer: LimitAnswer, context: VisitContext): Command | undefined => {
  const { serial, settings } = context;
  const { library } = settings;
  const about = aboutLimits(context);
  if (about === null || library === null) return undefined;
  const told = about.exceeded.filter(({ level }) => answer !== 'refused' || level === 'hard');
  const limits = told.map(({ drug, limit, value, bound }) => ({ drug, limit, value, bound }));
  return { name: 'noteLimit', payload: { serial: serial ?? '', answer, library: library.stamp, limits } };
};

/** Acts done at the programmer alone, once a pump has been read. */
const isAtDesk = (args: Args): boolean => {
  const act = actOf(args);
  if (act?.type === 'setClock') return commandOf(act, '', span(0)) === undefined;
  return ['edit', 'editBolus', 'discard', 'compare'].some((type) => act?.type === type);
};

/** The command before, as far as what became of it is not on any screen yet. */
export function lastCommand({ context, event }: Args): Recalled | null {
  const { recalled, unread, readAt } = context;
  if (recalled !== null || unread === null || event.type !== 'REPLY') return recalled;
  return { ...unread, isRecent: event.wall - readAt <= RECENT };
}

/** Whether the act is the very command that an earlier session ended with, or that nothing was read after: carried out. */
function wasCarriedOut(args: Args): boolean {
  const { serial } = args.context;
  const order = isOrder(args) ? orderOf(args) : undefined;
  const command = commandOf(actOf(args), serial ?? '', span(0), typeof order === 'object' ? order : null);
  const last = lastCommand(args);
  if (last?.isRecent !== true || last.answer === null || 'refused' in last.answer) return false;
  if (isChangeAgain(args)) return isCommitted(last);
  // Only what would count twice: a stop, say, is sent however often it is asked for.
  const countsTwice = command?.name === 'enterReservoir' || command?.name === 'clinicianBolus';
  return countsTwice && isSame(command, last.request);
}

/** Whether the act changes the program at once, by as much as the update did that was never confirmed. */
function isChangeAgain(args: Args): boolean {
  const act = actOf(args);
  return (
    act?.type === 'prescribe' && act.program?.type === 'changed' && act.program.by === args.context.unconfirmedChange
  );
}

/** Whether the act orders a single bolus, rather than showing what it would be, or that it shall not be. */
const isOrder = (args: Args): boolean =>
  typeof orderOf(args) === 'object' && actOf(args)?.type !== 'review' && !isOrderDeclined(args);

const isOrderDeclined = (args: Args): boolean => {
  const act = actOf(args);
  return act?.type === 'confirm' && act.limits === 'decline' && typeof orderOf(args) === 'object';
};

/** The limits that the single bolus of the act exceeds. */
const exceededByOrder = (args: Args): readonly Exceeded[] => {
  const order = orderOf(args);
  return typeof order === 'object' ? order.exceeded : [];
};

const digestAgrees = ({ context, event }: Args): boolean =>
  event.type === 'REPLY' &&
  event.reply.name === 'stagePrescription' &&
  event.reply.payload.digest === context.intended?.digest;

/** Whether a page of the history does not follow what was read before it, or holds less than there is. */
function historyBroken({ context, event }: Args): boolean {
  if (event.type !== 'REPLY' || event.reply.name !== 'readHistory') return false;
  const { entries, total, anchor } = event.reply.payload;
  const from: ChainLink = chainAfter(context.history.at(-1) ?? anchor);
  return brokenLink(from, entries) !== undefined || (entries.length === 0 && from.number !== total);
}

/** Acts that come before any setting of the clock: one that stops, and one that is about the clock. */
export const comesBeforeClock = (args: Args): boolean => {
  const type = actOf(args)?.type;
  return type === 'stop' || type === 'setClock';
};

export const guards = {
  isEnd: (args: Args) => actOf(args)?.type === 'endSession',
  isDiscard: (args: Args) => actOf(args)?.type === 'discard',
  leavesEdits: (args: Args) => {
    const type = actOf(args)?.type;
    const { pending, order } = args.context;
    return (pending !== null || order !== null) && (type === 'endSession' || type === 'registerPump');
  },
  isAtDesk,
  isOtherPump: ({ context, event }: Args) =>
    event.type === 'REPLY' &&
    event.reply.name === 'openSession' &&
    context.serial !== null &&
    event.reply.payload.serial !== context.serial,
  clockIsOff: (args: Args) => {
    const { context, event } = args;
    const status = statusOf(args);
    if (event.type !== 'REPLY' || status === null || context.clock.compared || comesBeforeClock(args)) return false;
    if (!mayAsk(context.settings.role, 'setClock')) return false;
    return isCorrectable(status, event.wall, context.settings.clockTolerance);
  },
  isAboveHard,
  isDeclined,
  /** Limits are exceeded, and nobody has been asked yet: an act that confirms follows the question. */
  mustAsk: (args: Args) =>
    digestAgrees(args) && (args.context.intended?.exceeded.length ?? 0) > 0 && args.context.act?.type !== 'confirm',
  isAccepted,
  isAcceptedNow: (args: Args) =>
    digestAgrees(args) && (args.context.intended?.exceeded.length ?? 0) > 0 && isAccepted(args),
  isReview: ({ context }: Args) => context.act?.type === 'review',
  isOrderReview: (args: Args) => typeof orderOf(args) === 'object' && actOf(args)?.type === 'review',
  isOrderAboveHard: (args: Args) => exceededByOrder(args).some(({ level }) => level === 'hard'),
  isOrderDeclined,
  /** As `mustAsk` of a prescription. */
  mustAskOrder: (args: Args) => exceededByOrder(args).length > 0 && actOf(args)?.type !== 'confirm',
  isOrderAccepted: (args: Args) => exceededByOrder(args).length > 0 && isOrder(args),
  isOrdering: ({ context }: Args) => context.ordering !== null,
  isNoOrder: (args: Args) => typeof orderOf(args) === 'string',
  isOrder,
  isPrescription: (args: Args) => typeof intention(args) === 'object',
  isNoPrescription: (args: Args) => typeof intention(args) === 'string',
  wasCarriedOut,
  needsReason: (args: Args) => refillProblem(args) !== undefined,
  statesReason: (args: Args) => reasonIn({ ...args.context, act: actOf(args), status: statusOf(args) }) !== undefined,
  isCommand: (args: Args) => commandOf(actOf(args), '', span(0)) !== undefined,
  isHistory: (args: Args) => actOf(args)?.type === 'readHistory',
  isLog: (args: Args) => {
    const type = actOf(args)?.type;
    return type === 'readLog' || type === 'readUsage';
  },
  reviewIsReady: (args: Args) => digestAgrees(args) && args.context.act?.type === 'review',
  digestAgrees,
  prescriptionAgrees: (args: Args) => {
    const { intended, outcome } = args.context;
    const now = statusOf(args)?.prescription ?? null;
    // After a refused commit the old prescription is what should be there.
    return outcome !== 'pending' || intended === null || (now !== null && prescriptionDigest(now) === intended.digest);
  },
  historyBroken,
  moreHistory: ({ context, event }: Args) =>
    event.type === 'REPLY' &&
    event.reply.name === 'readHistory' &&
    event.reply.payload.entries.length > 0 &&
    chainAfter(event.reply.payload.entries.at(-1) ?? context.history.at(-1)).number < event.reply.payload.total,
  moreLog: ({ event }: Args) =>
    event.type === 'REPLY' && event.reply.name === 'readLog' && event.reply.payload.records.length > 0,
};
