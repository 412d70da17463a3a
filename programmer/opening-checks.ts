import {
  bolusVolume,
  type Drug,
  doseOf,
  type Filling,
  formatDuration,
  type OverBasal,
  type Prescription,
  type Status,
  showDateTime,
  strengthOf,
} from '../shared/index.ts';
import { meanDailyDose } from './calculators.ts';
import { isBigChange, shareWords } from './dose-change.ts';
import { dosesIn, inUnitOf } from './drug-units.ts';
import type { OldFluid } from './old-fluid.ts';

/*
 * What deserves a second look of what comes once before a program, for a patient whose pump has delivered already:
 * its tubing and catheter are full, and whatever moves that fluid gives it to him.
 */

/** `isSameFluid`: the pump is told of no other fluid than it was. */
export function openingChecks(
  status: Status,
  { opening, drugs }: Pick<Prescription, 'opening' | 'drugs'>,
  isSameFluid: boolean,
  oldFluid: Pick<OldFluid, 'drugs'> | null,
  rules: OverBasal,
): string[] {
  const { prescription: old, opening: underway } = status;
  if (opening === null || old === null) return [];
  if (opening.type === 'delayed') {
    const dose = inUnitOf(drugs[0]?.name).daily(doseOf(status.minimumRate, strengthOf({ drugs })));
    const until = showDateTime(opening.until);
    return isDelivered(status) ? [`Check: DELIVERY DROPS to the minimum rate, ${dose}, until ${until}`] : [];
  }
  // The rest of one under way is what was looked at before.
  if (underway !== null) return [];
  return opening.type === 'prime'
    ? primeChecks(opening, (isSameFluid ? oldFluid : null)?.drugs ?? old.drugs)
    : bridgeChecks(opening, status, old, isSameFluid, rules);
}

/** Whether the patient gets more than the least a pump gives. */
const isDelivered = ({ stopped, infusion }: Status): boolean =>
  stopped === null && infusion !== 'minimumRate' && infusion !== 'delayed';

function primeChecks(prime: Filling, held: readonly Drug[]): string[] {
  if (held.length === 0) return [];
  const moved = dosesIn(bolusVolume(prime), held);
  return [
    `Check: the priming bolus moves out what tubing and catheter hold: ${moved} in ${formatDuration(prime.duration)}`,
  ];
}

function bridgeChecks(bridge: Filling, status: Status, old: Prescription, isSame: boolean, rules: OverBasal): string[] {
  const { openingEnded } = status;
  const checks: string[] = [];
  // One that was cut short has left some of the fluid before.
  const isRest = openingEnded?.type === 'bridge' && openingEnded.why !== 'complete';
  if (isSame && !isRest)
    checks.push(
      `Check: there is nothing to bridge: the fluid stays the same, and the program waits ${formatDuration(bridge.duration)}`,
    );
  const [was, will] = [meanDailyDose(old, status.wall, rules), doseOf(bridge.rate, strengthOf(old))];
  if (isBigChange(was, will)) {
    const { daily } = inUnitOf(old.drugs[0]?.name);
    checks.push(`Check: the bridge bolus brings ${daily(will)}, ${shareWords(was, will)} of the dose before`);
  }
  return checks;
}
