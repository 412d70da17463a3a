import { assign, setup } from 'xstate';
import type {
  Answer,
  ChainLink,
  HistoryEntry,
  LogRecord,
  MessageName,
  Prescription,
  Reply,
  Request,
  Status,
  Volume,
  WallClock,
} from '../shared/index.ts';
import { brokenLink, chainAfter, prescriptionDigest } from '../shared/index.ts';
import type { ClinicianAct } from './acts.ts';
import { compile } from './calculators.ts';
import { byProgrammer, byPump, DONE, type Outcome, type ProgrammerRefusal } from './outcome.ts';

/** The last refill of a visit: what the pump expected, what was aspirated, what was entered. */
export interface Refill {
  readonly expected: Volume;
  readonly aspirated: Volume | null;
  readonly entered: Volume;
}

/** What the programmer knows: all of it came over the link or was typed. */
export interface VisitContext {
  /** The serial number on the patient's record; null until the first pump was read. */
  readonly serial: string | null;
  readonly status: Status | null;
  readonly act: ClinicianAct | null;
  readonly outcome: Outcome | 'pending';
  /** Whether the session was lost and opened again for this act. */
  readonly reopened: boolean;
  /** The low-reservoir threshold offered for a first prescription. */
  readonly offered: Volume;
  /** What is being programmed. */
  readonly intended: { readonly prescription: Prescription; readonly digest: string } | null;
  readonly refill: Refill | null;
  readonly history: readonly HistoryEntry[];
  readonly log: readonly LogRecord[];
}

export type VisitEvent =
  | { readonly type: 'ACT'; readonly act: ClinicianAct }
  | { readonly type: 'REPLY'; readonly reply: Reply }
  | { readonly type: 'REFUSED'; readonly answer: Extract<Answer, { refused: unknown }> }
  | { readonly type: 'NO_ANSWER'; readonly name: MessageName }
  | { readonly type: 'IDLE' };

type Args = { context: VisitContext; event: VisitEvent };

const actOf = ({ context, event }: Args): ClinicianAct | null => (event.type === 'ACT' ? event.act : context.act);
const statusOf = ({ context, event }: Args): Status | null =>
  event.type === 'REPLY' && event.reply.name === 'interrogate' ? event.reply.payload : context.status;

/** What a prescribe act means for the pump just read; undefined for other acts. */
function intention(args: Args): Prescription | ProgrammerRefusal | undefined {
  const act = actOf(args);
  return act?.type === 'prescribe'
    ? compile(act, statusOf(args)?.prescription ?? null, args.context.offered)
    : undefined;
}

/** The single request of an act that is no more than one. */
function commandOf(act: ClinicianAct | null, serial: string, wall: () => WallClock): Request | undefined {
  switch (act?.type) {
    case 'implant':
      return { name: 'implant', payload: { serial, wall: wall() } };
    case 'refill':
      return { name: 'enterReservoir', payload: { serial, volume: act.volume } };
    case 'stop':
      return { name: 'stop', payload: {} };
    case 'resume':
      return { name: 'resume', payload: {} };
    case 'silence':
      return { name: 'silenceAlarm', payload: { alarm: act.alarm } };
    default:
      return undefined;
  }
}

const isOtherPump = ({ context, event }: Args): boolean =>
  event.type === 'REPLY' &&
  event.reply.name === 'openSession' &&
  context.serial !== null &&
  event.reply.payload.serial !== context.serial;

/** Whether a page of the history does not follow what was read before it, or holds less than there is. */
function historyBroken({ context, event }: Args): boolean {
  if (event.type !== 'REPLY' || event.reply.name !== 'readHistory') return false;
  const { entries, total, anchor } = event.reply.payload;
  const from: ChainLink = chainAfter(context.history.at(-1) ?? anchor);
  return brokenLink(from, entries) !== undefined || (entries.length === 0 && from.number !== total);
}

/** What the visit machine needs of the world: something to send requests with. */
export type Ask = (request: Request) => void;

/** A clinician's visit as a statechart: connect, read, act, verify, leave. */
export function visitMachine(ask: Ask, serial: string | null, offered: Volume, wall: () => WallClock) {
  return setup({
    types: { context: {} as VisitContext, events: {} as VisitEvent },
    guards: {
      isOtherPump,
      mayReopen: ({ context, event }) =>
        event.type === 'REFUSED' && event.answer.refused.code === 'noSession' && !context.reopened,
      isEnd: (args) => actOf(args)?.type === 'endSession',
      isPrescription: (args) => typeof intention(args) === 'object',
      isNoPrescription: (args) => typeof intention(args) === 'string',
      isCommand: (args) => commandOf(actOf(args), '', wall) !== undefined,
      isHistory: (args) => actOf(args)?.type === 'readHistory',
      isLog: (args) => actOf(args)?.type === 'readLog',
      digestAgrees: ({ context, event }) =>
        event.type === 'REPLY' &&
        event.reply.name === 'stagePrescription' &&
        event.reply.payload.digest === context.intended?.digest,
      prescriptionAgrees: (args) => {
        const { intended, outcome } = args.context;
        const now = statusOf(args)?.prescription ?? null;
        // After a refused commit the old prescription is what should be there.
        return (
          outcome !== 'pending' || intended === null || (now !== null && prescriptionDigest(now) === intended.digest)
        );
      },
      historyBroken,
      moreHistory: ({ context, event }) =>
        event.type === 'REPLY' &&
        event.reply.name === 'readHistory' &&
        chainAfter(event.reply.payload.entries.at(-1) ?? context.history.at(-1)).number < event.reply.payload.total,
      moreLog: ({ event }) =>
        event.type === 'REPLY' && event.reply.name === 'readLog' && event.reply.payload.records.length > 0,
    },
    actions: {
      begin: assign(({ event }) =>
        event.type === 'ACT' ? { act: event.act, outcome: 'pending' as const, intended: null, reopened: false } : {},
      ),
      noteReopened: assign({ reopened: true }),
      keepSerial: assign(({ context, event }) =>
        event.type === 'REPLY' && event.reply.name === 'openSession'
          ? { serial: context.serial ?? event.reply.payload.serial }
          : {},
      ),
      keepStatus: assign((args) => ({ status: statusOf(args) })),
      keepIntention: assign((args) => {
        const prescription = intention(args);
        return typeof prescription === 'object'
          ? { intended: { prescription, digest: prescriptionDigest(prescription) } }
          : {};
      }),
      keepRefill: assign(({ context, event }) =>
        event.type === 'REPLY' && event.reply.name === 'enterReservoir' && context.act?.type === 'refill'
          ? {
              refill: {
                expected: event.reply.payload.expected,
                aspirated: context.act.aspirated,
                entered: context.act.volume,
              },
            }
          : {},
      ),
      clearPages: assign({ history: [], log: [] }),
      keepPage: assign(({ context, event }) => {
        if (event.type !== 'REPLY') return {};
        if (event.reply.name === 'readHistory')
          return { history: [...context.history, ...event.reply.payload.entries] };
        return event.reply.name === 'readLog' ? { log: [...context.log, ...event.reply.payload.records] } : {};
      }),
      succeed: assign({ outcome: DONE }),
      /** Done, unless a refusal on the way has already been noted. */
      conclude: assign(({ context }) => (context.outcome === 'pending' ? { outcome: DONE } : {})),
      noteRefusal: assign(({ event }) => (event.type === 'REFUSED' ? { outcome: byPump(event.answer.refused) } : {})),
      noteNoAnswer: assign({ outcome: byProgrammer('noAnswer') }),
      /** Between the first frame of an update and its verification nobody but the pump knows whether it runs. */
      noteUncertain: assign(({ context }) => ({
        outcome: byProgrammer(context.intended === null ? 'noAnswer' : 'updateUncertain'),
      })),
      noteOtherPump: assign({ outcome: byProgrammer('otherPump') }),
      noteMismatch: assign({ outcome: byProgrammer('digestMismatch') }),
      noteHistoryBroken: assign({ outcome: byProgrammer('historyBroken') }),
      noteVerifyFailed: assign({ outcome: byProgrammer('verifyFailed') }),
      noteIncomplete: assign((args) => {
        const problem = intention(args);
        return typeof problem === 'string' ? { outcome: byProgrammer(problem) } : {};
      }),
      forget: assign({ status: null, history: [], log: [], refill: null }),
      askOpen: () => ask({ name: 'openSession', payload: { role: 'clinician' } }),
      askStatus: () => ask({ name: 'interrogate', payload: {} }),
      askStage: ({ context }) => {
        const { act, intended } = context;
        if (act?.type !== 'prescribe' || intended === null) return;
        const { prescription } = intended;
        ask({ name: 'stagePrescription', payload: { serial: context.serial ?? '', prescription, run: act.run } });
      },
      askBegin: ({ context }) => ask({ name: 'beginUpdate', payload: { digest: context.intended?.digest ?? '' } }),
      askCommit: ({ context }) => ask({ name: 'commitUpdate', payload: { digest: context.intended?.digest ?? '' } }),
      askCommand: (args) => {
        const request = commandOf(args.context.act, args.context.serial ?? '', wall);
        if (request !== undefined) ask(request);
      },
      askHistory: ({ context }) =>
        ask({ name: 'readHistory', payload: { from: (context.history.at(-1)?.number ?? 0) + 1 } }),
      askLog: ({ context }) => ask({ name: 'readLog', payload: { from: (context.log.at(-1)?.number ?? 0) + 1 } }),
      askClose: () => ask({ name: 'closeSession', payload: {} }),
    },
  }).createMachine({
    id: 'visit',
    initial: 'away',
    context: {
      serial,
      offered,
      status: null,
      act: null,
      outcome: DONE,
      reopened: false,
      intended: null,
      refill: null,
      history: [],
      log: [],
    },
    states: {
      away: {
        on: {
          ACT: [
            { guard: 'isEnd', actions: ['begin', 'succeed'] },
            { target: 'opening', actions: ['begin', 'askOpen'] },
          ],
        },
      },
      opening: {
        on: {
          REPLY: [
            { guard: 'isOtherPump', target: 'closing', actions: ['noteOtherPump', 'askClose'] },
            { target: 'reading', actions: ['keepSerial', 'askStatus'] },
          ],
          REFUSED: { target: 'away', actions: 'noteRefusal' },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      reading: {
        on: {
          REPLY: [
            { guard: 'isPrescription', target: 'staging', actions: ['keepStatus', 'keepIntention', 'askStage'] },
            { guard: 'isNoPrescription', target: 'ready', actions: ['keepStatus', 'noteIncomplete'] },
            { guard: 'isCommand', target: 'commanding', actions: ['keepStatus', 'askCommand'] },
            { guard: 'isHistory', target: 'browsing', actions: ['keepStatus', 'clearPages', 'askHistory'] },
            { guard: 'isLog', target: 'browsing', actions: ['keepStatus', 'clearPages', 'askLog'] },
            { target: 'ready', actions: ['keepStatus', 'conclude'] },
          ],
          REFUSED: [
            // The pump has given the session up: a new one is opened for the same act, once.
            { guard: 'mayReopen', target: 'opening', actions: ['noteReopened', 'askOpen'] },
            { target: 'away', actions: ['noteRefusal', 'forget'] },
          ],
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      ready: {
        on: {
          ACT: [
            { guard: 'isEnd', target: 'closing', actions: ['begin', 'askClose'] },
            // Every act begins with a fresh reading: nothing is programmed on what was true a while ago.
            { target: 'reading', actions: ['begin', 'askStatus'] },
          ],
          IDLE: { target: 'closing', actions: 'askClose' },
        },
      },
      staging: {
        on: {
          REPLY: [
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
          REPLY: { target: 'verifying', actions: 'askStatus' },
          REFUSED: { target: 'verifying', actions: ['noteRefusal', 'askStatus'] },
          NO_ANSWER: { target: 'away', actions: ['noteUncertain', 'forget'] },
        },
      },
      commanding: {
        on: {
          REPLY: { target: 'verifying', actions: ['keepRefill', 'askStatus'] },
          REFUSED: { target: 'ready', actions: 'noteRefusal' },
          NO_ANSWER: { target: 'away', actions: ['noteNoAnswer', 'forget'] },
        },
      },
      verifying: {
        on: {
          REPLY: [
            { guard: 'prescriptionAgrees', target: 'ready', actions: ['keepStatus', 'conclude'] },
            { target: 'ready', actions: ['keepStatus', 'noteVerifyFailed'] },
          ],
          REFUSED: { target: 'ready', actions: 'noteRefusal' },
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
