import { type AnyActorRef, createActor } from 'xstate';
import { type Ask, visitMachine } from './visit-chart.ts';
import type { Settings, VisitContext, VisitEvent } from './visit-context.ts';

export interface VisitState {
  readonly value: string;
  readonly context: VisitContext;
}

/** A running visit: events in, requests out through `ask`. */
export class Visit {
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
