import { type ConditionCode, type Mode, type ReservoirState, sure } from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { declaredIn, policyOf } from './conditions.ts';
import type { Reason } from './refusal.ts';

/*
 * What delivery may do, in one place: the level of the reservoir and every declared condition each allow so much, and
 * the most restrictive wins.
 */

/** From the least restrictive to the most. */
const ALLOWED = ['boluses', 'basal', 'defaultSchedule', 'minimumRate', 'nothing'] as const;
export type Allowed = (typeof ALLOWED)[number];

/** What stands in the way of delivery: a level of the reservoir, or a condition. */
export type Cause = 'lowReservoir' | 'emptyReservoir' | ConditionCode;

interface Limit {
  readonly cause: Cause;
  readonly allows: Allowed;
}

const OF_POLICY = {
  none: 'boluses',
  basalOnly: 'basal',
  defaultSchedule: 'defaultSchedule',
  minimumRate: 'minimumRate',
  stop: 'nothing',
} as const;

const MODE_OF = {
  boluses: 'basal',
  basal: 'basal',
  defaultSchedule: 'defaultSchedule',
  minimumRate: 'minimumRate',
  nothing: 'stopped',
} as const satisfies Record<Allowed, Mode>;

/** What a level and the conditions declared each allow, levels first. */
function limitsOn(context: PumpContext, level: ReservoirState): readonly Limit[] {
  const [ofLevel, declared] = [limitsOfLevel(context, level), declaredIn(context)];
  if (declared.length === 0) return ofLevel;
  return [...ofLevel, ...declared.map((cause): Limit => ({ cause, allows: OF_POLICY[policyOf(context, cause)] }))];
}

const NONE: readonly Limit[] = [];

function limitsOfLevel({ profile, memoryFailed }: PumpContext, level: ReservoirState): readonly Limit[] {
  const { emptyPolicy, lowReservoirPolicy, safeState } = profile;
  // A pump that has lost its memory knows of no level, and has its own rates.
  if (memoryFailed !== null)
    return [{ cause: 'emptyReservoir', allows: safeState === 'defaultSchedule' ? safeState : 'minimumRate' }];
  const empty = { run: 'basal', minimumRate: 'minimumRate', stop: 'nothing' } as const;
  const low = { alarm: 'boluses', basalOnly: 'basal', minimumRate: 'minimumRate' } as const;
  if (level === 'normal') return NONE;
  if (level === 'low') return [{ cause: 'lowReservoir', allows: low[lowReservoirPolicy] }];
  // An empty reservoir is a low one too.
  return [{ cause: 'emptyReservoir', allows: mostRestrictive([empty[emptyPolicy], low[lowReservoirPolicy]]) }];
}

const mostRestrictive = (all: readonly Allowed[]): Allowed =>
  all.reduce((most, each) => (ALLOWED.indexOf(each) > ALLOWED.indexOf(most) ? each : most), 'boluses');

/** The most that delivery may do at a level. */
export const allowedAt = (context: PumpContext, level: ReservoirState): Allowed =>
  mostRestrictive(limitsOn(context, level).map(({ allows }) => allows));

/** The mode that is left at a level. */
export const modeAtLevel = (context: PumpContext, level: ReservoirState): Mode => MODE_OF[allowedAt(context, level)];

/** Whether a level and the conditions leave room for a bolus. */
export const bolusAtLevel = (context: PumpContext, level: ReservoirState): boolean =>
  allowedAt(context, level) === 'boluses';

/** What allows no more than so much, first the level, then conditions in the order they were sensed. */
export const causesOf = (context: PumpContext, level: ReservoirState, most: Allowed): readonly Cause[] =>
  limitsOn(context, level)
    .filter(({ allows }) => ALLOWED.indexOf(allows) >= ALLOWED.indexOf(most))
    .map(({ cause }) => cause);

/** Why nothing may be delivered at a level. */
export const whyStopped = (context: PumpContext, level: ReservoirState): 'emptyReservoir' | ConditionCode =>
  sure(
    causesOf(context, level, 'nothing').find((cause) => cause !== 'lowReservoir'),
    'reason to stop',
  );

/** The declared conditions that allow no more than so much, as reasons against what would be more. */
export const conditionsAgainst = (context: PumpContext, most: Allowed): readonly Reason[] =>
  causesOf(context, 'normal', most).flatMap((cause) => (cause === 'emptyReservoir' ? [] : [{ code: cause }]));
