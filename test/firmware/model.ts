import { createTestModel } from '@xstate/test';
import {
  type Behaviour,
  type EventType,
  names,
  type PlainChart,
  type PumpContext,
  type PumpEvent,
  type PumpState,
  plainChart,
  pumpMachine,
} from '../../firmware-sim/index.ts';
import type { Instant } from '../../shared/index.ts';

/*
 * All that is known here of @xstate/test, so that a successor can take its place: a chart and a state to start
 * from go in, the shortest sequence of events to everything that can be told apart comes out. Casts stay here.
 */

/** A state of the model and the time it was reached. */
export interface Reached extends PumpState {
  readonly now: Instant;
}

export interface Walk {
  readonly from: Reached;
  /** What may happen next. */
  readonly events: (state: Reached) => readonly PumpEvent[];
  /** What makes one state different from another; everything else is taken to be the same. */
  readonly key: (state: Reached) => string;
  /** Most steps the search may take; it throws past it. */
  readonly limit: number;
}

export interface Path {
  /** Each event and the key of the state it leads to. */
  readonly steps: readonly { readonly event: PumpEvent; readonly key: string }[];
}

interface Timed extends PumpContext {
  readonly now: Instant;
  /** The library prints contexts as JSON, which has no words for a ledger of bigints. */
  readonly toJSON: () => object;
}

const ALL_EVENTS = [
  ...new Set(
    Object.values(plainChart.regions).flatMap(({ states }) =>
      Object.values(states).flatMap(({ on = {} }) => Object.keys(on)),
    ),
  ),
];

/** The pump's chart, begun in another state, with a clock beside it: the pump's own context has no now. */
function timedChart(value: PumpState['value']): Behaviour {
  const regions = Object.entries(plainChart.regions).map(([name, region]) => [
    name,
    { ...region, initial: value[name] ?? region.initial },
  ]);
  const clock = {
    about: 'The time',
    initial: 'running',
    states: { running: { on: Object.fromEntries(ALL_EVENTS.map((type) => [type, { updates: ['tick'] }])) } },
  };
  const tick = (draft: { now: Instant }, event: { readonly at: Instant }) => {
    draft.now = event.at;
  };
  const chart: PlainChart = { id: plainChart.id, regions: { ...Object.fromEntries(regions), clock } };
  return { chart, names: { ...names, updates: { ...names.updates, tick } } };
}

interface Snapshot {
  readonly value: PumpState['value'];
  readonly context: Timed;
}
const reached = ({ value, context }: Snapshot): Reached => ({ value, context, now: context.now });

/** The shortest path to every state the walk tells apart, by every event that leads there. */
export function shortestPaths({ from, events, key, limit }: Walk): readonly Path[] {
  const context: Timed = { ...from.context, now: from.now, toJSON: () => ({}) };
  const model = createTestModel(pumpMachine(timedChart(from.value), context, () => undefined) as never);
  const paths = model.getShortestPaths({
    events: (state: unknown) => events(reached(state as Snapshot)),
    serializeState: (state: unknown, event: { type: EventType } | undefined) =>
      `${key(reached(state as Snapshot))} by ${event?.type ?? 'the start'}`,
    limit,
  } as never);
  return paths.map(({ steps, state }) => {
    const states = [...steps.map((step) => step.state), state] as unknown as Snapshot[];
    return {
      steps: steps.slice(1).map((step, i) => ({
        event: step.event as unknown as PumpEvent,
        key: key(reached(states[i + 1] as Snapshot)),
      })),
    };
  });
}
