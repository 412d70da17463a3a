import { type DeviceProfile, delivered, type Instant, type Mode, type Opening } from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { conditionsAgainst } from './allowed.ts';
import { leftAt } from './delivery.ts';
import { isDelayed } from './opening.ts';
import { amountReasons, tooFast } from './prescription.ts';
import { wallAt } from './program.ts';
import { type Reason, refuse } from './refusal.ts';
import { levelAt } from './reservoir.ts';

/*
 * What is checked before a prescription with an opening may take effect. An opening begins with the commit or not at
 * all: where the program would not run then, the prescription is refused.
 */

/** What stands against an opening as long as nothing is delivered for it, where delivery would be of a mode. */
export function judgeOpening(context: PumpContext, opening: Opening | null, mode: Mode, at: Instant) {
  return opening === null
    ? undefined
    : refuse([...fillingReasons(context, opening, at), mode !== 'basal' && { code: 'openingHeld' }]);
}

/** The same, with what time may bring between a commit and what came before it. */
export function judgeStagedOpening(context: PumpContext, opening: Opening | null, mode: Mode, at: Instant) {
  const wall = wallAt(context, at);
  const past = opening?.type === 'delayed' && wall !== undefined && opening.until <= wall;
  return judgeOpening(context, opening, mode, at) ?? refuse([past && { code: 'startInPast' }]);
}

function fillingReasons(context: PumpContext, opening: Opening, at: Instant): (Reason | false)[] {
  if (opening.type === 'delayed') return [];
  const level = levelAt(context, at);
  const amount = delivered(opening.rate, opening.duration);
  return [
    ...settingReasons(context.profile, opening),
    level === 'empty' && { code: 'emptyReservoir' },
    level !== 'empty' && BigInt(leftAt(context, at)) < amount && { code: 'tooLittleLeft' },
    level === 'low' && context.profile.lowReservoirPolicy !== 'alarm' && { code: 'lowReservoir' },
    ...conditionsAgainst(context, 'basal'),
  ];
}

const settingReasons = (profile: DeviceProfile, opening: Exclude<Opening, { type: 'delayed' }>) => [
  ...amountReasons(profile, opening),
  tooFast(profile, 0, opening),
];

/** Why the patient, or a clinician, gets no bolus while an opening is under way, but for a delayed start. */
export const openingReason = ({ opening }: PumpContext, until: Instant | undefined): Reason | false =>
  opening !== null &&
  opening.setting.type !== 'delayed' && { code: opening.setting.type === 'prime' ? 'priming' : 'bridging', until };

/** Whether the pump runs at its minimum rate, by a command, a policy or a delayed start. */
export const runsAtMinimum = (context: PumpContext): boolean => context.atMinimum || isDelayed(context);

/** An update ends what is under way only where somebody has said so. */
export const judgeEndOfOpening = ({ opening }: PumpContext, endOpening: boolean) =>
  refuse([opening !== null && !endOpening && { code: 'openingRunning' }]);
