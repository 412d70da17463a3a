import type { Json } from './json.ts';

export const LAYERS = ['act', 'programmer', 'link', 'firmware', 'plant'] as const;
export type Layer = (typeof LAYERS)[number];

/**
 * Where parts say what happened. Records are numbered from 1; 0 means "no record". What is said here is for
 * the trace alone: no part may decide anything by it.
 */
export interface Witness {
  /** Writes a record caused by the current cause and returns its number. */
  tell(layer: Layer, kind: string, data: Json): number;
  /** What is told while `work` runs was caused by record `cause`. */
  because<T>(cause: number, work: () => T): T;
  /** The record that caused what happens now. */
  readonly cause: number;
  /** Whether anybody listens to records of a kind. Where nobody does, what takes work to put together may be told as null. */
  hears(kind: string): boolean;
}

/** A witness that keeps nothing, for runs nobody looks at. */
export const silent: Witness = { tell: () => 0, because: (_, work) => work(), cause: 0, hears: () => false };
