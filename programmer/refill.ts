import { type Proportion, proportion, type Volume, volume } from '../shared/index.ts';
import { type Fields, signed } from './fields.ts';

/** The last refill of a visit: what the pump expected, what was aspirated, what was entered, now and before. */
export interface Refill {
  readonly expected: Volume;
  readonly aspirated: Volume | null;
  readonly entered: Volume;
  /** What had been programmed since the fill before; null where there was none. */
  readonly commanded: Volume | null;
}

/** A larger difference is spoken of, whatever its share. */
const MOST_DIFFERENCE = volume.parse('2 mL');

interface Discrepancy {
  /** Aspirated less expected, in units of volume. */
  readonly difference: number;
  /**
   * What is missing as a share of what was programmed since the fill, in parts per million: of a moment's drop as large
   * as it likes.
   */
  readonly share: bigint | undefined;
}

function discrepancyOf({ expected, aspirated, commanded }: Refill): Discrepancy | undefined {
  if (aspirated === null) return undefined;
  const missing = BigInt(expected - aspirated);
  const share = commanded ? (missing * 1_000_000n) / BigInt(commanded) : undefined;
  return { difference: aspirated - expected, share };
}

const sizeText = (difference: number): string => signed(difference, volume.format(volume.of(Math.abs(difference)), 2));
const sizeOf = (share: bigint): bigint => (share < 0n ? -share : share);
const shareText = (share: bigint): string => signed(share, proportion.format(sizeOf(share), 1));

const LESS =
  'less came back than expected: more was delivered than programmed (over-infusion), or less filled than entered';
const MORE =
  'more came back than expected: less was delivered than programmed (under-infusion), or more filled than entered';

/** What the direction of a difference may mean. */
function directionOf(difference: number): string {
  if (difference === 0) return 'as expected';
  return difference < 0 ? LESS : MORE;
}

export function putRefill(fields: Fields, refill: Refill): void {
  fields.amount('refillExpected', refill.expected);
  const found = discrepancyOf(refill);
  if (found !== undefined && refill.aspirated !== null) {
    fields.amount('refillAspirated', refill.aspirated);
    fields.put('refillDiscrepancy', sizeText(found.difference));
    if (found.share !== undefined) fields.put('refillShare', shareText(found.share));
    fields.put('refillDirection', directionOf(found.difference));
  }
  fields.amount('refillEntered', refill.entered);
}

/** What is said of a difference above 2 mL, or a share above the labelled accuracy of the flow. */
export function refillWarnings(refill: Refill, accuracy: Proportion): string[] {
  const found = discrepancyOf(refill);
  if (found === undefined) return [];
  const { difference, share } = found;
  const flagged = Math.abs(difference) > MOST_DIFFERENCE || (share !== undefined && sizeOf(share) > BigInt(accuracy));
  if (!flagged) return [];
  const ofProgrammed = share === undefined ? '' : `, ${shareText(share)} of what was programmed since the fill`;
  return [`Aspirated and expected volume differ by ${sizeText(difference)}${ofProgrammed}: ${directionOf(difference)}`];
}
