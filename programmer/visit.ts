import { type AnyActorRef, createActor } from 'xstate';
import type { Volume, WallClock } from '../shared/index.ts';
import { type Ask, type VisitContext, type VisitEvent, visitMachine } from './visit-chart.ts';

export interface VisitState {
  readonly value: string;
  readonly context: VisitContext;
}

/** A running visit: events in, requests out through `ask`. */
export class Visit {
  readonly #machine: ReturnType<typeof visitMachine>;
  #actor: AnyActorRef;
  #failure: unknown;

  constructor(ask: Ask, serial: string | null, offered: Volume, wall: () => WallClock) {
    this.#machine = visitMachine(ask, serial, offered, wall);
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
