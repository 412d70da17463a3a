import { MOST_DISCREPANCIES, type Proportion } from '../shared/index.ts';
import type { BolusOrderEntry, ClinicianAct, PrescribeEntry } from './acts.ts';
import { CLOCK_UNKNOWN } from './clock.ts';
import { heldUpNow } from './conditions.ts';
import { finishWarnings } from './finish.ts';
import { besideOf, mixAfter } from './last-change.ts';
import { limitWarnings } from './library/words.ts';
import { oldFluidAfter, oldFluidNow } from './old-fluid.ts';
import { otherFilledAfter, otherFilledNow } from './other-filled.ts';
import { byProgrammer, byPump, DONE, type ProgrammerRefusal } from './outcome.ts';
import { editedIn, withEdit } from './pending.ts';
import { isCommitted } from './recall.ts';
import { orderWarnings } from './single-bolus.ts';
import { type Args, actOf, basisOf, statusOf, type VisitContext } from './visit-context.ts';
import { comesBeforeClock, commandOf, commitOf, intention, lastCommand, oldFluidIn, orderOf } from './visit-guards.ts';
import { refillOf, refillProblem } from './visit-refill.ts';

/*
 * What the chart of a visit writes down: each function gives the part of the context that changes.
 */
type Change = Partial<VisitContext>;

/** Acts that leave a review standing; any other asks for a new one. */
const KEEP_REVIEW: readonly ClinicianAct['type'][] = [
  'interrogate',
  'readHistory',
  'compare',
  'readLog',
  'readUsage',
  'confirm',
  'endSession',
  'registerPump',
];

const entryOf = ({ dose, volume, duration, then }: BolusOrderEntry): BolusOrderEntry => ({
  dose,
  volume,
  duration,
  then,
});

/** Whether only an answer is wrong: who forgot it may still give it, and the review stands. */
const isAnswer = (problem: ProgrammerRefusal): boolean => problem === 'needsConfirmation' || problem === 'nothingAsked';

/** What an act at the desk does: enter, forget, look up, or leave the clock. */
function atDesk({ pending, order, history, clock }: VisitContext, act: ClinicianAct | null): Change {
  switch (act?.type) {
    case 'edit':
      if (order !== null) return { outcome: byProgrammer('bolusEntered') };
      return { pending: withEdit(pending, act), beforeAnswer: null, outcome: DONE };
    case 'editBolus': {
      // One thing at a time is reviewed and confirmed.
      if (pending !== null) return { outcome: byProgrammer('pendingEdits') };
      return { order: entryOf(act), outcome: DONE };
    }
    case 'discard':
      return { pending: null, beforeAnswer: null, order: null, outcome: DONE };
    case 'compare': {
      const { from, to } = act;
      const read = [from, to].every((wanted) => history.some(({ number }) => number === wanted));
      return read ? { comparing: { from, to }, outcome: DONE } : { outcome: byProgrammer('historyNotRead') };
    }
    case 'setClock':
      return { clock: { ...clock, kept: act.choice === 'keep' }, outcome: DONE };
    default:
      return {};
  }
}

/** Nothing known of one pump may be taken for another's, or for what it is later. */
const FORGOTTEN: Change = {
  status: null,
  history: [],
  log: [],
  refill: null,
  reviewed: null,
  orderReviewed: null,
  comparing: null,
  clock: CLOCK_UNKNOWN,
};

/** What a prescription that waits for its answer leaves: itself, and what had been edited before it. */
function unanswered(context: Pick<VisitContext, 'pending' | 'beforeAnswer'>, act: PrescribeEntry): Change {
  const edited = editedIn(context);
  return { pending: withEdit(edited, act), beforeAnswer: { pending: edited } };
}

/** By how much what is being programmed changes the program in the pump; null where it says what the program shall be. */
function changeIn(context: VisitContext): Proportion | null {
  const { act, pending } = context;
  const entered = act?.type === 'prescribe' ? withEdit(editedIn(context), act) : pending;
  return entered?.program?.type === 'changed' ? entered.program.by : null;
}

export const updates = {
  begin: ({ context, event }: Args): Change => {
    if (event.type !== 'ACT') return {};
    const { act } = event;
    const keeps = KEEP_REVIEW.includes(act.type);
    return {
      act,
      outcome: 'pending',
      intended: null,
      ordering: null,
      recalled: null,
      unconfirmedChange: context.mayBeStopped ? context.unconfirmedChange : null,
      comparing: null,
      reviewed: keeps ? context.reviewed : null,
      orderReviewed: keeps ? context.orderReviewed : null,
      unreviewed: [],
    };
  },
  unregister: ({ event }: Args): Change =>
    event.type === 'ACT' && event.act.type === 'registerPump' ? { serial: null, unread: null } : {},
  keepAnswering: ({ event }: Args): Change =>
    event.type === 'REPLY' && event.reply.name === 'openSession' ? { answering: event.reply.payload.serial } : {},
  keepSerial: ({ context }: Args): Change => ({
    serial: context.serial ?? context.answering,
    clock: CLOCK_UNKNOWN,
  }),
  keepRecalled: ({ event }: Args): Change => (event.type === 'RECALLED' ? { recalled: event.recalled } : {}),
  keepStatus: (args: Args): Change => {
    const { event, context } = args;
    if (event.type !== 'REPLY') return {};
    const { clock } = context;
    const compared = clock.compared || !comesBeforeClock(args);
    const recalled = lastCommand(args);
    const status = statusOf(args);
    return {
      ...(isCommitted(recalled) ? { pending: null, beforeAnswer: null } : {}),
      status,
      oldFluid: oldFluidNow(context.oldFluid, status),
      otherFilled: otherFilledNow(context.otherFilled, status),
      heldUp: status === null ? context.heldUp : heldUpNow(context.heldUp, status, event.wall),
      readAt: event.wall,
      clock: { ...clock, compared },
      mayBeStopped: false,
      // What was answered and never read afterwards is told as what was never answered is.
      recalled,
      unread: null,
    };
  },

  doAtDesk: (args: Args): Change => atDesk(args.context, actOf(args)),
  noteEditsLeft: (): Change => ({ outcome: byProgrammer('pendingEdits') }),
  dropEditsIdle: ({ context }: Args): Change => ({
    pending: null,
    beforeAnswer: null,
    order: null,
    pendingDropped: context.pending !== null || context.order !== null,
  }),
  dropNotice: (): Change => ({ pendingDropped: false }),

  keepIntention: (args: Args): Change => {
    const intended = intention(args);
    if (typeof intended !== 'object') return {};
    const [status, isAtOnce] = [statusOf(args), actOf(args)?.type === 'prescribe'];
    // A catheter of which nobody had said what it holds may be told of with a bridge.
    const context = { ...args.context, oldFluid: oldFluidIn(args) };
    const { settings } = context;
    const unreviewed =
      isAtOnce && status !== null
        ? [...finishWarnings(status, intended, context), ...limitWarnings(intended.exceeded, settings.library)]
        : [];
    return { intended, reviewed: null, unreviewed, oldFluid: context.oldFluid };
  },
  noteNoIntention: (args: Args): Change => {
    const problem = intention(args);
    if (typeof problem !== 'string') return {};
    return { outcome: byProgrammer(problem), ...(isAnswer(problem) ? {} : { reviewed: null }) };
  },
  keepOrder: (args: Args): Change => {
    const order = orderOf(args);
    const status = statusOf(args);
    if (typeof order !== 'object') return {};
    const isAtOnce = actOf(args)?.type === 'bolus' && status !== null;
    const { settings } = args.context;
    const unreviewed = isAtOnce
      ? [...orderWarnings(status, order, args.context), ...limitWarnings(order.exceeded, settings.library)]
      : [];
    return { ordering: order, unreviewed };
  },
  noteReasonNeeded: (args: Args): Change => {
    const problem = refillProblem(args);
    const refill = refillOf(args) ?? null;
    if (problem === undefined) return {};
    // What was read of a syringe stands until something else is.
    return { outcome: byProgrammer(problem), refill: refill?.aspirated == null ? args.context.refill : refill };
  },
  noteNoOrder: (args: Args): Change => {
    const problem = orderOf(args);
    if (typeof problem !== 'string') return {};
    return { outcome: byProgrammer(problem), ...(isAnswer(problem) ? {} : { orderReviewed: null }) };
  },
  keepOrderReview: (args: Args): Change => {
    const order = orderOf(args);
    const status = statusOf(args);
    return typeof order === 'object' && status !== null ? { orderReviewed: { ...order, basis: basisOf(status) } } : {};
  },
  keepReview: ({ context, event }: Args): Change => {
    const { intended, status } = context;
    if (intended === null || status === null) return {};
    if (event.type !== 'REPLY' || event.reply.name !== 'stagePrescription') return {};
    const { prescription, run, override, endOpening, exceeded } = intended;
    const { nextBolus, delivery } = event.reply.payload;
    const told = { basis: basisOf(status), nextBolus, delivery };
    return { reviewed: { prescription, run, override, endOpening, exceeded, ...besideOf(intended), ...told } };
  },
  dropReview: (): Change => ({ reviewed: null, orderReviewed: null }),
  /** What was entered at once waits for an answer as what was edited and reviewed does. */
  awaitAnswer: ({ context: { act, ...context } }: Args): Change => ({
    outcome: byProgrammer('needsConfirmation'),
    unreviewed: [],
    ...(act?.type === 'prescribe' ? unanswered(context, act) : {}),
    ...(act?.type === 'bolus' ? { order: entryOf(act) } : {}),
  }),
  noteAboveHard: (): Change => ({ outcome: byProgrammer('aboveHardLimit') }),
  /** What the pump has taken is no longer pending. */
  settleEdits: ({ context }: Args): Change => {
    if (context.outcome !== 'pending') return {};
    const { intended, status, oldFluid } = context;
    if (intended !== null) {
      const { changeover, catheter } = intended;
      return {
        pending: null,
        beforeAnswer: null,
        reviewed: null,
        oldFluid: changeover === undefined || status === null ? oldFluid : oldFluidAfter(changeover, status),
        ...(changeover === undefined || status === null ? {} : { mix: mixAfter(changeover, status) }),
        ...(catheter === undefined || status === null
          ? {}
          : { catheter: { serial: status.serial, entry: catheter, at: status.now } }),
      };
    }
    return context.ordering !== null && context.act?.type === 'confirm' ? { order: null, orderReviewed: null } : {};
  },

  keepAnswer: ({ context, event }: Args): Change => {
    const { act, serial, intended, ordering, readAt, settings } = context;
    if (event.type !== 'REPLY') return {};
    const request = intended === null ? commandOf(act, serial ?? '', readAt, ordering) : commitOf(intended, settings);
    return request === undefined
      ? {}
      : { unread: { request, became: 'answered', answer: { reply: event.reply }, isRecent: true } };
  },
  noteRead: (): Change => ({ unread: null }),
  keepRefill: ({ context, event }: Args): Change => {
    if (event.type !== 'REPLY' || event.reply.name !== 'enterReservoir' || context.act?.type !== 'refill') return {};
    const { aspirated, volume: entered, note } = context.act;
    const { act, otherFilled, status, readAt, serial, noted } = context;
    const told = {
      refill: { ...event.reply.payload, aspirated, entered, note },
      otherFilled: otherFilledAfter(otherFilled, act, status, readAt),
    };
    if (note === undefined || aspirated === null || serial === null) return told;
    const here = { serial, expected: told.refill.expected, aspirated, note };
    return { ...told, noted: [...noted, here].slice(-MOST_DISCREPANCIES) };
  },
  keepClock: ({ context, event }: Args): Change =>
    event.type === 'REPLY' && event.reply.name === 'setClock'
      ? {
          clock: {
            compared: true,
            kept: false,
            corrected: false,
            set: { from: context.status?.wall ?? null, to: context.readAt },
          },
        }
      : {},
  noteCorrected: ({ context }: Args): Change => ({ clock: { ...context.clock, corrected: true } }),

  clearHistory: (): Change => ({ history: [] }),
  clearLog: (): Change => ({ log: [] }),
  keepPage: ({ context, event }: Args): Change => {
    if (event.type !== 'REPLY') return {};
    if (event.reply.name === 'readHistory') return { history: [...context.history, ...event.reply.payload.entries] };
    return event.reply.name === 'readLog' ? { log: [...context.log, ...event.reply.payload.records] } : {};
  },

  succeed: (): Change => ({ outcome: DONE }),
  /** Done, unless a refusal on the way has already been noted. */
  conclude: ({ context }: Args): Change => (context.outcome === 'pending' ? { outcome: DONE } : {}),
  noteRefusal: ({ event }: Args): Change => (event.type === 'REFUSED' ? { outcome: byPump(event.answer.refused) } : {}),
  noteNoAnswer: ({ event }: Args): Change => ({
    outcome: byProgrammer(event.type === 'NO_ANSWER' && event.why === 'otherPump' ? 'otherPump' : 'noAnswer'),
  }),
  /** Between the first frame of an update and its verification nobody but the pump knows whether it runs. */
  noteUncertain: ({ context }: Args): Change =>
    context.intended === null
      ? { outcome: byProgrammer('noAnswer') }
      : {
          outcome: byProgrammer('updateUncertain'),
          mayBeStopped: true,
          unconfirmedChange: changeIn(context),
        },
  noteCarriedOut: (): Change => ({ outcome: byProgrammer('carriedOutBefore') }),
  noteOtherPump: (): Change => ({ outcome: byProgrammer('otherPump') }),
  noteMismatch: (): Change => ({ outcome: byProgrammer('digestMismatch') }),
  noteHistoryBroken: (): Change => ({ outcome: byProgrammer('historyBroken') }),
  noteVerifyFailed: (): Change => ({ outcome: byProgrammer('verifyFailed') }),
  forget: ({ context }: Args): Change => ({
    ...FORGOTTEN,
    // What is over has been told; what is not is still to be told of when it is.
    heldUp: context.heldUp?.over === null ? context.heldUp : null,
  }),
};
