import type { Json } from '../../shared/index.ts';
import type { Wanted } from './json.ts';

/** A frame a station sent to the pump. */
export interface Frame {
  readonly from: string;
  readonly name: string;
  readonly session: number;
  readonly sequence: number;
  readonly payload: Json;
}

/** What the pump must answer, and what the checker learns from how it did. */
export interface Answer {
  readonly to: string;
  readonly name: string;
  readonly payload: Wanted;
  readonly learn?: (payload: Json) => void;
  /** The answer to an earlier command that it hands on. */
  readonly recalled?: Said;
}

/** An answer, whoever it is for. */
export type Said = Omit<Answer, 'to'>;

export const refusal = (
  code: string,
  also: readonly string[] = [],
  until: number | null = null,
): { readonly name: string; readonly payload: Wanted } => ({
  name: 'refusal',
  payload: { code, also, until, shortest: null },
});
