import { formatDuration } from '../../shared/index.ts';
import type { Problem } from '../scenario/problem.ts';
import { Simulation } from '../simulation.ts';
import { mostMargin } from './appointment.ts';
import { onceEach, type Plan, PlanError } from './plan.ts';
import { start } from './start.ts';

/**
 * Gives a pump every start that a plan has for one; what is to be known of them, which is nothing wrong. Throws PlanError
 * where any would be refused.
 */
export function tryStarts({ clock, named, starts }: Pick<Plan, 'clock' | 'named' | 'starts'>): readonly Problem[] {
  const tried = starts.map(({ setting, where }) => {
    const { device, library } = named(setting);
    const sim = new Simulation({ profile: device, wallClock: clock, executor: 'table', library });
    return { setting, where, sim, started: start(sim, setting) };
  });
  const problems = tried.flatMap(({ where, started }) => {
    if (!('refused' in started)) return [];
    const { act, refused, path } = started;
    return [{ ...where(path), message: `${path.join('.')}: ${act} is refused as ${refused}` }];
  });
  if (problems.length > 0) throw new PlanError(onceEach(problems));
  const margins = tried.flatMap(({ setting, where, sim, started }) => {
    if ('refused' in started || started.refillBy === undefined) return [];
    const { margin } = setting.clinic;
    const most = mostMargin(sim.now, started.refillBy);
    return margin > most ? [{ margin, most, place: where(['clinic', 'margin']) }] : [];
  });
  // Of those that stand in one place, the shortest fill says it for all.
  const shortest = margins
    .sort((a, b) => a.most - b.most)
    .filter(({ place }, i, all) => all.findIndex((each) => isAt(each.place, place)) === i);
  return shortest.map(({ margin, most, place }) => ({
    ...place,
    message: `clinic.margin: ${formatDuration(margin)} is more than half of what a fill may last for: appointments lie half way, ${formatDuration(most)} before the refill-by date`,
  }));
}

const isAt = (a: Pick<Problem, 'line' | 'column'>, b: Pick<Problem, 'line' | 'column'>): boolean =>
  a.line === b.line && a.column === b.column;
