import { MS_PER_DAY, type Program } from '../../shared/index.ts';

/*
 * What a program asks for, worked out by an onlooker from the program alone, the slow way: it shares nothing
 * with what pump and programmer compute.
 */

/** The basal rate at a local time. */
export function programRate(program: Program, wall: number): number {
  if (program.type === 'dated') {
    const begun = program.steps.filter(({ at }) => at <= wall);
    return begun.length === 0 ? program.first : latest(begun);
  }
  if (program.type !== 'daily') return program.rate;
  const days = Math.floor(wall / MS_PER_DAY);
  const monday = (((days - 4) % 7) + 7) % 7;
  const group = program.groups.find((each) => each.days.includes(monday));
  return latest((group?.steps ?? []).filter(({ at }) => at <= wall - days * MS_PER_DAY));
}

function latest(steps: readonly { readonly at: number; readonly rate: number }[]): number {
  return steps.reduce<{ at: number; rate: number }>((last, step) => (step.at >= last.at ? step : last), {
    at: Number.NEGATIVE_INFINITY,
    rate: 0,
  }).rate;
}

/** Local times at which the rate may change, after one time and up to another. */
function changesBetween(program: Program, from: number, to: number): number[] {
  if (program.type === 'dated') return program.steps.map(({ at }) => Number(at)).filter((at) => at > from && at <= to);
  if (program.type !== 'daily') return [];
  const found = new Set<number>();
  const times = new Set(program.groups.flatMap(({ steps }) => steps.map(({ at }) => Number(at))));
  for (let day = Math.floor(from / MS_PER_DAY); day * MS_PER_DAY <= to; day++)
    for (const time of times) found.add(day * MS_PER_DAY + time);
  return [...found].filter((at) => at > from && at <= to).sort((a, b) => a - b);
}

/** The exact volume of the basal rate from one local time to another. */
export function programVolume(program: Program, from: number, to: number): bigint {
  const edges = [from, ...changesBetween(program, from, to - 1), to];
  return edges
    .slice(0, -1)
    .reduce((sum, at, i) => sum + BigInt(programRate(program, at)) * BigInt((edges[i + 1] ?? at) - at), 0n);
}

/** The mean rate of a week, to the whole nL/day below. */
export function weekMean(program: Program): number {
  const monday = 4 * MS_PER_DAY;
  return Number(programVolume(program, monday, monday + 7 * MS_PER_DAY) / BigInt(7 * MS_PER_DAY));
}
