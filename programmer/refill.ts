import {
  DISCREPANCY_REASON_CODES,
  DISCREPANCY_REASONS,
  type DiscrepancyReason,
  type Discrepancy as Kept,
  type LogRecord,
  MOST_COMMANDED,
  type Proportion,
  proportion,
  type Volume,
  volume,
} from '../shared/index.ts';
import { type Fields, MOST_TIMES, signed, timesText } from './fields.ts';

/** The last refill of a visit: what the pump expected, what was aspirated, what was entered, now and before. */
export interface Refill {
  readonly expected: Volume;
  readonly aspirated: Volume | null;
  /** null before anything is. */
  readonly entered: Volume | null;
  /** What had been programmed since the fill before; null where there was none. */
  readonly commanded: Volume | null;
  /** What was noted beside the reason of a difference. */
  readonly note?: string | undefined;
}

/** A larger difference is spoken of, whatever its share. */
const MOST_DIFFERENCE = volume.parse('2 mL');
/** All of it, as a share. */
export const WHOLE = 1_000_000n;
/** A smaller one no syringe shows: of a moment's drop it may be any share. Assumed: the last digit that is shown. */
const LEAST_DIFFERENCE = volume.parse('0.01 mL');

interface Discrepancy {
  /** Aspirated minus expected, in units of volume. */
  readonly difference: number;
  /**
   * What is missing as a share of what was programmed since the fill, in parts per million: of a moment's drop as large
   * as it likes.
   */
  readonly share: bigint | undefined;
}

export function discrepancyOf({ expected, aspirated, commanded }: Omit<Refill, 'entered'>): Discrepancy | undefined {
  if (aspirated === null) return undefined;
  const missing = BigInt(expected - aspirated);
  const isKnown = commanded !== null && commanded > 0 && commanded < MOST_COMMANDED;
  const share = isKnown ? (missing * WHOLE) / BigInt(commanded) : undefined;
  return { difference: aspirated - expected, share };
}

const sizeText = (difference: number): string => signed(difference, volume.format(volume.of(Math.abs(difference)), 2));
const sizeOf = (share: bigint): bigint => (share < 0n ? -share : share);
const shareText = (share: bigint): string =>
  sizeOf(share) > WHOLE * BigInt(MOST_TIMES)
    ? timesText(sizeOf(share), WHOLE)
    : signed(share, proportion.format(sizeOf(share), 1));

const LESS =
  'less came back than expected: more was delivered than programmed (over-infusion), or less filled than entered';
const MORE =
  'more came back than expected: less was delivered than programmed (under-infusion), or more filled than entered';

/** Of a first fill nothing need be said: there was none before it to differ from. */
const NOT_MEASURED = 'unknown: no volume was aspirated or measured, so that none can be judged';

/** Whether a reason may be why: as much less, or more, came back as it says. */
export function explains(reason: DiscrepancyReason, { expected, aspirated }: Refill): boolean {
  const { came } = DISCREPANCY_REASONS[reason];
  if (came === 'either' || aspirated === null) return true;
  return came === 'less' ? aspirated < expected : aspirated > expected;
}

const WITHIN = 'no more than 2 mL, nor than the flow may be off by its labelled accuracy';

/** What the direction of a difference may mean; of one that is not flagged, that it need mean nothing. */
function directionOf(difference: number, flagged: boolean): string {
  if (Math.abs(difference) < LEAST_DIFFERENCE) return 'as expected';
  if (!flagged) return WITHIN;
  return difference < 0 ? LESS : MORE;
}

/** What is chosen where no cause is known, or one that is none of the others: no cause itself. */
const NO_CAUSE: readonly DiscrepancyReason[] = ['unknown', 'other'];

/** Every cause there can be for such a difference. */
function causesOf(difference: number): string {
  const came = difference < 0 ? 'less' : 'more';
  return DISCREPANCY_REASON_CODES.filter((code) => !NO_CAUSE.includes(code))
    .map((code) => DISCREPANCY_REASONS[code])
    .filter((reason) => reason.came === came || reason.came === 'either')
    .map(({ text }) => text)
    .join('; ');
}

/**
 * Whether a difference is above 2 mL, or one that a syringe shows and as a share of what was programmed above the
 * labelled accuracy of the flow.
 */
export function isFlagged(refill: Omit<Refill, 'entered'>, accuracy: Proportion): boolean {
  const found = discrepancyOf(refill);
  if (found === undefined) return false;
  const { difference, share } = found;
  const size = Math.abs(difference);
  if (size < LEAST_DIFFERENCE) return false;
  return size > MOST_DIFFERENCE || (share !== undefined && sizeOf(share) > BigInt(accuracy));
}

/**
 * Whether what came back differs by more than the flow may be off by its labelled accuracy; where nobody knows what was
 * programmed, by more than 2 mL.
 */
export function isBeyond(refill: Omit<Refill, 'entered'>, accuracy: Proportion): boolean {
  const share = discrepancyOf(refill)?.share;
  return isFlagged(refill, accuracy) && (share === undefined || sizeOf(share) > BigInt(accuracy));
}

const differenceWords = (kept: Kept): string => {
  const { difference = 0, share } = discrepancyOf(kept) ?? {};
  return share === undefined ? sizeText(difference) : `${sizeText(difference)} (${shareText(share)})`;
};

/** What was found at the last refills, as the pump has kept it. */
export function putTrend(fields: Fields, kept: readonly Kept[]): void {
  const last = kept.at(-1);
  if (last === undefined) return;
  fields.put('discrepancyTrend', kept.map(differenceWords).join(', '));
  if (last.reason !== null) fields.put('discrepancyReason', DISCREPANCY_REASONS[last.reason].text, last.reason);
}

/** What was noted beside the reason of a difference: the pump keeps it in its log alone. */
export interface Noted extends Pick<Kept, 'expected' | 'aspirated'> {
  readonly serial: string;
  readonly note: string;
}

/** What a log that was read has noted at refills of its pump. */
export const notedIn = (log: readonly LogRecord[], serial: string): readonly Noted[] =>
  log.flatMap(({ kind, data: { expected, aspirated, note } }) =>
    kind === 'discrepancyNoted' &&
    typeof expected === 'number' &&
    typeof aspirated === 'number' &&
    typeof note === 'string' &&
    note !== ''
      ? [{ serial, expected: volume.of(expected), aspirated: volume.of(aspirated), note }]
      : [],
  );

/** The same as rows of a table: when, expected, aspirated, the difference, its reason and what was noted of it. */
export const trendRows = (
  kept: readonly Kept[],
  noted: readonly Noted[],
  when: (at: Kept['at']) => string,
): string[][] =>
  kept.map((each) => [
    when(each.at),
    volume.format(each.expected),
    volume.format(each.aspirated),
    differenceWords(each),
    each.reason === null ? '' : `${DISCREPANCY_REASONS[each.reason].text}${noteOf(each, noted)}`,
  ]);

function noteOf({ expected, aspirated }: Kept, noted: readonly Noted[]): string {
  const found = noted.findLast((each) => each.expected === expected && each.aspirated === aspirated);
  return found === undefined ? '' : `; noted: ${found.note}`;
}

export function putRefill(fields: Fields, refill: Refill, accuracy: Proportion): void {
  const flagged = isFlagged(refill, accuracy);
  fields.amount('refillExpected', refill.expected);
  const found = discrepancyOf(refill);
  if (found !== undefined && refill.aspirated !== null) {
    fields.amount('refillAspirated', refill.aspirated);
    fields.put('refillDiscrepancy', sizeText(found.difference));
    if (found.share !== undefined) fields.put('refillShare', shareText(found.share));
    fields.put('refillDirection', directionOf(found.difference, flagged));
    if (flagged) fields.put('refillCauses', causesOf(found.difference));
  } else if (refill.commanded !== null) fields.put('refillDiscrepancy', NOT_MEASURED);
  if (refill.note !== undefined) fields.put('refillNote', refill.note);
  if (refill.entered !== null) fields.amount('refillEntered', refill.entered);
}

/** What is said of a difference above 2 mL, or a share above the labelled accuracy of the flow. */
export function refillWarnings(refill: Refill, accuracy: Proportion): string[] {
  const found = discrepancyOf(refill);
  if (found === undefined) return [];
  const { difference, share } = found;
  if (!isFlagged(refill, accuracy)) return [];
  const ofProgrammed = share === undefined ? '' : `, ${shareText(share)} of what was programmed since the fill`;
  return [
    `Aspirated and expected volume differ by ${sizeText(difference)}${ofProgrammed}: ${directionOf(difference, true)}`,
  ];
}
