import {
  DISCREPANCY_REASONS,
  type Discrepancy,
  type Instant,
  MOST_COMMANDED,
  type OverBasal,
  type Proportion,
  proportion,
  type Status,
  showDate,
  volume,
} from '../shared/index.ts';
import { type Fields, MOST_TIMES } from './fields.ts';
import { fallsTo } from './forecast.ts';
import { hasLostMemory } from './lost-memory.ts';
import { discrepancyOf, isBeyond, WHOLE } from './refill.ts';
import { localTimeOf, type VisitContext } from './visit-context.ts';

/*
 * A pump counts what it was told to deliver. What the last refill showed of what it did deliver is said wherever dates
 * and doses are shown, in every session until a later refill agrees.
 */

/** What the last refill showed, where it is more than the labelled accuracy of the flow allows. */
interface FlowFound {
  readonly last: Discrepancy;
  /** Aspirated minus expected, in units of volume. */
  readonly difference: number;
  /** How much more than programmed seems to have flowed, in parts per million; undefined where nobody can tell. */
  readonly share: bigint | undefined;
}

function flowFound(status: Status, accuracy: Proportion): FlowFound | undefined {
  const last = status.discrepancies.at(-1);
  // What a pump without its memory tells is not what it holds.
  if (last === undefined || hasLostMemory(status.alarms) || !isBeyond(last, accuracy)) return undefined;
  const { difference, share } = discrepancyOf(last) ?? {};
  if (difference === undefined) return undefined;
  const isFlow = share !== undefined && share <= WHOLE * BigInt(MOST_TIMES) && share >= -WHOLE;
  return { last, difference, share: isFlow ? share : undefined };
}

/**
 * When the reservoir will be low if as much more flows than is programmed as before the last refill: what was filled
 * lasts for so much less of what is programmed. With all allotted boluses: the earlier is to be known. Undefined where
 * no more flowed, and where the pump itself has no date.
 */
function lowAsFlowed(status: Status, share: bigint | undefined, rules: OverBasal): Instant | undefined {
  const { prescription, sinceFill, stopped, volume: left, now } = status;
  if (share === undefined || share <= 0n || prescription === null || sinceFill === null || stopped !== null)
    return undefined;
  const { lowReservoir } = prescription;
  if (left <= lowReservoir || sinceFill.commanded >= MOST_COMMANDED) return undefined;
  const filled = BigInt(left) + BigInt(sinceFill.commanded);
  const lasts = ((filled - BigInt(lowReservoir)) * WHOLE) / (WHOLE + share);
  const mark = volume.of(Number(filled - lasts));
  return left <= mark ? now : fallsTo(mark, status, 'all', rules);
}

/** Less came back where more had flowed, and the other way round. */
const wordsOf = (difference: number) => (difference < 0 ? (['less', 'more'] as const) : (['more', 'less'] as const));

/** What the last refill showed, and the earlier date where more flows. */
export function putFlowFound(fields: Fields, context: VisitContext): void {
  const text = flowFoundText(context);
  if (text === undefined) return;
  fields.put('flowFound', text);
  const at = lowAsFlowedIn(context);
  if (at !== undefined) fields.put('lowReservoirDateAsFlowed', showDate(localTimeOf(context, at)));
}

function lowAsFlowedIn({ status, settings }: VisitContext): Instant | undefined {
  if (status === null) return undefined;
  return lowAsFlowed(status, flowFound(status, settings.flowAccuracy)?.share, settings.dayRules);
}

/** The same in one sentence, as it is warned of; undefined where the last refill agreed, or there was none. */
export function flowFoundText(context: VisitContext): string | undefined {
  const { status, settings } = context;
  const found = status === null ? undefined : flowFound(status, settings.flowAccuracy);
  if (found === undefined) return undefined;
  const { last, difference, share } = found;
  const [came, flowed] = wordsOf(difference);
  const size = volume.format(volume.of(Math.abs(difference)), 2);
  const asIf =
    share === undefined
      ? ''
      : `, as if ${proportion.format(share < 0n ? -share : share, 1)} ${flowed} had flowed than was programmed`;
  const stated = last.reason === null ? undefined : DISCREPANCY_REASONS[last.reason].text;
  const why = stated === undefined ? '' : ` (${last.reason === 'unknown' ? stated : `reason stated: ${stated}`})`;
  const at = lowAsFlowedIn(context);
  const date =
    at === undefined ? '' : `; if it goes on so, the reservoir is low by ${showDate(localTimeOf(context, at))}`;
  return `At the refill of ${showDate(localTimeOf(context, last.at))}, ${size} ${came} came back than expected${asIf}${why}. DATES AND DOSES COUNT WHAT IS PROGRAMMED: the patient may get ${flowed}${date}`;
}
