import type { Names, PlainChart } from '../chart/spec.ts';
import { validateChart } from '../chart/validate.ts';
import type { PumpContext } from '../context.ts';
import type { Effect } from '../effects.ts';
import type { PumpEvent } from '../events.ts';

/** The state of each region, and the context. */
export interface PumpState {
  readonly value: Readonly<Record<string, string>>;
  readonly context: PumpContext;
}

/** Something that runs the chart. Two do: XState, which is the specification, and the table. */
export interface Executor {
  /** Handles one event and returns its effects, in order. Throws where a guard, update or effect throws. */
  send(event: PumpEvent): readonly Effect[];
  /** The state now. What it returns is read at once, never kept: the table writes states and context in place. */
  state(): PumpState;
  load(state: PumpState): void;
}

export const EXECUTOR_NAMES = ['xstate', 'table'] as const;
export type ExecutorName = (typeof EXECUTOR_NAMES)[number];

/** A chart with the functions behind its names. */
export interface Behaviour {
  readonly chart: PlainChart;
  readonly names: Names;
}

/* The chart's own type has tied each name to the events it takes; from here on functions take any event. */
export type AnyGuard = (context: PumpContext, event: PumpEvent) => boolean;
export type AnyUpdate = (draft: PumpContext, event: PumpEvent) => void;
export type AnyEffect = (context: PumpContext, event: PumpEvent) => Effect | undefined;

/** Whose chart is known to be sound: every pump is begun with the same, and nobody changes one. */
const sound = new WeakSet<Behaviour>();

/** Throws where a chart is not what every executor runs alike, or names what is not there. */
export function mustBeSound(behaviour: Behaviour): void {
  if (!sound.has(behaviour)) validateChart(behaviour.chart, behaviour.names);
  sound.add(behaviour);
}

/** The one chart binder: gives the functions behind a chart's names the types executors call them with. */
export function bind({ names }: Behaviour) {
  return {
    guard: (name: string) => names.guards[name] as AnyGuard,
    update: (name: string) => names.updates[name] as AnyUpdate,
    effect: (name: string) => names.effects[name] as AnyEffect,
  };
}
