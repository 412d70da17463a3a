import { z } from 'zod';
import {
  type Branded,
  type Duration,
  span as durationOf,
  expectedOne,
  found,
  type Kind,
  parseWallClock,
  parseWrittenDuration,
  proportion,
  UnitError,
  type Volume,
  volume,
  type WallClock,
  type Written,
} from '../../shared/index.ts';

export { found, keys } from '../../shared/index.ts';

/*
 * Values as people write them in a scenario. Each is a text with its unit; what cannot be read says what
 * was expected.
 */

/** One of a few words; anything else is shown beside them. */
export const oneWordOf = <const W extends readonly [string, ...string[]]>(words: W) =>
  z.enum(words, {
    error: ({ input }) => `${input === undefined ? 'is missing: ' : found(input)}${expectedOne(words, input)}`,
  });

function text<T>(what: string, example: string, parse: (text: string) => T) {
  return z
    .string({ error: ({ input }) => `${found(input)}expected ${what} such as "${example}"` })
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

/** A share of many, in parts per million. */
export const share = (of: string) =>
  text(`a share of ${of}`, '10 %', (value) => {
    const [number] = /^[\d.]+ ?%$/.exec(value) ?? [];
    const read = number === undefined ? undefined : proportion.parse(number);
    if (read !== undefined && read <= 1_000_000) return read;
    throw new UnitError(`"${value}": expected a share of ${of} from "0 %" to "100 %"`);
  });

/** A quantity with the precision it was written with. */
export const written = <T extends Branded<string>>(kind: Kind<T>) => text(kind.name, kind.example, kind.parseWritten);

/** A total over a life, with the precision it was written with. */
export const writtenTotal = <T extends Branded<string>>(kind: Kind<T>) =>
  text(kind.name, kind.example, kind.parseTotal);

export const writtenSpan = text('a span of time', '62d 4h', parseWrittenDuration);
export const span = writtenSpan.transform(({ value }: Written<Duration>): Duration => value);

/** A quantity that may be written in one of two kinds, such as a dose or a volume. */
export function either<A, B>(
  a: (text: string) => A,
  b: (text: string) => B,
  what: string,
  examples: readonly string[],
) {
  const expected = `${what} such as ${examples.map((example) => `"${example}"`).join(' or ')}`;
  const text = z.string({ error: () => `expected ${expected}` }).meta({ description: what, examples: [...examples] });
  return text.transform((value, context): A | B => {
    for (const parse of [a, b]) {
      try {
        return parse(value);
      } catch (error) {
        if (!(error instanceof UnitError)) throw error;
      }
    }
    context.issues.push({ code: 'custom', message: `"${value}": expected ${expected}`, input: value });
    return z.NEVER;
  });
}

/** A time of day, in milliseconds after midnight. */
export const timeOfDay = text('a time of day', '08:00', (value): Duration => {
  const match = /^(\d{2}):(\d{2})$/.exec(value);
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || hour > 23 || minute > 59)
    throw new UnitError(`"${value}": expected a time of day such as "08:00"`);
  return durationOf((hour * 60 + minute) * 60_000);
});

/** A span of time that may be negative, in milliseconds. */
export const signedSpan = text('a span of time with its sign', '+1h', (value): number => {
  const sign = /^[+-]/.exec(value)?.[0];
  if (sign === undefined)
    throw new UnitError(`"${value}": expected a span of time with its sign, such as "+1h" or "-6h"`);
  const size = parseWrittenDuration(value.slice(1)).value;
  return sign === '-' ? -size : size;
});

/** A change in per cent, in parts per million. */
export const signedShare = text('a change in per cent with its sign', '+10 %', (value) => {
  const read = /^[+-]/.test(value) ? proportion.parse(value) : undefined;
  if (read !== undefined && read >= -1_000_000) return read;
  throw new UnitError(`"${value}": expected a change in per cent with its sign, such as "+10 %" or "-20 %"`);
});

/** A volume that may be negative. */
export const signedVolume = text('a volume with its sign', '+1 mL', (value): Volume => {
  const sign = /^[+-]/.exec(value)?.[0];
  if (sign === undefined)
    throw new UnitError(`"${value}": expected a volume with its sign, such as "+1 mL" or "-0.5 mL"`);
  const size = volume.parse(value.slice(1).trim());
  return sign === '-' ? volume.of(0 - size) : size;
});

export const wallClock = text('a date and time', '2026-01-05 08:00', (value): WallClock => {
  const clock = parseWallClock(value);
  if (clock === undefined) throw new UnitError(`"${value}": expected a date and time such as "2026-01-05 08:00"`);
  return clock;
});

/**
 * The JSON Schema of something as people write it. Of what is transformed as it is read, Zod leaves `examples` out,
 * because it takes them for what comes of it: here those are given as `written`. What stands in many places is written out
 * in each, unless `reused` says otherwise.
 */
export function writtenJsonSchema(
  schema: z.ZodType,
  reused: 'inline' | 'ref' = 'inline',
): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    reused,
    override: ({ jsonSchema }) => {
      const { written: examples } = jsonSchema;
      delete jsonSchema['written'];
      if (Array.isArray(examples)) jsonSchema.examples = examples;
    },
  });
}
