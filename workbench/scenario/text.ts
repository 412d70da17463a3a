import { z } from 'zod';
import {
  type Branded,
  type Duration,
  type Kind,
  parseWallClock,
  parseWrittenDuration,
  UnitError,
  type WallClock,
  type Written,
} from '../../shared/index.ts';

/*
 * Values as people write them in a scenario. Each is a text with its unit; what cannot be read says what
 * was expected.
 */

function text<T>(what: string, example: string, parse: (text: string) => T) {
  return z
    .string({ error: () => `expected ${what} such as "${example}"` })
    .meta({ description: what, examples: [example] })
    .transform((value, context): T => {
      try {
        return parse(value);
      } catch (error) {
        if (!(error instanceof UnitError)) throw error;
        context.issues.push({ code: 'custom', message: error.message, input: value });
        return z.NEVER;
      }
    });
}

/** A quantity, exact. */
export const quantity = <T extends Branded<string>>(kind: Kind<T>) => text(kind.name, kind.example, kind.parse);

/** A quantity with the precision it was written with. */
export const written = <T extends Branded<string>>(kind: Kind<T>) => text(kind.name, kind.example, kind.parseWritten);

/** A total over a life, with the precision it was written with. */
export const writtenTotal = <T extends Branded<string>>(kind: Kind<T>) =>
  text(kind.name, kind.example, kind.parseTotal);

export const writtenSpan = text('a span of time', '62d 4h', parseWrittenDuration);
export const span = writtenSpan.transform(({ value }: Written<Duration>): Duration => value);

export const wallClock = text('a date and time', '2026-01-05 08:00', (value): WallClock => {
  const clock = parseWallClock(value);
  if (clock === undefined) throw new UnitError(`"${value}": expected a date and time such as "2026-01-05 08:00"`);
  return clock;
});

/** An object that takes exactly these keys, and says so. */
export function keys<S extends z.core.$ZodLooseShape>(shape: S) {
  const names = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `unknown key "${issue.keys[0]}": expected one of ${names}` : undefined,
  });
}
