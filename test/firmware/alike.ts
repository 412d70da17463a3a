import { isDeepStrictEqual } from 'node:util';
import { keepImage } from '../../firmware-sim/firmware/memory/image.ts';
import {
  type EventType,
  factoryContext,
  memoryStore,
  names,
  observed,
  type PumpEvent,
  type PumpState,
  plainChart,
  readImage,
  tableExecutor,
  transitionName,
  xstateExecutor,
} from '../../firmware-sim/index.ts';
import { instant } from '../../shared/index.ts';
import { alwaysSo, judgement, soWhenSettled, wronglyOffered } from './agreement.ts';
import { allOutcomes, allTransitions, taken, Watcher } from './coverage.ts';
import { firstDue, Life } from './life.ts';

const EVENTS_IN_A_LIFE = 250;
const RESTORED_EVERY = 100;
/** So often is looked for an event that leads where no life has been. */
const CURIOUS_EVERY = 5;
/** So often is looked at what the status offers. Of no common measure with the others: it meets all of them. */
const OFFERED_EVERY = 3;

/** The states a third reading of the chart expects after an event. */
const expectedStates = (before: PumpState, moves: ReturnType<typeof taken>) => ({
  ...before.value,
  ...Object.fromEntries(moves.flatMap(({ region, target }) => (target === undefined ? [] : [[region, target]]))),
});

/** What a state is after a loss of power. */
function fromMemory(state: PumpState): PumpState {
  const store = memoryStore();
  keepImage(store, state, instant(0));
  const image = readImage(store, state.context.profile);
  if (image === undefined) throw new Error('nothing was kept');
  return { value: image.value, context: image.context };
}

const show = (value: unknown) => JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `${each}n` : each), 1);

/** Commands that only a session takes. */
const IN_SESSION: ReadonlySet<string> = new Set<EventType>([
  'STAGE',
  'SILENCE_ALARM',
  'CLEAR_ALARM',
  'SET_ALARM_INTERVAL',
  'TEST_ALARM',
]);

/** What random lives have seen: every transition and guard outcome of the chart, or not. */
export interface Seen {
  readonly events: number;
  readonly lives: number;
  readonly missed: readonly string[];
  readonly unanswered: readonly string[];
}

/**
 * Random lives of at least so many events on both executors. Throws at the first event after which they
 * differ, or the pump is not as its chart says.
 */
export function liveAlike(least: number): Seen {
  const transitions = new Set<string>();
  const watcher = new Watcher();
  let events = 0;
  let lives = 0;

  const fail = (what: string, event: PumpEvent, state: PumpState): never => {
    throw new Error(`life ${lives}, event ${events}, ${show(event)}: ${what}\n${show(state)}`);
  };

  for (lives = 1; events < least; lives++) {
    const life = new Life(lives);
    const xstate = xstateExecutor({ chart: plainChart, names }, factoryContext(life.profile));
    // One is watched and the other is not: watching must change nothing.
    const table = tableExecutor(observed({ chart: plainChart, names }, watcher), factoryContext(life.profile));

    for (let i = 0; i < EVENTS_IN_A_LIFE; i++) {
      if (i % RESTORED_EVERY === 0) {
        // Each goes on from what the other has become.
        const [one, other] = [structuredClone(xstate.state()), structuredClone(table.state())];
        xstate.load(other);
        table.load(one);
      }
      const now = xstate.state();
      const leadsOn = (one: PumpEvent) => taken(now, one).some((move) => !transitions.has(transitionName(move)));
      const event = (i % CURIOUS_EVERY === 0 ? life.curious(now, leadsOn) : undefined) ?? life.next(now);
      // A processor that starts anew has what was in its memory.
      if (event.type === 'RESET' && life.orderly)
        for (const executor of [xstate, table]) executor.load(fromMemory(executor.state()));
      const before = xstate.state();
      const judged = judgement(before.context, event);
      const moves = taken(before, event);
      for (const move of moves) transitions.add(transitionName(move));

      const effects = xstate.send(event);
      const sameEffects = isDeepStrictEqual(table.send(event), effects);
      const after = xstate.state();
      events += 1;

      if (!sameEffects) fail('other effects', event, before);
      if (!isDeepStrictEqual(watcher.takenSince(), moves)) fail('other transitions seen than taken', event, before);
      if (!isDeepStrictEqual(table.state(), after)) fail('other states or context', event, before);
      if (!isDeepStrictEqual(after.value, expectedStates(before, moves)))
        fail('other states than the chart says', event, before);

      const settled = (firstDue(after)?.at ?? Infinity) > life.now;
      const facts = [...alwaysSo(after), ...(life.orderly && settled ? soWhenSettled(after, life.now) : [])];
      for (const [fact, holds] of facts) if (!holds) fail(`not so: ${fact}`, event, after);

      const carriedOut =
        event.type === 'BOLUS_REQUEST' ? moves.some(({ target }) => target === 'patientBolus') : moves.length > 0;
      const outside = IN_SESSION.has(event.type) && before.value['telemetry'] === 'closed';
      if (judged !== 'no command' && !outside && (judged === 'allowed') !== carriedOut) {
        fail(`${judged}, but ${carriedOut ? '' : 'not '}carried out`, event, before);
      }
      // It judges every command anew, which takes as long as all the rest.
      if (i % OFFERED_EVERY === 0)
        for (const name of wronglyOffered(after, life.now)) fail(`the status is wrong about ${name}`, event, after);
    }
  }

  return {
    events,
    lives: lives - 1,
    missed: allTransitions.filter((id) => !transitions.has(id)),
    unanswered: allOutcomes.filter((outcome) => !watcher.outcomes.has(outcome)),
  };
}
