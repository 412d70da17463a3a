import type { z } from 'zod';
import type { Act } from '../act.ts';
import { readBy } from './issues.ts';
import { step } from './schema.ts';
import { actOf } from './story.ts';

/** An act as a step of a scenario says it, such as `{ clinician: 'interrogate' }`. */
export type WrittenAct = Pick<z.input<typeof step>, 'clinician' | 'patient' | 'hands' | 'world'>;

/** Something written in the vocabulary of scenarios that cannot be used: what, where in it, what was expected. */
export class WrittenError extends Error {
  override readonly name = 'WrittenError';
}

/** Reads what stands in code as it would stand in a scenario file. `what` begins every line of the message. */
export function readWritten<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  // In code there is no line to point at: the stack does.
  const parsed = readBy(schema, value);
  if (parsed.success) return parsed.data;
  throw new WrittenError(parsed.problems.map(({ message }) => `${what}: ${message}`).join('\n'));
}

/** Reads an act that is written as in a step of a scenario. Throws WrittenError where it cannot be used. */
export function readAct(written: WrittenAct): Act {
  // From JavaScript anything may come.
  const { clinician, patient, hands, world }: WrittenAct = written ?? {};
  const given = Object.entries({ clinician, patient, hands, world }).filter(([, each]) => each !== undefined);
  const act = given.length > 0 ? actOf(readWritten(step, Object.fromEntries(given), 'act')) : undefined;
  if (act === undefined) throw new WrittenError('act: expected one of clinician, patient, hands, world');
  return act;
}
