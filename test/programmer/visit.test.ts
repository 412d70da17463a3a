import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../programmer/index.ts';
import { VISITS, type VisitExecutor } from '../../programmer/visit.ts';
import type { VisitContext, VisitEvent } from '../../programmer/visit-context.ts';
import type { MessageName } from '../../shared/index.ts';
import { REPLIES } from '../shared/examples.ts';
import {
  act,
  answered,
  CONTEXT,
  idle,
  noAnswer,
  REFILL,
  recalled,
  refusal,
  reply,
  STATES,
  type VisitStateName,
} from './visit-examples.ts';
import { NOTHING_HAPPENS, TABLE } from './visit-table.ts';

/** A visit in a given state, as a table or by XState, and what it asks the pump from then on. */
function visitingBy(executor: VisitExecutor, from: VisitStateName, context: Partial<VisitContext>) {
  const asked: MessageName[] = [];
  const visit = new VISITS[executor](({ name }) => asked.push(name), CONTEXT.serial, CONTEXT.settings);
  visit.load({ value: from, context: { ...CONTEXT, ...context } });
  return { visit, asked };
}

const outcomeName = (outcome: Outcome | 'pending'): string =>
  outcome === 'pending' ? 'pending' : 'done' in outcome ? 'done' : outcome.refused;

describe.each(['xstate', 'table'] as const)('by %s', (executor) => {
  const visiting = (from: VisitStateName, context: Partial<VisitContext> = {}) => visitingBy(executor, from, context);

  describe('a visit', () => {
    test.each(TABLE)('$from, $during.type: $when → $to', ({ from, during, knowing, event, to, asks, outcome }) => {
      const { visit, asked } = visiting(from, { act: during ?? null, ...knowing });
      visit.send(event);
      expect(visit.state.value).toBe(to);
      expect(asked).toEqual(asks === undefined ? [] : [asks]);
      expect(outcomeName(visit.state.context.outcome)).toBe(outcome ?? 'pending');
    });

    test('every state has its rows, and every event in it either a row or nothing to do', () => {
      for (const from of STATES) {
        const kinds = new Set(TABLE.filter((row) => row.from === from).map(({ event }) => event.type));
        const nothing = Object.entries(NOTHING_HAPPENS).flatMap(([type, states]) =>
          states.includes(from) ? [type] : [],
        );
        expect([...kinds, ...nothing].toSorted(), from).toEqual([
          'ACT',
          'IDLE',
          'NO_ANSWER',
          'RECALLED',
          'REFUSED',
          'REPLY',
        ]);
      }
    });
  });

  describe('nothing happens', () => {
    const EXAMPLES: Readonly<Record<VisitEvent['type'], readonly VisitEvent[]>> = {
      ACT: [act({ type: 'stop' }), act({ type: 'endSession' }), act(REFILL)],
      IDLE: [idle],
      REPLY: [reply('interrogate'), reply('stagePrescription'), reply('closeSession'), reply('enterReservoir')],
      REFUSED: [refusal('noSession'), refusal('aboveCeiling')],
      NO_ANSWER: [noAnswer],
      RECALLED: [recalled],
    };
    const rows = Object.values(EXAMPLES)
      .flat()
      .flatMap((event) => NOTHING_HAPPENS[event.type].map((from) => ({ from, type: event.type, event })));

    test.each(rows)('$from on $type', ({ from, event }) => {
      const { visit, asked } = visiting(from);
      visit.send(event);
      expect(visit.state).toEqual({ value: from, context: CONTEXT });
      expect(asked).toEqual([]);
    });
  });

  describe('what a visit knows', () => {
    test('a programmer with no record keeps the serial number of the first pump it reads', () => {
      const { visit } = visiting('opening', { serial: null });
      visit.send(reply('openSession'));
      expect(visit.state.context.serial).toBeNull();
      visit.send(reply('authenticate'));
      expect(visit.state.context.serial).toBe(REPLIES.openSession.payload.serial);
    });

    test('a refill keeps what was expected, aspirated and entered', () => {
      const { visit } = visiting('commanding', { act: REFILL });
      visit.send(reply('enterReservoir'));
      expect(visit.state.context.refill).toEqual({
        ...REPLIES.enterReservoir.payload,
        aspirated: null,
        entered: REFILL.type === 'refill' ? REFILL.volume : 0,
      });
    });

    test('a new act forgets what the one before was about, not what the pump said', () => {
      const { visit } = visiting('ready', { outcome: { done: true } });
      visit.send(act({ type: 'stop' }));
      expect(visit.state.context).toEqual({ ...CONTEXT, act: { type: 'stop' }, intended: null });
    });

    test('the end of a session leaves nothing of the pump on the screen', () => {
      const { visit } = visiting('closing', { history: REPLIES.readHistory.payload.entries });
      visit.send(reply('closeSession'));
      expect(visit.state.context).toMatchObject({ status: null, refill: null, history: [], log: [] });
    });

    test('an answer that never came leaves no status that could be taken for the pump’s', () => {
      for (const from of STATES.filter((state) => !NOTHING_HAPPENS.NO_ANSWER.includes(state))) {
        const { visit } = visiting(from);
        visit.send(noAnswer);
        expect(visit.state.context.status, from).toBeNull();
      }
    });

    test('a refusal noted on the way is not overwritten by what the pump then reports', () => {
      const { visit } = visiting('committing');
      visit.send(refusal('notStaged'));
      visit.send(answered({ ...REPLIES.interrogate, payload: { ...REPLIES.interrogate.payload, prescription: null } }));
      expect(visit.state.value).toBe('ready');
      expect(outcomeName(visit.state.context.outcome)).toBe('notStaged');
    });
  });
});
