import type { PrescribeEntry } from '../../programmer/index.ts';
import { parseDuration, profileNamed, type Rate, rate, rateForDose, readProfile } from '../../shared/index.ts';
import type { Path } from './problem.ts';
import type { Scenario } from './schema.ts';

/** Something a scenario asks for that can be seen to be impossible before it is run. */
export interface Implausible {
  readonly path: Path;
  readonly message: string;
}

/** Times that go back, and basal rates no prescription of the profile may have, unless a refusal is expected. */
export function implausible(scenario: Scenario): Implausible[] {
  return [...timesGoingBack(scenario), ...tooLong(scenario), ...otherDrug(scenario), ...ratesOutOfRange(scenario)];
}

function timesGoingBack({ story }: Scenario): Implausible[] {
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

function tooLong({ story }: Scenario): Implausible[] {
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

function otherDrug({ start }: Scenario): Implausible[] {
  const { drug = null, concentration = null } = start?.prescribe ?? {};
  const filled = start?.fill.solution?.drug ?? null;
  if (drug === null || drug === filled || concentration !== null) return [];
  const message = `the reservoir is filled with ${filled ?? 'no named drug'}: expected that drug, or a concentration of ${drug}`;
  return [{ path: ['start', 'prescribe', 'primary'], message }];
}

function ratesOutOfRange({ profile: name, start, story }: Scenario): Implausible[] {
  const sheet = profileNamed(name);
  if (sheet === undefined) return [];
  const { basalMinimum, basalMaximum } = readProfile(sheet);
  const filled = start?.fill.solution?.concentration ?? null;
  // Once the story names another concentration, who knows which is in force: the pump may have refused it.
  const renamed = story.findIndex(
    ({ clinician }) => clinician?.type === 'prescribe' && clinician.concentration !== null,
  );
  const rateOf = ({ basal, concentration }: PrescribeEntry, before: boolean): Rate | undefined => {
    if (basal === null) return undefined;
    const strength = concentration ?? (before ? (start?.prescribe?.concentration ?? filled) : null);
    if ('rate' in basal) return basal.rate;
    return strength === null || strength === 0 ? undefined : rateForDose(basal.dose, strength);
  };
  const check = (entry: PrescribeEntry | undefined, path: Path, before = true): Implausible[] => {
    const asked = entry === undefined ? undefined : rateOf(entry, before);
    if (asked === undefined || (asked >= basalMinimum && asked <= basalMaximum)) return [];
    const range = `${rate.format(basalMinimum)} to ${rate.format(basalMaximum)}`;
    return [
      { path: [...path, 'constant'], message: `${rate.format(asked, 6)} is no rate of ${name}: expected ${range}` },
    ];
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
