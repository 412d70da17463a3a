import { assign, setup } from 'xstate';
import type { Asked } from './telemetry.ts';
import { type Args, atFirst, type Settings, type VisitContext, type VisitEvent } from './visit-context.ts';
import { guards } from './visit-guards.ts';
import { requests } from './visit-requests.ts';
import { updates } from './visit-updates.ts';

/** What the visit machine needs of the world: something to send requests with. */
export type Ask = (request: Asked) => void;

/**
 * A clinician's visit as a statechart: connect, read, act, verify, leave. What it asks is in visit-guards.ts,
 * what it writes down in visit-updates.ts, what it sends in visit-requests.ts.
 */
export function visitMachine(ask: Ask, serial: string | null, settings: Settings) {
  const send =
    (requestOf: (context: VisitContext) => Asked | undefined) =>
    ({ context }: Args): void => {
      const request = requestOf(context);
      if (request !== undefined) ask(request);
    };
  return setup({
    types: { context: {} as VisitContext, events: {} as VisitEvent },
    guards,
    actions: {
      begin: assign(updates.begin),
      unregister: assign(updates.unregister),
      keepAnswering: assign(updates.keepAnswering),
      keepRecalled: assign(updates.keepRecalled),
      noteCarriedOut: assign(updates.noteCarriedOut),
      keepSerial: assign(updates.keepSerial),
      keepStatus: assign(updates.keepStatus),
      doAtDesk: assign(updates.doAtDesk),
      noteEditsLeft: assign(updates.noteEditsLeft),
      dropEditsIdle: assign(updates.dropEditsIdle),
      dropNotice: assign(updates.dropNotice),
      keepIntention: assign(updates.keepIntention),
      noteNoIntention: assign(updates.noteNoIntention),
      keepOrder: assign(updates.keepOrder),
      noteReasonNeeded: assign(updates.noteReasonNeeded),
      noteNoOrder: assign(updates.noteNoOrder),
      keepOrderReview: assign(updates.keepOrderReview),
      keepReview: assign(updates.keepReview),
      dropReview: assign(updates.dropReview),
      awaitAnswer: assign(updates.awaitAnswer),
      noteAboveHard: assign(updates.noteAboveHard),
      settleEdits: assign(updates.settleEdits),
      keepAnswer: assign(updates.keepAnswer),
      noteRead: assign(updates.noteRead),
      keepRefill: assign(updates.keepRefill),
      keepClock: assign(updates.keepClock),
      noteCorrected: assign(updates.noteCorrected),
      clearHistory: assign(updates.clearHistory),
      clearLog: assign(updates.clearLog),
      keepPage: assign(updates.keepPage),
      succeed: assign(updates.succeed),
      conclude: assign(updates.conclude),
      noteRefusal: assign(updates.noteRefusal),
      noteNoAnswer: assign(updates.noteNoAnswer),
      noteUncertain: assign(updates.noteUncertain),
      noteOtherPump: assign(updates.noteOtherPump),
      noteMismatch: assign(updates.noteMismatch),
      noteHistoryBroken: assign(updates.noteHistoryBroken),
      noteVerifyFailed: assign(updates.noteVerifyFailed),
      forget: assign(updates.forget),
      askOpen: send(requests.askOpen),
      askAuthenticate: send(requests.askAuthenticate),
      askStatus: send(requests.askStatus),
      askStage: send(requests.askStage),
      askBegin: send(requests.askBegin),
      askCommit: send(requests.askCommit),
      askCommand: send(requests.askCommand),
      noteAsked: send(requests.noteAsked),
      noteConfirmed: send(requests.noteConfirmed),
      noteDeclined: send(requests.noteDeclined),
      noteRefused: send(requests.noteRefused),
      noteReason: send(requests.noteReason),
      askCorrection: send(requests.askCorrection),
      askHistory: send(requests.askHistory),
      askLog: send(requests.askLog),
      askClose: send(requests.askClose),
    },
  }).createMachine({
    id: 'visit',
    initial: 'away',
    context: atFirst(settings, serial),
    states: {
      away: {
        on: {
          ACT: [
            { guard: 'isEnd', actions: ['begin', 'succeed'] },
            { guard: 'isDiscard', actions: ['begin', 'doAtDesk'] },
            { guard: 'leavesEdits', actions: ['begin', 'noteEditsLeft'] },
            { target: 'opening', actions: ['begin', 'unregister', 'askOpen'] },
          ],
        },
      },
      opening: {
        on: {
          REPLY: [
            { guard: 'isOtherPump', target: 'away', actions: ['keepAnswering', 'noteOtherPump', 'forget'] },
            { target: 'authenticating', actions: ['keepAnswering', 'askAuthenticate'] },
          ],
          REFUSED: { target: 'away', actions: ['noteRefusal', 'forget'] },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      authenticating: {
        on: {
          RECALLED: { actions: 'keepRecalled' },
          REPLY: { target: 'reading', actions: ['keepSerial', 'askStatus'] },
          REFUSED: { target: 'away', actions: ['noteRefusal', 'forget'] },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      reading: {
        on: {
          REPLY: [
            { guard: 'clockIsOff', target: 'correcting', actions: ['keepStatus', 'askCorrection'] },
            { guard: 'isAtDesk', target: 'ready', actions: ['keepStatus', 'doAtDesk'] },
            { guard: 'wasCarriedOut', target: 'ready', actions: ['keepStatus', 'noteCarriedOut'] },
            { guard: 'isAboveHard', target: 'refusing', actions: ['keepStatus', 'keepIntention', 'noteRefused'] },
            { guard: 'isDeclined', target: 'declining', actions: ['keepStatus', 'keepIntention', 'noteDeclined'] },
            { guard: 'isNoOrder', target: 'ready', actions: ['keepStatus', 'noteNoOrder'] },
            { guard: 'isOrderAboveHard', target: 'refusing', actions: ['keepStatus', 'keepOrder', 'noteRefused'] },
            {
              guard: 'isOrderDeclined',
              target: 'declining',
              actions: ['keepStatus', 'keepOrder', 'dropReview', 'noteDeclined'],
            },
            {
              guard: 'mustAskOrder',
              target: 'asking',
              actions: ['keepStatus', 'keepOrder', 'keepOrderReview', 'noteAsked'],
            },
            { guard: 'isOrderReview', target: 'ready', actions: ['keepStatus', 'keepOrderReview', 'succeed'] },
            { guard: 'isOrderAccepted', target: 'confirming', actions: ['keepStatus', 'keepOrder', 'noteConfirmed'] },
            { guard: 'isOrder', target: 'commanding', actions: ['keepStatus', 'keepOrder', 'askCommand'] },
            { guard: 'isPrescription', target: 'staging', actions: ['keepStatus', 'keepIntention', 'askStage'] },
            { guard: 'isNoPrescription', target: 'ready', actions: ['keepStatus', 'noteNoIntention'] },
            { guard: 'needsReason', target: 'ready', actions: ['keepStatus', 'noteReasonNeeded'] },
            { guard: 'statesReason', target: 'explaining', actions: ['keepStatus', 'noteReason'] },
            { guard: 'isCommand', target: 'commanding', actions: ['keepStatus', 'askCommand'] },
            { guard: 'isHistory', target: 'browsing', actions: ['keepStatus', 'clearHistory', 'askHistory'] },
            { guard: 'isLog', target: 'browsing', actions: ['keepStatus', 'clearLog', 'askLog'] },
            { target: 'ready', actions: ['keepStatus', 'conclude'] },
          ],
          REFUSED: { target: 'away', actions: ['noteRefusal', 'forget'] },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      // Small differences of the clocks are corrected before the first act of a session.
      correcting: {
        on: {
          REPLY: { target: 'reading', actions: ['keepClock', 'noteCorrected', 'askStatus'] },
          REFUSED: { target: 'reading', actions: 'askStatus' },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      ready: {
        on: {
          ACT: [
            { guard: 'leavesEdits', actions: ['begin', 'noteEditsLeft'] },
            { guard: 'isEnd', target: 'closing', actions: ['begin', 'askClose'] },
            { guard: 'isAtDesk', actions: ['begin', 'dropNotice', 'doAtDesk'] },
            // Every other act begins with a fresh reading: nothing is programmed on what was true a while ago.
            { target: 'reading', actions: ['begin', 'dropNotice', 'askStatus'] },
          ],
          IDLE: { target: 'closing', actions: ['dropEditsIdle', 'askClose'] },
        },
      },
      staging: {
        on: {
          REPLY: [
            // What exceeds the drug library is asked about once the pump has nothing against it.
            { guard: 'mustAsk', target: 'asking', actions: ['keepReview', 'noteAsked'] },
            { guard: 'reviewIsReady', target: 'ready', actions: ['keepReview', 'succeed'] },
            { guard: 'isAcceptedNow', target: 'confirming', actions: 'noteConfirmed' },
            { guard: 'digestAgrees', target: 'beginning', actions: 'askBegin' },
            { target: 'ready', actions: 'noteMismatch' },
          ],
          REFUSED: { target: 'ready', actions: 'noteRefusal' },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      // Nothing goes on before the pump has written down what was asked and what was answered.
      asking: {
        on: {
          REPLY: [
            { guard: 'isReview', target: 'ready', actions: 'succeed' },
            { guard: 'isAccepted', target: 'confirming', actions: ['dropReview', 'noteConfirmed'] },
            { target: 'ready', actions: 'awaitAnswer' },
          ],
          REFUSED: { target: 'ready', actions: ['noteRefusal', 'dropReview'] },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      confirming: {
        on: {
          REPLY: [
            { guard: 'isOrdering', target: 'commanding', actions: 'askCommand' },
            { target: 'beginning', actions: 'askBegin' },
          ],
          REFUSED: { target: 'ready', actions: 'noteRefusal' },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      declining: {
        on: {
          REPLY: { target: 'ready', actions: 'succeed' },
          REFUSED: { target: 'ready', actions: 'noteRefusal' },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      refusing: {
        on: {
          REPLY: { target: 'ready', actions: 'noteAboveHard' },
          REFUSED: { target: 'ready', actions: 'noteRefusal' },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      // A volume is entered once the pump has written down why another one came back.
      explaining: {
        on: {
          REPLY: { target: 'commanding', actions: 'askCommand' },
          REFUSED: { target: 'ready', actions: 'noteRefusal' },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      beginning: {
        on: {
          REPLY: { target: 'committing', actions: 'askCommit' },
          REFUSED: { target: 'ready', actions: 'noteRefusal' },
          NO_ANSWER: { target: 'away', actions: ['noteUncertain', 'forget'] },
        },
      },
      committing: {
        on: {
          REPLY: { target: 'verifying', actions: ['keepAnswer', 'askStatus'] },
          REFUSED: { target: 'verifying', actions: ['noteRefusal', 'askStatus'] },
          NO_ANSWER: { target: 'away', actions: ['noteUncertain', 'forget'] },
        },
      },
      commanding: {
        on: {
          REPLY: { target: 'verifying', actions: ['keepAnswer', 'keepRefill', 'keepClock', 'askStatus'] },
          REFUSED: { target: 'ready', actions: 'noteRefusal' },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      verifying: {
        on: {
          REPLY: [
            {
              guard: 'prescriptionAgrees',
              target: 'ready',
              actions: ['noteRead', 'keepStatus', 'settleEdits', 'conclude'],
            },
            { target: 'ready', actions: ['noteRead', 'keepStatus', 'noteVerifyFailed'] },
          ],
          // Only the reading is refused: what was sent before it has been taken, and may run.
          REFUSED: { target: 'away', actions: ['noteUncertain', 'forget'] },
          NO_ANSWER: { target: 'away', actions: ['noteUncertain', 'forget'] },
        },
      },
      browsing: {
        on: {
          REPLY: [
            // What does not fit the chain is not shown.
            { guard: 'historyBroken', target: 'ready', actions: 'noteHistoryBroken' },
            { guard: 'moreHistory', actions: ['keepPage', 'askHistory'] },
            { guard: 'moreLog', actions: ['keepPage', 'askLog'] },
            { target: 'ready', actions: ['keepPage', 'conclude'] },
          ],
          REFUSED: { target: 'ready', actions: 'noteRefusal' },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      closing: {
        on: {
          REPLY: { target: 'away', actions: ['conclude', 'forget'] },
          REFUSED: { target: 'away', actions: ['conclude', 'forget'] },
          NO_ANSWER: { target: 'away', actions: ['conclude', 'forget'] },
        },
      },
    },
  });
}
