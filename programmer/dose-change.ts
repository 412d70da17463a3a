import { type DoseRate, type Mass, proportion } from '../shared/index.ts';
import { MOST_TIMES, signed, timesText } from './fields.ts';

/** A daily dose more than doubled, or less than halved, is asked about. Assumed: titration goes in smaller steps. */
const BIG_CHANGE = 2;

export const isBigChange = <Dose extends DoseRate | Mass>(before: Dose, after: Dose): boolean =>
  after > before * BIG_CHANGE || after * BIG_CHANGE < before;

/** The change of a dose in per cent of what it was: "+30 %"; from next to nothing as so many times as much: "×1800". */
export function shareWords(before: DoseRate, after: DoseRate): string {
  if (before === 0) return after === 0 ? '+0 %' : 'from no dose';
  if (after > before * MOST_TIMES) return timesText(BigInt(after), BigInt(before));
  const change = (BigInt(after - before) * 1_000_000n) / BigInt(before);
  const size = change < 0n ? -change : change;
  return signed(change, proportion.format(size, 1));
}
