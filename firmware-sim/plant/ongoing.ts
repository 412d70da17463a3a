import type { Instant } from '../../shared/index.ts';

/** Something that happens by itself, again and again or once. */
export interface Ongoing {
  /** When it next does; undefined where nothing of it is under way. */
  readonly due: () => Instant | undefined;
  /** The trace record it follows from. */
  readonly because: () => number;
  readonly happen: () => void;
}
