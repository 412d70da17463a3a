import type { Asked, AskName, Shown } from '../../page/worker/protocol.ts';

declare global {
  /** The page's way to its worker, in whatever is evaluated there. */
  var thecal: {
    ask<A extends AskName>(ask: A, give: Asked[A]['gives']): Promise<Asked[A]['gets']>;
    readonly shown: Shown | undefined;
    settled(): Promise<void>;
  };
}
