import { type PlainChart, type PlainRegion, type PlainTransition, transitionsOf } from '../chart/spec.ts';
import type { Behaviour } from './executor.ts';

/** One transition of a chart: which of several the guard tells, since those tried after one without are never reached. */
export interface ChartTransition {
  readonly region: string;
  readonly state: string;
  readonly event: string;
  readonly guard: string | undefined;
  /** The sibling state; undefined where the region stays as it is. */
  readonly target: string | undefined;
}

/** Somebody who is told what a chart decides, as it decides it. Must not change anything. */
export interface ChartObserver {
  answered(guard: string, outcome: boolean): void;
  taken(transition: ChartTransition): void;
}

/** A transition in one line: `infusion.basal STOP -> stopped`, `infusion.basal RESERVOIR_LOW [lowToMinimum] -> minimumRate`. */
export function transitionName({ region, state, event, guard, target }: ChartTransition): string {
  const asked = guard === undefined ? '' : ` [${guard}]`;
  return `${region}.${state} ${event}${asked}${target === undefined ? '' : ` -> ${target}`}`;
}

/** Every transition of a chart, in the order written. */
export function chartTransitions(chart: PlainChart): readonly ChartTransition[] {
  return Object.entries(chart.regions).flatMap(([name, region]) =>
    Object.entries(region.states).flatMap(([state, { on = {} }]) =>
      Object.keys(on).flatMap((event) =>
        transitionsOf(region, state, event).map(({ guard, target }) => ({ region: name, state, event, guard, target })),
      ),
    ),
  );
}

/**
 * The same behaviour, telling an observer how each guard answered and which transitions were taken: every
 * transition gets one more effect, which yields nothing. Any executor runs it, and runs it alike.
 */
export function observed({ chart, names }: Behaviour, observer: ChartObserver): Behaviour {
  const guards = Object.entries(names.guards).map(([name, guard]) => {
    const telling = (context: never, event: never) => {
      const outcome = guard(context, event);
      observer.answered(name, outcome);
      return outcome;
    };
    return [name, telling] as const;
  });
  const telling: Record<string, () => undefined> = {};
  const told = (region: string, state: string, event: string) => (transition: PlainTransition) => {
    const { guard, target, effects = [] } = transition;
    const taken: ChartTransition = { region, state, event, guard, target };
    const name = `tell ${transitionName(taken)}`;
    telling[name] = () => {
      observer.taken(taken);
      return undefined;
    };
    return { ...transition, effects: [name, ...effects] };
  };
  const regions = mapped(chart.regions, (region, name): PlainRegion => {
    const states = mapped(region.states, ({ on = {} }, state) => ({
      on: mapped(on, (_, event) => transitionsOf(region, state, event).map(told(name, state, event))),
    }));
    return { ...region, states };
  });
  return {
    chart: { ...chart, regions },
    names: { ...names, guards: Object.fromEntries(guards), effects: { ...names.effects, ...telling } },
  };
}

function mapped<A, B>(table: Readonly<Record<string, A>>, of: (value: A, key: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, of(value, key)]));
}
