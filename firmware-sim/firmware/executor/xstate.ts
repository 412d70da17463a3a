import { type AnyActorRef, assign, createActor, setup } from 'xstate';
import { type PlainChart, type PlainTransition, transitionsOf } from '../chart/spec.ts';
import type { PumpContext } from '../context.ts';
import type { Effect } from '../effects.ts';
import type { PumpEvent } from '../events.ts';
import { type Behaviour, bind, type Executor, mustBeSound, type PumpState } from './executor.ts';

/** The updates of a transition, by name. */
interface Updates {
  readonly updates: readonly string[];
}

/**
 * The chart as an XState machine. The updates of a transition become one `assign`, in order on one copy;
 * effects become custom actions that hand their data to `take`, in order.
 */
export function pumpMachine(behaviour: Behaviour, initial: PumpContext, take: (effect: Effect) => void) {
  const bound = bind(behaviour);
  const { chart, names } = behaviour;
  const guards = Object.fromEntries(
    Object.keys(names.guards).map((name) => [
      name,
      ({ context, event }: { context: PumpContext; event: PumpEvent }) => bound.guard(name)(context, event),
    ]),
  );
  const update = assign<PumpContext, PumpEvent, Updates, PumpEvent, never>(({ context, event }, { updates }) => {
    const draft = { ...context };
    for (const name of updates) bound.update(name)(draft, event);
    return draft;
  });
  const actions = Object.keys(names.effects).map((name) => [
    name,
    ({ context, event }: { context: PumpContext; event: PumpEvent }) => {
      const done = bound.effect(name)(context, event);
      if (done !== undefined) take(done);
    },
  ]);
  return setup({
    types: { context: {} as PumpContext, events: {} as PumpEvent },
    guards,
    actions: { update, ...Object.fromEntries(actions) },
  }).createMachine({ id: chart.id, type: 'parallel', context: initial, states: regions(chart) });
}

function regions(chart: PlainChart) {
  const transition = ({ target, guard, updates = [], effects = [] }: PlainTransition) => ({
    ...(target === undefined ? {} : { target }),
    ...(guard === undefined ? {} : { guard }),
    actions: [...(updates.length === 0 ? [] : [{ type: 'update', params: { updates } }]), ...effects],
  });
  return Object.fromEntries(
    Object.entries(chart.regions).map(([name, region]) => {
      const states = Object.entries(region.states).map(([state, { on = {} }]) => {
        const handled = Object.keys(on).map((type) => [type, transitionsOf(region, state, type).map(transition)]);
        return [state, { on: Object.fromEntries(handled) }];
      });
      return [name, { initial: region.initial, states: Object.fromEntries(states) }];
    }),
  );
}

/** Runs the chart through one long-lived XState actor: the specification. */
export function xstateExecutor(behaviour: Behaviour, initial: PumpContext): Executor {
  mustBeSound(behaviour);
  let out: Effect[] = [];
  const machine = pumpMachine(behaviour, initial, (effect) => out.push(effect));
  let failure: unknown;

  const regionNames = Object.keys(behaviour.chart.regions);

  const start = (snapshot?: ReturnType<typeof machine.resolveState>) => {
    const actor = snapshot === undefined ? createActor(machine) : createActor(machine, { snapshot });
    // Without an observer XState would throw from a timer of its own.
    actor.subscribe({
      error: (error) => {
        failure = error;
      },
    });
    return actor.start();
  };
  let actor = start();
  let told: { readonly of: unknown; readonly state: PumpState } | undefined;

  return {
    send(event) {
      out = [];
      actor.send(event);
      if (failure !== undefined || (actor as AnyActorRef).getSnapshot().status === 'error') throw failure;
      return out;
    },
    state() {
      const snapshot = actor.getSnapshot();
      if (told?.of === snapshot) return told.state;
      // In the order of the chart: an actor that was given a state keeps whatever order that had.
      const value: { readonly [region: string]: unknown } = snapshot.value;
      const ordered: Record<string, string> = {};
      for (const region of regionNames) ordered[region] = String(value[region]);
      const state = { value: ordered, context: snapshot.context };
      told = { of: snapshot, state };
      return state;
    },
    load(state) {
      actor.stop();
      failure = undefined;
      // XState handles regions in the order of the value it is given, whatever the chart's own is.
      const value = Object.fromEntries(regionNames.map((region) => [region, state.value[region]]));
      actor = start(machine.resolveState({ value: value as never, context: state.context }));
    },
  };
}
