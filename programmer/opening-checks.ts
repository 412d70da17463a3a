import {
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
import { drugsIn, type Held, movedOut } from './path.ts';

/*
 * What deserves a second look of what comes once before a program, for a patient whose pump has delivered already:
 * its tubing and catheter are full, and whatever moves that fluid gives it to him.
 */

/** `isSameFluid`: the pump is told of no other fluid than it was. `held`: what the path holds that is not the program's own. */
export function openingChecks(
  status: Status,
  { opening, drugs }: Pick<Prescription, 'opening' | 'drugs'>,
  isSameFluid: boolean,
  held: readonly Held[],
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
  const moved = movedOut(opening, status, held, drugs);
  return opening.type === 'prime'
    ? primeChecks(opening, moved)
    : bridgeChecks(opening, status, old, moved, isSameFluid && held.length === 0, rules);
}

/** Whether the patient gets more than the least a pump gives. */
const isDelivered = ({ stopped, infusion }: Status): boolean =>
  stopped === null && infusion !== 'minimumRate' && infusion !== 'delayed';

function primeChecks(prime: Filling, moved: readonly Held[]): string[] {
  if (drugsIn(moved).length === 0) return [];
  return [
    `Check: the priming bolus moves out what tubing and catheter hold: ${dosesIn(moved)} in ${formatDuration(prime.duration)}`,
  ];
}

/** `isOwnFluid`: the path holds nothing but the program's own fluid. */
function bridgeChecks(
  bridge: Filling,
  status: Status,
  old: Prescription,
  moved: readonly Held[],
  isOwnFluid: boolean,
  rules: OverBasal,
): string[] {
  const { openingEnded } = status;
  const checks: string[] = [];
  // One that was cut short has left some of the fluid before.
  const isRest = openingEnded?.type === 'bridge' && openingEnded.why !== 'complete';
  if (isOwnFluid && !isRest)
    checks.push(
      `Check: there is nothing to bridge: the fluid stays the same, and the program waits ${formatDuration(bridge.duration)}`,
    );
  const was = meanDailyDose(old, status.wall, rules);
  for (const {
    drugs: [drug],
  } of moved) {
    if (drug === undefined) continue;
    const will = doseOf(bridge.rate, drug.concentration);
    const brings = `Check: the bridge bolus brings ${inUnitOf(drug.name).daily(will)}`;
    if (drug.name !== old.drugs[0]?.name) checks.push(`${brings} of ${drug.name}`);
    else if (isBigChange(was, will)) checks.push(`${brings}, ${shareWords(was, will)} of the dose before`);
  }
  return checks;
}
