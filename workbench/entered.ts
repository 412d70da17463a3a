import type { Solution } from '../firmware-sim/index.ts';
import {
  type AmountEntry,
  type BasalEntry,
  type BolusOrderEntry,
  type CatheterEntry,
  DAY_NAMES,
  type DayPartEntry,
  type EditEntry,
  inUnitOf,
  type OpeningEntry,
  type ProgramEntry,
  timeOfDay,
} from '../programmer/index.ts';
import { type DrugName, formatDuration, length, proportion, rate, showDateTime, volume } from '../shared/index.ts';

/** A solution in words: "morphine 25 mg/mL". */
export function fluidWords(solution: Solution): string {
  const drugs = solution.map(({ name, concentration }) => `${name} ${inUnitOf(name).strength(concentration)}`);
  return drugs.length === 0 ? 'saline' : drugs.join(' and ');
}

/** What a prescription says anew, doses in the unit of the drug they are of: its own, or the one in the pump. */
export function enteredWords(entry: Omit<EditEntry, 'type'>, inPump: DrugName | undefined): string {
  const { drugs, program, patientBolus, doseLimit, ceiling, lowReservoir, opening, underway } = entry;
  const show = inUnitOf(entry.primary ?? inPump);
  const parts: string[] = [];
  if (drugs !== null) parts.push(fluidWords(drugs));
  if (program !== null) parts.push(programEntered(program, show));
  if (doseLimit === 'none') parts.push('no dose limit');
  else if (doseLimit !== null)
    parts.push(`at most ${show.dose(doseLimit.dose)} in any ${formatDuration(doseLimit.window)}`);
  if (patientBolus === 'none') parts.push('no patient bolus');
  else if (patientBolus !== null) {
    const { lockout, maxPerDay, parts: ofDay } = patientBolus;
    parts.push(
      `patient bolus ${amountEntered(patientBolus, show)}, lockout ${formatDuration(lockout)}, ${maxPerDay} in 24 h`,
      ...ofDay.map((part) => partEntered(part, show)),
    );
  }
  if (ceiling !== null) parts.push(`ceiling ${show.daily(ceiling)}`);
  if (lowReservoir !== null) parts.push(`low at ${volume.format(lowReservoir)}`);
  if (opening !== null) parts.push(openingEntered(opening, show));
  if (underway !== null) parts.push(UNDERWAY_WORDS[underway]);
  if (entry.run) parts.push('run');
  if (entry.override) parts.push('whatever the dose limit says of what was given');
  return parts.join(', ');
}

const UNDERWAY_WORDS = {
  cancel: 'giving up what comes before the program',
  recompute: 'with the rest of what comes before the program',
} as const;

const FILL_WORDS = {
  pumpOnly: 'the pump',
  catheterOnly: 'the catheter',
  pumpAndCatheter: 'pump and catheter',
} as const;

/** "first a prime of pump and catheter (60 cm)". */
function openingEntered(opening: OpeningEntry, show: Show): string {
  if (opening.type === 'delayed') return `from ${showDateTime(opening.until)} on`;
  const of = 'catheter' in opening ? ` (catheter ${catheterEntered(opening.catheter)})` : '';
  if (opening.type === 'prime') return `first a prime of ${FILL_WORDS[opening.fill]}${of}`;
  return `first a bridge${opening.dose === null ? '' : ` at ${show.daily(opening.dose)}`}${of}`;
}

const catheterEntered = (catheter: CatheterEntry): string =>
  'length' in catheter ? length.format(catheter.length) : volume.format(catheter.volume, 4);

/** "none from 22:00 to 06:00". */
function partEntered({ from, to, bolus }: DayPartEntry, show: Show): string {
  const has = bolus === null ? 'none' : `${amountEntered(bolus, show)}, lockout ${formatDuration(bolus.lockout)}`;
  return `${has} from ${timeOfDay(from)} to ${timeOfDay(to)}`;
}

/** A single bolus as entered: "50 mcg in 30min, then basal". */
export const orderEntered = (entry: BolusOrderEntry, inPump: DrugName | undefined): string =>
  `${amountEntered(entry, inUnitOf(inPump))}, then ${entry.then}`;

type Show = ReturnType<typeof inUnitOf>;

function amountEntered({ dose, volume: fluid, duration }: AmountEntry, show: Show): string {
  const size = dose === null ? volume.format(fluid ?? volume.of(0), 4) : show.dose(dose);
  return `${size} in ${formatDuration(duration)}`;
}

function basalEntered(entry: BasalEntry, show: Show): string {
  return 'dose' in entry ? show.daily(entry.dose) : rate.format(entry.rate);
}

/** Most steps of a program that are said; more are counted. */
const MOST_STEPS = 4;

function programEntered(program: ProgramEntry, show: Show): string {
  const basal = (entry: BasalEntry) => basalEntered(entry, show);
  switch (program.type) {
    case 'minimumRate':
      return 'the minimum rate';
    case 'changed':
      return `${program.by < 0 ? '−' : '+'}${proportion.format(proportion.of(Math.abs(program.by)), 4)} of what it was`;
    case 'constant':
      return basal(program.basal);
    case 'daily':
      return scheduleEntered(program.groups, basal);
    case 'periodic':
      return `${basal(program.basal)} and ${amountEntered(program.bolus, show)} every ${formatDuration(program.interval)}`;
    case 'dated': {
      const { first, steps } = program;
      if (steps.length > MOST_STEPS) return `${basal(first)} and ${steps.length} dated steps`;
      return [basal(first), ...steps.map((step) => `from ${showDateTime(step.at)} ${basal(step.basal)}`)].join(', ');
    }
  }
}

type Groups = Extract<ProgramEntry, { type: 'daily' }>['groups'];

function scheduleEntered(groups: Groups, basal: (entry: BasalEntry) => string): string {
  const counts = groups.map(({ steps }) => steps.length);
  if (counts.reduce((sum, count) => sum + count, 0) > MOST_STEPS)
    return `a schedule of ${counts.join(' and ')} ${counts.at(-1) === 1 ? 'step' : 'steps'}`;
  return groups
    .map(({ days, steps }) => {
      const named = days.length === DAY_NAMES.length ? 'every day' : days.map((day) => DAY_NAMES[day]).join(' ');
      const each = steps.map((step) => `${timeOfDay(step.at)} ${basal(step.basal)}`);
      return `${named} ${each.join(', ')}`;
    })
    .join('; ');
}
