import type { Duration, Instant, Refusal, RefusalCode } from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';

/** A reason that applies, and when it ends by itself, if it does. */
export interface Reason {
  readonly code: RefusalCode;
  readonly until?: Instant | undefined;
  readonly shortest?: Duration | undefined;
}

/** The reason why a pump whose memory has failed has nothing to go by. */
export const forgotten = ({ memoryFailed }: PumpContext): Reason | false =>
  memoryFailed !== null && { code: 'memoryFailed' };

/** The reason why a pump takes no programming: its memory has failed, or an error has locked it. It comes before all others. */
export const unprogrammable = (context: PumpContext): Reason | false =>
  forgotten(context) || (context.memoryLocked !== null && { code: 'memoryLocked' });

/** The first reason is the answer, all are told, each once: two boluses may be too fast. Undefined where there is none. */
export function refuse(reasons: readonly (Reason | undefined | false)[]): Refusal | undefined {
  const applying = reasons.filter((reason) => reason !== undefined && reason !== false);
  const [first, ...others] = applying;
  if (first === undefined) return undefined;
  return {
    code: first.code,
    also: [...new Set(others.map(({ code }) => code))].filter((code) => code !== first.code),
    until: first.until ?? null,
    shortest: first.shortest ?? null,
  };
}
