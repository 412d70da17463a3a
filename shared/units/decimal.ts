/** A decimal as somebody wrote it: `digits / 10^decimals`. Keeping the digits keeps the precision meant. */
export interface Decimal {
  readonly digits: bigint;
  readonly decimals: number;
}

const SHAPE = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Parses "12", "0.40", "-3.5". Undefined where the text is no plain decimal or has over 30 digits. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = SHAPE.exec(text);
  if (match === null || text.length > 30) return undefined;
  const [, sign = '', units = '', fraction = ''] = match;
  const digits = BigInt(units + fraction);
  return { digits: sign === '-' ? -digits : digits, decimals: fraction.length };
}

/** `numerator / denominator` rounded half away from zero, as a count of 10^-decimals. */
export function roundRatio(numerator: bigint, denominator: bigint, decimals: number): bigint {
  const scaled = numerator * 10n ** BigInt(decimals);
  const half = denominator / 2n;
  return scaled < 0n ? -((-scaled + half) / denominator) : (scaled + half) / denominator;
}

/** Writes a count of 10^-decimals with a leading zero and, unless `keepZeros`, no trailing ones. */
export function showDecimal(count: bigint, decimals: number, keepZeros = false): string {
  const sign = count < 0n ? '-' : '';
  const text = (count < 0n ? -count : count).toString().padStart(decimals + 1, '0');
  const units = text.slice(0, text.length - decimals);
  const fraction = text.slice(text.length - decimals);
  const kept = keepZeros ? fraction : fraction.replace(/0+$/, '');
  return kept === '' ? sign + units : `${sign}${units}.${kept}`;
}
