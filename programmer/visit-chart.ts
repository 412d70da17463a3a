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
      keepReview: assign(updates.keepReview),
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
            { guard: 'isOtherPump', target: 'away', actions: ['noteOtherPump', 'forget'] },
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
            { guard: 'isPrescription', target: 'staging', actions: ['keepStatus', 'keepIntention', 'askStage'] },
            { guard: 'isNoPrescription', target: 'ready', actions: ['keepStatus', 'noteNoIntention'] },
            { guard: 'wasCarriedOut', target: 'ready', actions: ['keepStatus', 'noteCarriedOut'] },
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
            { guard: 'reviewIsReady', target: 'ready', actions: ['keepReview', 'succeed'] },
            { guard: 'digestAgrees', target: 'beginning', actions: 'askBegin' },
            { target: 'ready', actions: 'noteMismatch' },
          ],
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
