import { bind } from '../../firmware-sim/firmware/executor/executor.ts';
import {
  type ChartObserver,
  type ChartTransition,
  chartTransitions,
  names,
  type PumpEvent,
  type PumpState,
  plainChart,
  transitionName,
  transitionsOf,
} from '../../firmware-sim/index.ts';

const guards = bind({ chart: plainChart, names });

/** The transitions an event takes, read from the chart by a third reader of it. */
export function taken({ value, context }: PumpState, event: PumpEvent): readonly ChartTransition[] {
  return Object.entries(plainChart.regions).flatMap(([region, spec]) => {
    const state = value[region] ?? '';
    const found = transitionsOf(spec, state, event.type).find(
      ({ guard }) => guard === undefined || guards.guard(guard)(context, event),
    );
    return found === undefined ? [] : [{ region, state, event: event.type, guard: found.guard, target: found.target }];
  });
}

export const allTransitions: readonly string[] = chartTransitions(plainChart).map(transitionName);

export const allOutcomes: readonly string[] = Object.keys(names.guards).flatMap((name) => [
  `${name} true`,
  `${name} false`,
]);

/** Keeps what a chart was seen to decide: every guard outcome ever, and the transitions since it was last asked. */
export class Watcher implements ChartObserver {
  readonly outcomes = new Set<string>();
  #taken: ChartTransition[] = [];

  answered(guard: string, outcome: boolean): void {
    this.outcomes.add(`${guard} ${outcome}`);
  }

  taken(transition: ChartTransition): void {
    this.#taken.push(transition);
  }

  takenSince(): readonly ChartTransition[] {
    const since = this.#taken;
    this.#taken = [];
    return since;
  }
}
