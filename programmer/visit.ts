import { type AnyActorRef, createActor } from 'xstate';
import { type Ask, visitMachine } from './visit-chart.ts';
import type { Args, Settings, VisitContext, VisitEvent } from './visit-context.ts';
import { guards } from './visit-guards.ts';
import { requests } from './visit-requests.ts';
import { updates } from './visit-updates.ts';

export interface VisitState {
  readonly value: string;
  readonly context: VisitContext;
}

/** A running visit: events in, requests out through `ask`. */
export interface Visit {
  readonly state: VisitState;
  send(event: VisitEvent): void;
  load(state: VisitState): void;
}

/** The chart as an XState actor: the specification. */
class ActorVisit implements Visit {
  readonly #machine: ReturnType<typeof visitMachine>;
  #actor: AnyActorRef;
  #failure: unknown;

  constructor(ask: Ask, serial: string | null, settings: Settings) {
    this.#machine = visitMachine(ask, serial, settings);
    this.#actor = this.#watch(createActor(this.#machine));
  }

  get state(): VisitState {
    const { value, context } = this.#actor.getSnapshot();
    return { value: String(value), context };
  }

  send(event: VisitEvent): void {
    this.#actor.send(event);
    if (this.#failure !== undefined) throw this.#failure;
  }

  load({ value, context }: VisitState): void {
    this.#actor.stop();
    const snapshot = this.#machine.resolveState({ value: value as never, context });
    this.#actor = this.#watch(createActor(this.#machine, { snapshot }));
  }

  #watch(actor: AnyActorRef): AnyActorRef {
    // Without an observer XState would throw from a timer of its own.
    actor.subscribe({
      error: (error) => {
        this.#failure = error;
      },
    });
    actor.start();
    return actor;
  }
}

interface Row {
  readonly guard?: keyof typeof guards;
  readonly target?: string;
  readonly actions: string | readonly string[];
}

/** The chart as it is written. */
interface Chart {
  readonly initial: string;
  readonly context: VisitContext;
  readonly states: Readonly<Record<string, { readonly on: Readonly<Record<string, Row | readonly Row[]>> }>>;
}

/** The names of actions: one that changes the context, or one that asks. */
const UPDATES: Readonly<Record<string, (args: Args) => Partial<VisitContext>>> = updates;
const REQUESTS: Readonly<Record<string, (context: VisitContext) => Parameters<Ask>[0] | undefined>> = requests;

/** The same chart row by row, without an actor. */
class TableVisit implements Visit {
  readonly #ask: Ask;
  readonly #chart: Chart;
  state: VisitState;

  constructor(ask: Ask, serial: string | null, settings: Settings) {
    this.#ask = ask;
    this.#chart = visitMachine(ask, serial, settings).config as unknown as Chart;
    const { initial, context } = this.#chart;
    this.state = { value: initial, context };
  }

  send(event: VisitEvent): void {
    const { value } = this.state;
    let { context } = this.state;
    const rows = [this.#chart.states[value]?.on[event.type] ?? []].flat();
    const row = rows.find(({ guard }) => guard === undefined || guards[guard]({ context, event }));
    if (row === undefined) return;
    for (const name of [row.actions].flat()) {
      const change = UPDATES[name]?.({ context, event });
      if (change !== undefined) context = { ...context, ...change };
      const request = REQUESTS[name]?.(context);
      if (request !== undefined) this.#ask(request);
    }
    this.state = { value: row.target ?? value, context };
  }

  load(state: VisitState): void {
    this.state = state;
  }
}

/** What runs a visit: as XState does, or as a table, for thousands of pumps. */
export const VISITS = { xstate: ActorVisit, table: TableVisit };
export type VisitExecutor = keyof typeof VISITS;
