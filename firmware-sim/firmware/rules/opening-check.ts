import {
  type DeviceProfile,
  delivered,
  type Filling,
  type Instant,
  type Mode,
  type Prescription,
} from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { conditionsAgainst } from './allowed.ts';
import { calculatedVolume, leftAt } from './delivery.ts';
import { isDelayed } from './opening.ts';
import { amountReasons, tooFast } from './prescription.ts';
import { wallAt } from './program.ts';
import { type Reason, refuse } from './refusal.ts';
import { levelOf } from './reservoir.ts';

/*
 * What is checked before a prescription with an opening may take effect. An opening begins with the commit or not at
 * all: where the program would not run then, the prescription is refused.
 */

/** What stands against an opening as long as nothing is delivered for it, where delivery would be of a mode. */
export function judgeOpening(context: PumpContext, prescription: Prescription, mode: Mode, at: Instant) {
  return prescription.opening === null
    ? undefined
    : refuse([...fillingReasons(context, prescription, at), mode !== 'basal' && { code: 'openingHeld' }]);
}

/** The same, with what time may bring between a commit and what came before it. */
export function judgeStagedOpening(context: PumpContext, prescription: Prescription, mode: Mode, at: Instant) {
  const { opening } = prescription;
  const wall = wallAt(context, at);
  const past = opening?.type === 'delayed' && wall !== undefined && opening.until <= wall;
  return judgeOpening(context, prescription, mode, at) ?? refuse([past && { code: 'startInPast' }]);
}

function fillingReasons(context: PumpContext, prescription: Prescription, at: Instant): (Reason | false)[] {
  const { opening } = prescription;
  if (opening === null || opening.type === 'delayed') return [];
  // As low as the prescription calls low: what ends it at once is not begun.
  const level = levelOf(context, calculatedVolume(context, at), prescription);
  const amount = delivered(opening.rate, opening.duration);
  return [
    ...settingReasons(context.profile, opening),
    level === 'empty' && { code: 'emptyReservoir' },
    level !== 'empty' && BigInt(leftAt(context, at)) < amount && { code: 'tooLittleLeft' },
    level === 'low' && context.profile.lowReservoirPolicy !== 'alarm' && { code: 'lowReservoir' },
    ...conditionsAgainst(context, 'basal'),
  ];
}

const settingReasons = (profile: DeviceProfile, opening: Filling) => [
  ...amountReasons(profile, opening),
  tooFast(profile, 0, opening),
];

/** Why the patient, or a clinician, gets no bolus while an opening is under way, but for a delayed start. */
export const openingReason = ({ opening }: PumpContext, until: Instant | undefined): Reason | false =>
  opening !== null &&
  opening.setting.type !== 'delayed' && { code: opening.setting.type === 'prime' ? 'priming' : 'bridging', until };

/** Whether the pump runs at its minimum rate, by a command, a policy or a delayed start. */
export const runsAtMinimum = (context: PumpContext): boolean => context.reduced === 'minimumRate' || isDelayed(context);

/** An update ends what is under way only where somebody has said so. */
export const judgeEndOfOpening = ({ opening }: PumpContext, endOpening: boolean) =>
  refuse([opening !== null && !endOpening && { code: 'openingRunning' }]);
