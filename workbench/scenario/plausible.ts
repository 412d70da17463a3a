import type { BasalEntry, PrescribeEntry, ProgramEntry } from '../../programmer/index.ts';
import { type DrugName, parseDuration, type Rate, rate, rateForDose, readProfile } from '../../shared/index.ts';
import type { Path } from './problem.ts';
import type { Scenario, Step } from './schema.ts';

/** Something a scenario asks for that can be seen to be impossible before it is run. */
interface Implausible {
  readonly path: Path;
  readonly message: string;
}

/** What of a scenario can be judged so. */
type Judged = Pick<Scenario, 'profile' | 'clock' | 'start' | 'story'>;

/** Times that go back, and basal rates no prescription of the profile may have, unless a refusal is expected. */
export function implausible(scenario: Judged): Implausible[] {
  return [
    ...timesGoingBack(scenario),
    ...tooLong(scenario),
    ...beforeAnyDate(scenario),
    ...otherDrug(scenario),
    ...ratesOutOfRange(scenario),
  ];
}

function timesGoingBack({ story }: Judged): Implausible[] {
  let earliest = 0;
  return story.flatMap(({ at, after = 0 }, i) => {
    const back = at !== undefined && at < earliest;
    earliest = at === undefined ? earliest + after : Math.max(at, earliest);
    const message = 'time cannot go back: expected a time after those of the steps before';
    return back ? [{ path: ['story', i, 'at'], message }] : [];
  });
}

/** Longest a story may last, and most often a habit may come. */
const MOST_TIME = parseDuration('100000d');
const MOST_OCCURRENCES = 100_000;

function tooLong({ story }: Judged): Implausible[] {
  let latest = 0;
  return story.flatMap((step, i): Implausible[] => {
    const { at, after = 0, atMost = 0, every, for: lasting } = step;
    latest = at ?? latest + after + atMost;
    const key = at !== undefined ? 'at' : step.after !== undefined ? 'after' : 'atMost';
    if (latest > MOST_TIME) return [{ path: ['story', i, key], message: 'a story lasts at most 100000d' }];
    if (every === undefined || lasting === undefined || lasting / every <= MOST_OCCURRENCES) return [];
    const message = `${Math.floor(lasting / every)} times: expected at most ${MOST_OCCURRENCES}`;
    return [{ path: ['story', i, 'every'], message }];
  });
}

/** Local time is moved before the first date there is; the time that passes is left out, so that it never can be. */
function beforeAnyDate({ clock, story }: Judged): Implausible[] {
  let local: number = clock;
  return story.flatMap(({ world }, i): Implausible[] => {
    if (world?.type !== 'localTime') return [];
    local += world.by;
    const path = ['story', i, 'world', 'localTime'];
    return local < 0 ? [{ path, message: 'local time would be before 1970: expected a smaller move' }] : [];
  });
}

function otherDrug({ start }: Judged): Implausible[] {
  const { drugs = null, primary = null } = start?.prescribe ?? {};
  const filled = (start?.fill.solution ?? []).map(({ name }): DrugName => name);
  const mixture = (start?.fill.solution?.length ?? 0) > 1;
  if (drugs === null && primary === null && mixture && start?.prescribe !== undefined)
    return [{ path: ['start', 'prescribe'], message: 'a mixture needs "primary": the drug that doses are of' }];
  if (primary === null || filled.includes(primary) || drugs !== null) return [];
  const message = `the reservoir is filled with ${filled.join(', ') || 'no named drug'}: expected that drug, or a concentration of ${primary}`;
  return [{ path: ['start', 'prescribe', 'primary'], message }];
}

/** Whether a step enters another fluid, programmed at once or later. */
export const renames = ({ clinician }: Pick<Step, 'clinician'>): boolean =>
  (clinician?.type === 'prescribe' || clinician?.type === 'edit') && clinician.drugs !== null;

function ratesOutOfRange({ profile, start, story }: Judged): Implausible[] {
  const { name, basalMinimum, basalMaximum } = readProfile(profile);
  const filled = start?.fill.solution ?? null;
  // Once the story names another fluid, who knows which is in force: the pump may have refused it.
  const renamed = story.findIndex(renames);
  const rateOf = (basal: BasalEntry, { drugs, primary }: PrescribeEntry, before: boolean): Rate | undefined => {
    if ('rate' in basal) return basal.rate;
    const known = drugs ?? (before ? (start?.prescribe?.drugs ?? filled) : null);
    // What names no fluid keeps the primary drug, too.
    const dosed = drugs === null ? (primary ?? start?.prescribe?.primary) : primary;
    const strength = (known?.find((drug) => drug.name === dosed) ?? known?.[0])?.concentration ?? 0;
    return strength === 0 ? undefined : rateForDose(basal.dose, strength);
  };
  const check = (entry: PrescribeEntry | undefined, path: Path, before = true): Implausible[] => {
    if (entry?.program == null) return [];
    const { type } = entry.program;
    return basalsOf(entry.program).flatMap(({ basal, path: below }) => {
      const asked = rateOf(basal, entry, before);
      const isNothing = 'rate' in basal ? basal.rate === 0 : basal.dose === 0;
      const isStep = isNothing && type !== 'constant';
      if (asked === undefined || isStep || (asked >= basalMinimum && asked <= basalMaximum)) return [];
      const range = `${rate.format(basalMinimum)} to ${rate.format(basalMaximum)}`;
      return [
        { path: [...path, ...below], message: `${rate.format(asked, 6)} is no rate of ${name}: expected ${range}` },
      ];
    });
  };
  return [
    ...check(start?.prescribe, ['start', 'prescribe']),
    ...story.flatMap(({ clinician, expect }, i) =>
      clinician?.type === 'prescribe' && expect?.refused === undefined
        ? check(clinician, ['story', i, 'clinician', 'prescribe'], renamed === -1 || i <= renamed)
        : [],
    ),
  ];
}

/** The basal rates of a program, each with where it is written. */
function basalsOf(program: ProgramEntry): { basal: BasalEntry; path: Path }[] {
  switch (program.type) {
    case 'constant':
      return [{ basal: program.basal, path: ['constant'] }];
    case 'minimumRate':
    case 'changed':
      return [];
    case 'periodic':
      return [{ basal: program.basal, path: ['periodic', 'give'] }];
    case 'daily': {
      const whole = program.groups.length === 1 && program.groups[0]?.days.length === 7;
      return program.groups.flatMap(({ steps }, g) =>
        steps.map(({ basal }, i) => ({
          basal,
          path: whole ? ['daily', i, 'give'] : ['weekly', g, 'steps', i, 'give'],
        })),
      );
    }
    case 'dated':
      return [{ basal: program.first }, ...program.steps].map(({ basal }, i) => ({
        basal,
        path: ['dated', i, 'give'],
      }));
  }
}
