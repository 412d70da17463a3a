import { bind } from '../../firmware-sim/firmware/executor/executor.ts';
import {
  type Behaviour,
  names,
  type PumpEvent,
  type PumpState,
  plainChart,
  transitionsOf,
} from '../../firmware-sim/index.ts';

interface Taken {
  readonly region: string;
  /** The transition as the chart names it: region, state, event and which of several. */
  readonly id: string;
  readonly target: string | undefined;
}

const guards = bind({ chart: plainChart, names });

/** The transitions an event takes, read from the chart by a third reader of it. */
export function taken({ value, context }: PumpState, event: PumpEvent): readonly Taken[] {
  return Object.entries(plainChart.regions).flatMap(([region, spec]) => {
    const state = value[region] ?? '';
    const transitions = transitionsOf(spec, state, event.type);
    const i = transitions.findIndex(({ guard }) => guard === undefined || guards.guard(guard)(context, event));
    const found = transitions[i];
    return found === undefined ? [] : [{ region, id: `${region}.${state} ${event.type} ${i}`, target: found.target }];
  });
}

/** Every transition of the chart, by its id. */
export const allTransitions: readonly string[] = Object.entries(plainChart.regions).flatMap(([region, spec]) =>
  Object.entries(spec.states).flatMap(([state, { on = {} }]) =>
    Object.keys(on).flatMap((type) =>
      transitionsOf(spec, state, type).map((_, i) => `${region}.${state} ${type} ${i}`),
    ),
  ),
);

/** The pump's chart with guards that tell how they answered. */
export function watched(answered: (outcome: string) => void): Behaviour {
  const telling = Object.entries(names.guards).map(([name, guard]) => [
    name,
    (context: never, event: never) => {
      const answer = guard(context, event);
      answered(`${name} ${answer}`);
      return answer;
    },
  ]);
  return { chart: plainChart, names: { ...names, guards: Object.fromEntries(telling) } };
}

export const allOutcomes: readonly string[] = Object.keys(names.guards).flatMap((name) => [
  `${name} true`,
  `${name} false`,
]);
