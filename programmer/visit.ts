import { type AnyActorRef, createActor } from 'xstate';
import { sure } from '../shared/index.ts';
import { type Ask, visitMachine } from './visit-chart.ts';
import { type Args, atFirst, type Settings, type VisitContext, type VisitEvent } from './visit-context.ts';
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

/** The guards, updates and requests that the chart goes by, by name. */
const GUARDS: Readonly<Record<string, (args: Args) => boolean>> = guards;
const UPDATES: Readonly<Record<string, (args: Args) => Partial<VisitContext>>> = updates;
const REQUESTS: Readonly<Record<string, (context: VisitContext) => Parameters<Ask>[0] | undefined>> = requests;

/** Does something, and gives the context there is then. */
type Action = (args: Args) => VisitContext;

interface Row {
  readonly guard: ((args: Args) => boolean) | undefined;
  readonly target: string | undefined;
  readonly actions: readonly Action[];
}

/** The same chart row by row, without an actor. */
class TableVisit implements Visit {
  /** By state and type of event. */
  readonly #rows = new Map<string, Map<string, readonly Row[]>>();
  state: VisitState;

  /** Throws where the chart names what is not there. */
  constructor(ask: Ask, serial: string | null, settings: Settings) {
    const { states, config } = visitMachine(ask, serial, settings);
    for (const [state, { transitions }] of Object.entries(states)) {
      const rows = new Map<string, readonly Row[]>();
      for (const [type, written] of transitions)
        rows.set(
          type,
          written.map(({ guard, target, actions }) => ({
            guard: guard === undefined ? undefined : sure(GUARDS[`${guard}`], `guard ${guard}`),
            target: target?.[0]?.key,
            actions: actions.map((action) => actionOf(`${action}`, ask)),
          })),
        );
      this.#rows.set(state, rows);
    }
    this.state = { value: `${config.initial}`, context: atFirst(settings, serial) };
  }

  send(event: VisitEvent): void {
    const { value } = this.state;
    let { context } = this.state;
    const rows = this.#rows.get(value)?.get(event.type);
    const row = rows?.find(({ guard }) => guard === undefined || guard({ context, event }));
    if (row === undefined) return;
    for (const action of row.actions) context = action({ context, event });
    this.state = { value: row.target ?? value, context };
  }

  load(state: VisitState): void {
    this.state = state;
  }
}

function actionOf(name: string, ask: Ask): Action {
  const update = UPDATES[name];
  if (update !== undefined) return (args) => ({ ...args.context, ...update(args) });
  const requestOf = sure(REQUESTS[name], `action ${name}`);
  return ({ context }) => {
    const request = requestOf(context);
    if (request !== undefined) ask(request);
    return context;
  };
}

/** What runs a visit: as XState does, or as a table, for thousands of pumps. */
export const VISITS = { xstate: ActorVisit, table: TableVisit };
export type VisitExecutor = keyof typeof VISITS;
