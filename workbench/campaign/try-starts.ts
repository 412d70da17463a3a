import { Simulation } from '../simulation.ts';
import { onceEach, type Plan, PlanError } from './plan.ts';
import { start } from './start.ts';

/** Gives a pump every start that a plan has for one. Throws PlanError where any would be refused. */
export function tryStarts({ clock, named, starts }: Pick<Plan, 'clock' | 'named' | 'starts'>): void {
  const problems = starts.flatMap(({ setting, where }) => {
    const { device, library } = named(setting);
    const sim = new Simulation({ profile: device, wallClock: clock, executor: 'table', library });
    const started = start(sim, setting);
    if (!('refused' in started)) return [];
    const { act, refused, path } = started;
    return [{ ...where(path), message: `${path.join('.')}: ${act} is refused as ${refused}` }];
  });
  if (problems.length > 0) throw new PlanError(onceEach(problems));
}
