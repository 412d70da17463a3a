import { loadPlan, type Plan } from '../../workbench/campaign/plan.ts';
import { resultText } from '../../workbench/campaign/result.ts';
import { runShard, type Shard } from '../../workbench/campaign/shard.ts';

/** A plan of which every test says what is other: four pumps, a day, two arms. */
export const PLAN = `thecal: campaign/1
title: A small one
seed: 7
pumps: 4
span: 1d
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start:
  fill: { volume: 20 mL, morphine: 25 mg/mL }
  prescribe:
    constant: { uniform: [2 mg/day, 8 mg/day] }
    patientBolus: { dose: 0.5 mg, duration: 5min, lockout: 2h, maxPerDay: 8 }
requests: { every: { uniform: [2h, 6h] }, jitter: 30min }
measure: [alarms, refills, stopped, dose, refusals]
arms:
  as it is: {}
  longer: { start: { prescribe: { patientBolus: { lockout: 8h } } } }
`;

type Replaced = readonly (readonly [find: string, by: string])[];

/** The same with pieces of its text replaced. */
export function planText(...replaced: Replaced): string {
  return replaced.reduce((text, [find, by]) => {
    if (!text.includes(find)) throw new Error(`the plan has no ${find}`);
    return text.replace(find, by);
  }, PLAN);
}

export const plan = (...replaced: Replaced): Plan => loadPlan(planText(...replaced));

export const lived = (of: Plan, shard: Shard = { number: 1, of: 1 }) => runShard(of, shard, '1.2.3');

/** The result of a shard as it is when it has been written and read again. */
export const written = (of: Plan, shard: Shard): string => resultText(lived(of, shard));
