/** Things to do that one of many has brought, in their order. */
export interface Line {
  /** Stands in line with something to do. */
  add(work: () => void): void;
  readonly length: number;
  /** Takes back all that has not been done. */
  clear(): void;
}

/**
 * Gives each of many its turn: one thing of each, then the event loop goes on, then the next. However much one of
 * them brings at once, it is itself that waits for it.
 */
export class Turns {
  #lines: (() => void)[][] = [];
  #next: NodeJS.Immediate | undefined;
  #stopped = false;

  line(): Line {
    const waiting: (() => void)[] = [];
    return {
      add: (work) => {
        if (this.#stopped) return;
        waiting.push(work);
        if (waiting.length === 1) this.#lines.push(waiting);
        this.#next ??= setImmediate(() => this.#turn());
      },
      get length() {
        return waiting.length;
      },
      clear: () => {
        this.#lines = this.#lines.filter((line) => line !== waiting);
        waiting.length = 0;
      },
    };
  }

  /** Nothing that waits is done any more. */
  stop(): void {
    this.#stopped = true;
    this.#lines = [];
    clearImmediate(this.#next);
  }

  #turn(): void {
    const line = this.#lines.shift();
    const work = line?.shift();
    if (line !== undefined && line.length > 0) this.#lines.push(line);
    this.#next = this.#lines.length === 0 ? undefined : setImmediate(() => this.#turn());
    work?.();
  }
}
