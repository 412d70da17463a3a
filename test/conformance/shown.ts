const SHAPE = /^[+−-]?(\d+)(?:\.(\d+))? (ng|mcg|mg|nL|mcL|mL)(?:\/day)?$/;
/** Of ng or of nL. */
const UNITS: Readonly<Record<string, bigint>> = {
  ng: 1n,
  mcg: 1000n,
  mg: 1_000_000n,
  nL: 1n,
  mcL: 1000n,
  mL: 1_000_000n,
};

/** "8.5 mg/day" as ng, "2.5 mL" as nL; undefined where it is no amount or finer than that. */
export function shownAmount(text: string): bigint | undefined {
  const [, whole = '', decimals = '', unit = ''] = SHAPE.exec(text) ?? [];
  const scaled = BigInt(`${whole}${decimals}` || '0') * (UNITS[unit] ?? 0n);
  const base = 10n ** BigInt(decimals.length);
  return unit === '' || scaled % base !== 0n ? undefined : scaled / base;
}

/** A ratio to the nearest whole number, a half up. Neither is negative. */
export const roundedRatio = (amount: bigint, by: bigint): bigint => (2n * amount + by) / (2n * by);
