import type { Message } from './messages/message.ts';

/** One end of the telemetry link. Bytes, never objects; who answers answers while it is being asked. */
export interface Port {
  send(frame: Uint8Array): void;
  onFrame(take: (frame: Uint8Array) => void): void;
  /** Beside the bytes, where a link has it. */
  readonly handing?: Handing;
}

/** A way over a link on which nothing can happen, for runs that nobody looks at: what a frame would say, as it is. */
export interface Handing {
  /** Whether it can be used now. What is answered goes the way it was asked. */
  readonly isOpen: boolean;
  send(message: Message): void;
  onMessage(take: (message: Message) => void): void;
}
