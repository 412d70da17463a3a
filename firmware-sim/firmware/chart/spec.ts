import type { EventOf, EventType } from '../events.ts';

/*
 * The form of a chart: plain data. Regions run side by side, each in one state; an event takes at most one
 * transition a region, all guards are asked first, then updates and effects happen in the order written.
 */

/** What a transition may name, event by event. A name under the wrong event does not compile. */
export interface Names {
  readonly guards: Readonly<Record<string, (context: never, event: never) => boolean>>;
  readonly updates: Readonly<Record<string, (draft: never, event: never) => void>>;
  readonly effects: Readonly<Record<string, (context: never, event: never) => unknown>>;
}

/** The names of the functions in `Table` that take event `E`. */
type Taking<Table, E> = {
  [K in keyof Table]: Table[K] extends (context: never, event: infer P) => unknown
    ? [E] extends [P]
      ? K
      : never
    : never;
}[keyof Table];

interface TransitionSpec<N extends Names, T extends EventType> {
  /** A sibling state; left out where the region stays as it is. */
  readonly target?: string;
  readonly guard?: Taking<N['guards'], EventOf<T>>;
  readonly updates?: readonly Taking<N['updates'], EventOf<T>>[];
  readonly effects?: readonly Taking<N['effects'], EventOf<T>>[];
}

interface StateSpec<N extends Names> {
  readonly on?: { readonly [T in EventType]?: TransitionSpec<N, T> | readonly TransitionSpec<N, T>[] };
}

interface RegionSpec<N extends Names> {
  readonly about: string;
  readonly initial: string;
  readonly states: Readonly<Record<string, StateSpec<N>>>;
}

export interface ChartSpec<N extends Names> {
  readonly id: string;
  readonly regions: Readonly<Record<string, RegionSpec<N>>>;
}

/** A chart as executors, validator and diagram read it: names are strings. */
export interface PlainTransition {
  readonly target?: string;
  readonly guard?: string;
  readonly updates?: readonly string[];
  readonly effects?: readonly string[];
}
export interface PlainChart {
  readonly id: string;
  readonly regions: Readonly<Record<string, PlainRegion>>;
}
export interface PlainRegion {
  readonly about: string;
  readonly initial: string;
  readonly states: Readonly<
    Record<string, { readonly on?: Readonly<Record<string, PlainTransition | readonly PlainTransition[]>> }>
  >;
}

/** The transitions of a state for an event type, in the order they are tried. */
export function transitionsOf(region: PlainRegion, state: string, type: string): readonly PlainTransition[] {
  const found = region.states[state]?.on?.[type];
  if (found === undefined) return [];
  return Array.isArray(found) ? found : [found as PlainTransition];
}

/** The states a chart begins in. */
export const factoryValue = (chart: PlainChart): Record<string, string> =>
  Object.fromEntries(Object.entries(chart.regions).map(([name, { initial }]) => [name, initial]));
