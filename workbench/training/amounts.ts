import {
  concentration,
  doseRate,
  fieldStrength,
  length,
  mass,
  parseDuration,
  proportion,
  rate,
  UnitError,
  volume,
} from '../../shared/index.ts';

const KINDS: Readonly<Record<string, (text: string) => number | bigint>> = {
  volume: volume.parse,
  rate: rate.parse,
  doseRate: doseRate.parse,
  mass: mass.parse,
  concentration: concentration.parse,
  proportion: proportion.parse,
  length: length.parse,
  field: fieldStrength.parse,
  time: parseDuration,
};

/** What a text is in the smallest unit of every kind of quantity it can be; nothing where it is none. */
export function amountsOf(text: string): ReadonlyMap<string, bigint> {
  const amounts = new Map<string, bigint>();
  for (const [kind, parse] of Object.entries(KINDS)) {
    try {
      amounts.set(kind, BigInt(parse(text)));
    } catch (error) {
      if (!(error instanceof UnitError)) throw error;
    }
  }
  return amounts;
}
