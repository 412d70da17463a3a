declare const brand: unique symbol;

/** A number that knows its unit: only the factories and parsers of `units/` make one. */
export type Branded<Name extends string> = number & { readonly [brand]: Name };

/** The one place where a bare number becomes a branded one. */
export function whole<B extends Branded<string>>(value: number, what: string): B {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${what}: ${value} is not a whole number below 2^53`);
  return value as B;
}
