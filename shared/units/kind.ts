import { type Branded, whole } from './brand.ts';
import { type Decimal, parseDecimal, roundRatio, showDecimal } from './decimal.ts';

/** What somebody wrote: the exact value, and the unit and decimals it was written with. */
export interface Written<T> {
  readonly text: string;
  readonly value: T;
  readonly unit: string;
  readonly decimals: number;
}

/** One physical quantity: how it is stored, parsed and shown. */
export interface Kind<T extends Branded<string>> {
  readonly name: string;
  /** An example for error messages and the schema. */
  readonly example: string;
  /** Every spelling of a unit that is accepted. */
  readonly units: readonly string[];
  /** From a count of the smallest unit. Throws RangeError where it is not a safe integer. */
  of(count: number): T;
  /** Parses "2.5 mL". Throws UnitError, saying what was expected. */
  parse(text: string): T;
  parseWritten(text: string): Written<T>;
  /** As `parseWritten`, for totals over a life: as large as it likes. */
  parseTotal(text: string): Written<bigint>;
  /** Leading zero, no trailing zeros, the unit always there. Rounded to `decimals` for people. */
  format(value: T | bigint, decimals?: number, unit?: string): string;
  /** The value as it would have been written with that unit and that many decimals. */
  formatLike(value: T | bigint, like: { unit: string; decimals: number }): string;
  /** Whether the value, rounded to the precision of what was written, is what was written. A written 0 is exact. */
  agrees(value: T | bigint, written: Written<T | bigint>): boolean;
}

/** A text that is no value of the quantity asked for. The message says what was expected. */
export class UnitError extends Error {
  override readonly name = 'UnitError';
}

/** No quantity takes more characters than this. */
export const LONGEST = 60;

const SHAPE = /^([+-]?\d+(?:\.\d+)?)\s*(\D.*)$/;

interface KindSpec {
  readonly name: string;
  readonly example: string;
  /** Unit → how many of the smallest unit it holds. The first is the one shown. */
  readonly units: Readonly<Record<string, bigint>>;
  /** Decimals shown to people unless asked otherwise. */
  readonly decimals: number;
  /** Most that may be written, in the smallest unit. */
  readonly most: bigint;
  readonly signed?: boolean;
}

export function defineKind<T extends Branded<string>>(spec: KindSpec): Kind<T> {
  const { name, units } = spec;
  const shown = Object.keys(units)[0] ?? '';
  const factor = (unit: string): bigint | undefined => (Object.hasOwn(units, unit) ? units[unit] : undefined);
  const expected = `expected ${name} such as "${spec.example}" (units: ${Object.keys(units).join(', ')})`;

  const exactly = (decimal: Decimal, per: bigint, text: string): bigint => {
    const scaled = decimal.digits * per;
    const base = 10n ** BigInt(decimal.decimals);
    if (scaled % base !== 0n) throw new UnitError(`"${text}" is finer than ${name} can be stored: ${expected}`);
    if (scaled < 0n && spec.signed !== true) throw new UnitError(`"${text}" is negative: ${expected}`);
    return scaled / base;
  };

  const parseTotal = (text: string): Written<bigint> => {
    if (text.length > LONGEST) throw new UnitError(`a text of ${text.length} characters: ${expected}`);
    const match = SHAPE.exec(text.trim().replaceAll(/[µμ]/g, 'mc'));
    const decimal = parseDecimal(match?.[1] ?? '');
    const unit = match?.[2]?.trim() ?? '';
    const per = factor(unit);
    if (decimal === undefined || per === undefined) throw new UnitError(`"${text.slice(0, 60)}": ${expected}`);
    return { text, value: exactly(decimal, per, text), unit, decimals: decimal.decimals };
  };

  const parseWritten = (text: string): Written<T> => {
    const { value, ...written } = parseTotal(text);
    if (value > spec.most || value < -spec.most) throw new UnitError(`"${text}" is too large: ${expected}`);
    return { ...written, value: whole<T>(Number(value), name) };
  };

  const formatLike = (value: T | bigint, like: { unit: string; decimals: number }): string => {
    const per = factor(like.unit);
    if (per === undefined) throw new UnitError(`"${like.unit}" is no unit of ${name}`);
    return `${showDecimal(roundRatio(BigInt(value), per, like.decimals), like.decimals, true)} ${like.unit}`;
  };

  return {
    name,
    example: spec.example,
    units: Object.keys(units),
    of: (count) => whole<T>(count, name),
    parse: (text) => parseWritten(text).value,
    parseWritten,
    parseTotal,
    format: (value, decimals = spec.decimals, unit = shown) => {
      const per = factor(unit);
      if (per === undefined) throw new UnitError(`"${unit}" is no unit of ${name}`);
      return `${showDecimal(roundRatio(BigInt(value), per, decimals), decimals)} ${unit}`;
    },
    formatLike,
    agrees: (value, written) => {
      if (BigInt(written.value) === 0n) return BigInt(value) === 0n;
      return formatLike(value, written) === formatLike(written.value, written);
    },
  };
}
